import { isMembers, type Members } from '../../http/input.ts';
import type { RunOrigin } from '../records.ts';

export interface CrawlerRecord {
  readonly name: string;
  /** Members of the API's Crawler that a caller gives, without name and schedule. */
  readonly definition: Members;
  /** `cron(…)`. */
  readonly schedule?: string;
  readonly scheduleState: 'SCHEDULED' | 'NOT_SCHEDULED';
  readonly version: number;
  readonly createdMs: number;
  readonly updatedMs: number;
}

/** As conditions of triggers name them. */
export type CrawlState = 'RUNNING' | 'CANCELLING' | 'SUCCEEDED' | 'CANCELLED' | 'FAILED';

/** One run of a crawler. */
export interface CrawlRecord {
  readonly id: string;
  readonly crawlerName: string;
  readonly state: CrawlState;
  readonly startedMs: number;
  readonly endedMs?: number;
  readonly errorMessage?: string;
  readonly origin?: RunOrigin;
  readonly tablesCreated: number;
  readonly tablesUpdated: number;
  readonly tablesDeleted: number;
  readonly partitionsCreated: number;
}

export function isCrawlerRecord(value: unknown): value is CrawlerRecord {
  return (
    isMembers(value) &&
    typeof value['name'] === 'string' &&
    isMembers(value['definition']) &&
    typeof value['createdMs'] === 'number'
  );
}

export function isCrawlRecord(value: unknown): value is CrawlRecord {
  return (
    isMembers(value) &&
    typeof value['id'] === 'string' &&
    typeof value['crawlerName'] === 'string' &&
    typeof value['state'] === 'string' &&
    typeof value['startedMs'] === 'number'
  );
}

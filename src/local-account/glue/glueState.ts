import { join } from 'node:path';
import { isBookmarkRecord, type BookmarkRecord } from './bookmarks.ts';
import { isCrawlRecord, isCrawlerRecord, type CrawlRecord, type CrawlerRecord } from './crawlers/records.ts';
import { isMembers } from '../http/input.ts';
import { Collection } from '../state/collection.ts';
import type { StateProblems } from '../state/stateProblems.ts';
import {
  isJobRecord,
  isJobRunRecord,
  isTriggerRecord,
  isWorkflowRecord,
  isWorkflowRunRecord,
  type JobRecord,
  type JobRunRecord,
  type TriggerRecord,
  type WorkflowRecord,
  type WorkflowRunRecord,
} from './records.ts';

export type TagMap = Readonly<Record<string, string>>;

/** Everything that Glue keeps; collections are keyed by name or id, tags by ARN. */
export interface GlueState {
  readonly jobs: Collection<JobRecord>;
  readonly runs: Collection<JobRunRecord>;
  readonly triggers: Collection<TriggerRecord>;
  readonly workflows: Collection<WorkflowRecord>;
  readonly workflowRuns: Collection<WorkflowRunRecord>;
  readonly crawlers: Collection<CrawlerRecord>;
  readonly crawls: Collection<CrawlRecord>;
  readonly bookmarks: Collection<BookmarkRecord>;
  readonly tags: Collection<TagMap>;
}

export async function openGlueState(folder: string, problems: StateProblems): Promise<GlueState> {
  const open = async <T>(name: string, check: (value: unknown) => value is T): Promise<Collection<T>> =>
    await Collection.open({ folder: join(folder, name), check, problems });
  return {
    jobs: await open('jobs', isJobRecord),
    runs: await open('runs', isJobRunRecord),
    triggers: await open('triggers', isTriggerRecord),
    workflows: await open('workflows', isWorkflowRecord),
    workflowRuns: await open('workflow-runs', isWorkflowRunRecord),
    crawlers: await open('crawlers', isCrawlerRecord),
    crawls: await open('crawls', isCrawlRecord),
    bookmarks: await open('bookmarks', isBookmarkRecord),
    tags: await open('tags', isTagMap),
  };
}

function isTagMap(value: unknown): value is TagMap {
  return isMembers(value) && Object.values(value).every((entry) => typeof entry === 'string');
}

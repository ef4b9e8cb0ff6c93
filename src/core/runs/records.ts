import { isTerminal, runKeyText, type RunKey, type RunKind, type RunState } from './model.ts';

/** What is kept of a run over a reload. */
export interface RunRecord {
  readonly key: RunKey;
  readonly name: string;
  readonly startedByUser: boolean;
  /** When it was first tracked here, in milliseconds since the epoch. */
  readonly trackedMs: number;
  readonly state: RunState;
  readonly awsState: string;
  readonly startedMs?: number;
  readonly endedMs?: number;
  readonly error?: string;
  readonly cause?: string;
  /** State that it was in, or that it failed in. */
  readonly stepName?: string;
  /** Address of the document it was started from. */
  readonly originUri?: string;
}

/** How long and how many finished runs are kept. Runs that are on are always kept. */
export interface Retention {
  readonly days: number;
  readonly runs: number;
}

/** What the records become by the rules of `retention`, newest first. */
export function retained(records: Iterable<RunRecord>, retention: Retention, nowMs: number): RunRecord[] {
  const oldestMs = nowMs - retention.days * 86_400_000;
  return [...records]
    .sort((a, b) => beginning(b) - beginning(a))
    .filter(
      (record, index) =>
        !isTerminal(record.state) || (index < retention.runs && (record.endedMs ?? record.trackedMs) >= oldestMs),
    );
}

/** When a run began, or was first seen. */
export function beginning(record: RunRecord): number {
  return record.startedMs ?? record.trackedMs;
}

/** The records that a state file holds. What is no record is left out, so that a broken file costs as little as it can. */
export function parseRecords(value: unknown): RunRecord[] {
  if (!isObject(value) || !Array.isArray(value['runs'])) return [];
  const found = new Map<string, RunRecord>();
  for (const item of value['runs'] as unknown[]) {
    const record = parseRecord(item);
    if (record) found.set(runKeyText(record.key), record);
  }
  return [...found.values()];
}

/** The content of the state file. */
export function toStateFile(records: readonly RunRecord[]): {
  readonly version: 1;
  readonly runs: readonly RunRecord[];
} {
  return { version: 1, runs: records };
}

function parseRecord(value: unknown): RunRecord | undefined {
  if (!isObject(value)) return undefined;
  const key = parseKey(value['key']);
  const state = states.find((known) => known === value['state']);
  const { name, trackedMs, awsState } = value;
  if (!key || !state || typeof name !== 'string' || typeof trackedMs !== 'number' || typeof awsState !== 'string') {
    return undefined;
  }
  const record: Record<string, unknown> = {
    key,
    name,
    startedByUser: value['startedByUser'] === true,
    trackedMs,
    state,
    awsState,
  };
  for (const member of ['startedMs', 'endedMs'] as const) {
    if (typeof value[member] === 'number') record[member] = value[member];
  }
  for (const member of ['error', 'cause', 'stepName', 'originUri'] as const) {
    if (typeof value[member] === 'string') record[member] = value[member];
  }
  return record as unknown as RunRecord;
}

/** A key from a file or an address, or undefined where it is none. */
export function parseKey(value: unknown): RunKey | undefined {
  if (!isObject(value)) return undefined;
  const { connectionId, resource, id } = value;
  const kind = kinds.find((known) => known === value['kind']);
  if (!kind || typeof connectionId !== 'string' || typeof resource !== 'string' || typeof id !== 'string')
    return undefined;
  return connectionId === '' || id === '' ? undefined : { connectionId, kind, resource, id };
}

/** The key whose `runKeyText` this is. */
export function parseKeyText(text: string): RunKey | undefined {
  const parts = text.split('/');
  if (parts.length !== 4) return undefined;
  try {
    const [connectionId, kind, resource, id] = parts.map(decodeURIComponent);
    return parseKey({ connectionId, kind, resource, id });
  } catch {
    return undefined;
  }
}

const kinds: readonly RunKind[] = ['execution', 'jobRun', 'workflowRun', 'localRun'];
const states: readonly RunState[] = ['waiting', 'running', 'succeeded', 'failed', 'timedOut', 'stopped'];

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

import type { JsonFiles } from '../../core/base/jsonFiles.ts';

/** What something was last started with. Inputs may hold what others should not read: they stay with this user. */
export interface LastStart {
  readonly atMs: number;
  /** JSON text of an execution. */
  readonly input?: string;
  /** Arguments of a job run, or properties of a workflow run, that differ from the defaults. */
  readonly values?: Readonly<Record<string, string>>;
  readonly workerType?: string;
  readonly numberOfWorkers?: number;
  readonly timeoutMinutes?: number;
}

const fileName = 'last-starts';
const entryLimit = 200;

/** By connection, kind and name; the newest 200 are kept. */
export class StartHistory {
  constructor(private readonly files: JsonFiles) {}

  async last(key: string): Promise<LastStart | undefined> {
    return (await this.#read()).get(key);
  }

  async remember(key: string, start: LastStart): Promise<void> {
    await this.files.update(fileName, (stored) => {
      const all = parseStarts(stored);
      all.delete(key);
      all.set(key, start);
      const newest = [...all].sort(([, a], [, b]) => b.atMs - a.atMs).slice(0, entryLimit);
      return Object.fromEntries(newest);
    });
  }

  /** Keys, the most recently started first. */
  async recent(): Promise<readonly string[]> {
    return [...(await this.#read())].sort(([, a], [, b]) => b.atMs - a.atMs).map(([key]) => key);
  }

  async #read(): Promise<Map<string, LastStart>> {
    return parseStarts(await this.files.read(fileName));
  }
}

function parseStarts(stored: unknown): Map<string, LastStart> {
  if (typeof stored !== 'object' || stored === null) return new Map();
  return new Map(Object.entries(stored).flatMap(([key, value]) => (isLastStart(value) ? [[key, value]] : [])));
}

/** A test of a state has its document in the place of the connection. */
export type StartKind = 'execution' | 'jobRun' | 'workflowRun' | 'stateTest';

/** `name` is a machine's, a job's, a workflow's or a state's. */
export function startKey(connectionId: string, kind: StartKind, name: string): string {
  return [connectionId, kind, name].map(encodeURIComponent).join('/');
}

function isLastStart(value: unknown): value is LastStart {
  if (typeof value !== 'object' || value === null) return false;
  const { atMs, input, values, workerType, numberOfWorkers, timeoutMinutes } = value as Record<string, unknown>;
  return (
    typeof atMs === 'number' &&
    (input === undefined || typeof input === 'string') &&
    (values === undefined || isTexts(values)) &&
    (workerType === undefined || typeof workerType === 'string') &&
    [numberOfWorkers, timeoutMinutes].every((number) => number === undefined || typeof number === 'number')
  );
}

function isTexts(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.values(value).every((text) => typeof text === 'string');
}

import { createReadStream } from 'node:fs';
import { appendFile, mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Log } from '../../core/base/log.ts';
import type { HistoryEvent } from '../../core/interpreter/index.ts';
import { isMembers } from '../http/input.ts';
import { fileNameOf } from '../state/fileName.ts';
import type { ExecutionState } from './records.ts';

/** A child execution of a Map Run, as lists show it. */
export interface ChildSummary {
  readonly executionArn: string;
  readonly mapRunArn: string;
  readonly status: ExecutionState;
  readonly startedMs: number;
  readonly endedMs?: number;
  /** Place among the children of its Map Run, in the order in which they began. */
  readonly index: number;
  readonly redriveCount: number;
}

export interface Child extends ChildSummary {
  readonly events: readonly HistoryEvent[];
}

/** Where the line of a child that has ended stands in the file of its Map Run. */
interface Place {
  readonly summary: ChildSummary;
  readonly offset: number;
  readonly length: number;
}

interface OpenRun {
  readonly children: Map<string, Place>;
  /** ARN of the last child at a place: an Express one that is redriven gets a new one. */
  readonly byIndex: Map<number, string>;
  bytes: number;
}

const keptInMemory = 16;
const ends: Readonly<Record<string, ExecutionState>> = {
  ExecutionSucceeded: 'SUCCEEDED',
  ExecutionFailed: 'FAILED',
  ExecutionAborted: 'ABORTED',
  ExecutionTimedOut: 'TIMED_OUT',
};

interface LiveChild {
  readonly mapRunArn: string;
  readonly index: number;
  readonly events: HistoryEvent[];
}

/**
 * Histories of the child executions of distributed Maps: one file for each Map Run, a line for each child that has ended; of
 * Express ones only how they began and ended, which a redrive needs. In memory are those that go on, and where in the file
 * the others stand.
 */
export class ChildStore {
  readonly #live = new Map<string, LiveChild>();
  readonly #runs = new Map<string, OpenRun>();
  readonly #writing = new Map<string, Promise<void>>();

  constructor(
    private readonly folder: string,
    private readonly log: Log,
  ) {}

  /** Adds an event of a child; its last one puts the child on the disk. */
  add(origin: { readonly mapRunArn: string; readonly index: number }, executionArn: string, event: HistoryEvent): void {
    const { mapRunArn } = origin;
    const child = this.#live.get(executionArn) ?? { ...origin, events: [] };
    this.#live.set(executionArn, child);
    const hasEnded = ends[event.type] !== undefined;
    if (isStandard(executionArn) || child.events.length === 0 || hasEnded) child.events.push(event);
    if (!hasEnded) return;
    const write = (this.#writing.get(mapRunArn) ?? Promise.resolve())
      .then(async () => await this.#append(executionArn, child))
      .catch((error: unknown) => this.log.error(`Child execution ${executionArn} could not be saved: ${String(error)}`))
      .finally(() => {
        this.#live.delete(executionArn);
        if (this.#writing.get(mapRunArn) === write) this.#writing.delete(mapRunArn);
      });
    this.#writing.set(mapRunArn, write);
  }

  /** Resolves when the children that have ended are on the disk. */
  async flush(): Promise<void> {
    while (this.#writing.size > 0) await Promise.all(this.#writing.values());
  }

  /** Standard children of a Map Run, in no order. */
  async list(mapRunArn: string): Promise<readonly ChildSummary[]> {
    const ended = [...(await this.#open(mapRunArn)).children.values()].map(({ summary }) => summary);
    const live = [...this.#live].filter(([, child]) => child.mapRunArn === mapRunArn);
    const going = new Set(live.map(([arn]) => arn));
    return [
      ...ended.filter(({ executionArn }) => !going.has(executionArn)),
      ...live.map(([arn, child]) => summaryOf(arn, child)),
    ].filter(({ executionArn }) => isStandard(executionArn));
  }

  /** The child at a place of a Map Run, once it has ended. */
  async at(mapRunArn: string, index: number): Promise<Child | undefined> {
    const run = await this.#open(mapRunArn);
    const place = run.children.get(run.byIndex.get(index) ?? '');
    return place && { ...place.summary, events: await this.#read(mapRunArn, place) };
  }

  /** A child that has ended goes on: its next events follow those it has. */
  reopen({ executionArn, mapRunArn, index, events }: Child): void {
    this.#live.set(executionArn, { mapRunArn, index, events: [...events] });
  }

  /** A child of one of these Map Runs. */
  async find(executionArn: string, mapRunArns: readonly string[]): Promise<Child | undefined> {
    const live = this.#live.get(executionArn);
    if (live) return { ...summaryOf(executionArn, live), events: [...live.events] };
    for (const mapRunArn of mapRunArns) {
      const place = (await this.#open(mapRunArn)).children.get(executionArn);
      if (place) return { ...place.summary, events: await this.#read(mapRunArn, place) };
    }
    return undefined;
  }

  async #append(executionArn: string, child: LiveChild): Promise<void> {
    const { mapRunArn, index, events } = child;
    const run = await this.#open(mapRunArn);
    const line = Buffer.from(`${JSON.stringify({ executionArn, index, events })}\n`);
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    await appendFile(this.#pathOf(mapRunArn), line, { mode: 0o600 });
    run.children.set(executionArn, {
      summary: summaryOf(executionArn, child),
      offset: run.bytes,
      length: line.byteLength - 1,
    });
    run.byIndex.set(index, executionArn);
    run.bytes += line.byteLength;
  }

  async #open(mapRunArn: string): Promise<OpenRun> {
    const known = this.#runs.get(mapRunArn) ?? (await this.#load(mapRunArn));
    // Asked for last is forgotten last.
    this.#runs.delete(mapRunArn);
    this.#runs.set(mapRunArn, known);
    for (const arn of this.#runs.keys()) {
      if (this.#runs.size <= keptInMemory) break;
      if (arn !== mapRunArn && !this.#writing.has(arn)) this.#runs.delete(arn);
    }
    return known;
  }

  /** A line that was cut short by a kill is no child; nothing is ever added to the file of a process before. */
  async #load(mapRunArn: string): Promise<OpenRun> {
    const run: OpenRun = { children: new Map(), byIndex: new Map(), bytes: 0 };
    const lines = createInterface({ input: createReadStream(this.#pathOf(mapRunArn)), crlfDelay: Infinity });
    try {
      for await (const line of lines) {
        const length = Buffer.byteLength(line);
        const child = parseLine(line);
        if (child) {
          const summary = summaryOf(child.executionArn, { ...child, mapRunArn });
          run.children.set(child.executionArn, { summary, offset: run.bytes, length });
          run.byIndex.set(child.index, child.executionArn);
        }
        run.bytes += length + 1;
      }
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    }
    return this.#runs.get(mapRunArn) ?? run;
  }

  async #read(mapRunArn: string, { offset, length }: Place): Promise<readonly HistoryEvent[]> {
    const file = await open(this.#pathOf(mapRunArn));
    try {
      const { buffer } = await file.read(Buffer.alloc(length), 0, length, offset);
      return parseLine(buffer.toString())?.events ?? [];
    } finally {
      await file.close();
    }
  }

  #pathOf(mapRunArn: string): string {
    return join(this.folder, `${fileNameOf(mapRunArn)}.jsonl`);
  }
}

function isStandard(executionArn: string): boolean {
  return executionArn.includes(':execution:');
}

function summaryOf(
  executionArn: string,
  {
    mapRunArn,
    index,
    events,
  }: { readonly mapRunArn: string; readonly index: number; readonly events: Child['events'] },
): ChildSummary {
  const last = events.at(-1);
  const status = ends[last?.type ?? ''] ?? 'RUNNING';
  return {
    executionArn,
    mapRunArn,
    index,
    redriveCount: events.filter(({ type }) => type === 'ExecutionRedriven').length,
    status,
    startedMs: events[0]?.timestamp ?? 0,
    ...(last && status !== 'RUNNING' && { endedMs: last.timestamp }),
  };
}

type Line = Pick<Child, 'executionArn' | 'index' | 'events'>;

/** A line of an earlier version has no index: a redrive does not find it. */
function parseLine(line: string): Line | undefined {
  try {
    const value: unknown = JSON.parse(line);
    if (!isMembers(value) || typeof value['executionArn'] !== 'string' || !Array.isArray(value['events']))
      return undefined;
    const { executionArn, index } = value;
    return {
      executionArn,
      index: typeof index === 'number' ? index : -1,
      events: value['events'] as readonly HistoryEvent[],
    };
  } catch {
    return undefined;
  }
}

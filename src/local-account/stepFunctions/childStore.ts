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
  bytes: number;
}

const keptInMemory = 16;
const ends: Readonly<Record<string, ExecutionState>> = {
  ExecutionSucceeded: 'SUCCEEDED',
  ExecutionFailed: 'FAILED',
  ExecutionAborted: 'ABORTED',
  ExecutionTimedOut: 'TIMED_OUT',
};

/**
 * Histories of the Standard child executions of distributed Maps: one file for each Map Run, a line for each child that has
 * ended. In memory are those that go on, and where in the file the others stand.
 */
export class ChildStore {
  readonly #live = new Map<string, { readonly mapRunArn: string; readonly events: HistoryEvent[] }>();
  readonly #runs = new Map<string, OpenRun>();
  readonly #writing = new Map<string, Promise<void>>();

  constructor(
    private readonly folder: string,
    private readonly log: Log,
  ) {}

  /** Adds an event of a child; its last one puts the child on the disk. */
  add(mapRunArn: string, executionArn: string, event: HistoryEvent): void {
    const child = this.#live.get(executionArn) ?? { mapRunArn, events: [] };
    this.#live.set(executionArn, child);
    child.events.push(event);
    if (ends[event.type] === undefined) return;
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

  /** Children of a Map Run, in no order. */
  async list(mapRunArn: string): Promise<readonly ChildSummary[]> {
    const ended = [...(await this.#open(mapRunArn)).children.values()].map(({ summary }) => summary);
    const live = [...this.#live].filter(([, child]) => child.mapRunArn === mapRunArn);
    const known = new Set(ended.map(({ executionArn }) => executionArn));
    return [
      ...ended,
      ...live.filter(([arn]) => !known.has(arn)).map(([arn, { events }]) => summaryOf(mapRunArn, arn, events)),
    ];
  }

  /** A child of one of these Map Runs. */
  async find(executionArn: string, mapRunArns: readonly string[]): Promise<Child | undefined> {
    const live = this.#live.get(executionArn);
    if (live) return { ...summaryOf(live.mapRunArn, executionArn, live.events), events: [...live.events] };
    for (const mapRunArn of mapRunArns) {
      const place = (await this.#open(mapRunArn)).children.get(executionArn);
      if (place) return { ...place.summary, events: await this.#read(mapRunArn, place) };
    }
    return undefined;
  }

  async #append(executionArn: string, { mapRunArn, events }: { mapRunArn: string; events: readonly HistoryEvent[] }) {
    const run = await this.#open(mapRunArn);
    const line = Buffer.from(`${JSON.stringify({ executionArn, events })}\n`);
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    await appendFile(this.#pathOf(mapRunArn), line, { mode: 0o600 });
    run.children.set(executionArn, {
      summary: summaryOf(mapRunArn, executionArn, events),
      offset: run.bytes,
      length: line.byteLength - 1,
    });
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
    const run: OpenRun = { children: new Map(), bytes: 0 };
    const lines = createInterface({ input: createReadStream(this.#pathOf(mapRunArn)), crlfDelay: Infinity });
    try {
      for await (const line of lines) {
        const length = Buffer.byteLength(line);
        const child = parseLine(line);
        if (child) {
          const summary = summaryOf(mapRunArn, child.executionArn, child.events);
          run.children.set(child.executionArn, { summary, offset: run.bytes, length });
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

function summaryOf(mapRunArn: string, executionArn: string, events: readonly HistoryEvent[]): ChildSummary {
  const last = events.at(-1);
  const status = ends[last?.type ?? ''] ?? 'RUNNING';
  return {
    executionArn,
    mapRunArn,
    status,
    startedMs: events[0]?.timestamp ?? 0,
    ...(last && status !== 'RUNNING' && { endedMs: last.timestamp }),
  };
}

function parseLine(
  line: string,
): { readonly executionArn: string; readonly events: readonly HistoryEvent[] } | undefined {
  try {
    const value: unknown = JSON.parse(line);
    if (!isMembers(value) || typeof value['executionArn'] !== 'string' || !Array.isArray(value['events']))
      return undefined;
    return { executionArn: value['executionArn'], events: value['events'] as readonly HistoryEvent[] };
  } catch {
    return undefined;
  }
}

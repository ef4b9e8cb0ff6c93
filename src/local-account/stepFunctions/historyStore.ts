import { appendFile, mkdir, readFile, rm, truncate } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { HistoryEvent } from '../../core/interpreter/index.ts';
import type { Log } from '../../core/base/log.ts';
import { isMembers } from '../http/input.ts';
import { fileNameOf } from '../state/fileName.ts';

const keptInMemory = 64;

/**
 * Histories of executions, each a file that only grows. The events of an execution that is on, and those of the last ones
 * that somebody read, are in memory as well.
 */
export class HistoryStore {
  readonly #live = new Map<string, HistoryEvent[]>();
  readonly #recent = new Map<string, readonly HistoryEvent[]>();
  readonly #unwritten = new Map<string, string[]>();
  readonly #writing = new Map<string, Promise<void>>();

  constructor(
    private readonly folder: string,
    private readonly log: Log,
  ) {}

  /** Adds an event; it can be read at once and is on the disk soon. */
  add(executionArn: string, event: HistoryEvent): void {
    // An execution of an earlier process is read before it gets its last event.
    const events = this.#live.get(executionArn) ?? [...(this.#recent.get(executionArn) ?? [])];
    this.#live.set(executionArn, events);
    events.push(event);
    const lines = this.#unwritten.get(executionArn) ?? [];
    this.#unwritten.set(executionArn, lines);
    lines.push(JSON.stringify(event));
    if (!this.#writing.has(executionArn)) this.#writing.set(executionArn, this.#write(executionArn));
  }

  /** Oldest first; empty where there is none. */
  async read(executionArn: string): Promise<readonly HistoryEvent[]> {
    const known = this.#live.get(executionArn) ?? this.#recent.get(executionArn);
    if (known) return known;
    const events = await this.#load(executionArn);
    this.#remember(executionArn, events);
    return events;
  }

  /** Resolves when all events of an execution are on the disk; no more are to come. */
  async finish(executionArn: string): Promise<void> {
    while (this.#writing.has(executionArn)) await this.#writing.get(executionArn);
    const events = this.#live.get(executionArn);
    this.#live.delete(executionArn);
    if (events) this.#remember(executionArn, events);
  }

  async remove(executionArn: string): Promise<void> {
    this.#recent.delete(executionArn);
    await rm(this.#pathOf(executionArn), { force: true });
  }

  #remember(executionArn: string, events: readonly HistoryEvent[]): void {
    this.#recent.delete(executionArn);
    this.#recent.set(executionArn, events);
    const [oldest] = this.#recent.keys();
    if (this.#recent.size > keptInMemory && oldest !== undefined) this.#recent.delete(oldest);
  }

  async #write(executionArn: string): Promise<void> {
    const path = this.#pathOf(executionArn);
    try {
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      for (;;) {
        const lines = this.#unwritten.get(executionArn)?.splice(0) ?? [];
        if (lines.length === 0) return;
        await appendFile(path, `${lines.join('\n')}\n`, { mode: 0o600 });
      }
    } catch (error) {
      this.log.error(`The history of ${executionArn} could not be saved: ${String(error)}`);
    } finally {
      this.#unwritten.delete(executionArn);
      this.#writing.delete(executionArn);
    }
  }

  /** What was half-written when the process was killed is cut off, so that later events stand on lines of their own. */
  async #load(executionArn: string): Promise<readonly HistoryEvent[]> {
    const path = this.#pathOf(executionArn);
    const bytes = await readFile(path).catch(() => Buffer.alloc(0));
    const end = bytes.lastIndexOf(10) + 1;
    if (end < bytes.byteLength) await truncate(path, end);
    const events: HistoryEvent[] = [];
    for (const line of bytes.toString('utf8', 0, end).split('\n')) {
      const event = line === '' ? undefined : parseEvent(line);
      if (event) events.push(event);
    }
    return events;
  }

  #pathOf(executionArn: string): string {
    return join(this.folder, `${fileNameOf(executionArn)}.jsonl`);
  }
}

function parseEvent(line: string): HistoryEvent | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return isHistoryEvent(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isHistoryEvent(value: unknown): value is HistoryEvent {
  return (
    isMembers(value) &&
    typeof value['id'] === 'number' &&
    typeof value['type'] === 'string' &&
    typeof value['timestamp'] === 'number'
  );
}

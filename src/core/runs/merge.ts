import type { RunEntry } from './entry.ts';

interface Held {
  readonly entry: RunEntry;
  /** The source that it came from, where the merge knew it. */
  readonly source: string | undefined;
  readonly arrivedMs: number;
  readonly order: number;
}

interface Source {
  /** Entries up to this time have been read; what comes is later, but for stragglers. */
  readUpToMs: number;
  isBehind: boolean;
}

/**
 * Brings entries of several sources into one order by time, each exactly once. While a source is still being read
 * for the first time, nothing later than what it has given is let out; once all have caught up, an entry waits
 * `holdMs` for earlier ones of other sources, also when its own source has come to its end. What arrives after later entries went out follows them, marked late.
 */
export class EntryMerge {
  readonly #sources = new Map<string, Source>();
  #held: Held[] = [];
  #order = 0;
  #lastOutMs = -Infinity;

  constructor(private readonly holdMs: number) {}

  /** A source that will be read from its head, which lies at `fromMs` or later. */
  open(id: string, fromMs: number): void {
    if (!this.#sources.has(id)) this.#sources.set(id, { readUpToMs: fromMs, isBehind: true });
  }

  push(id: string, entries: readonly RunEntry[], nowMs: number): void {
    const source = this.#sources.get(id);
    for (const entry of entries) {
      this.#held.push({ entry, source: source && id, arrivedMs: nowMs, order: this.#order++ });
      if (source) source.readUpToMs = Math.max(source.readUpToMs, entry.timeMs);
    }
  }

  /** The source has given all there is by now. */
  caughtUp(id: string): void {
    const source = this.#sources.get(id);
    if (source) source.isBehind = false;
  }

  /** Reading was interrupted: each source may hold something earlier than what the next one to be read gives. */
  fallBehind(): void {
    for (const source of this.#sources.values()) source.isBehind = true;
  }

  /** The source will give no more. */
  close(id: string): void {
    this.#sources.delete(id);
  }

  get isEmpty(): boolean {
    return this.#held.length === 0;
  }

  /** Time that the source which is furthest behind has been read up to; undefined when none is behind. */
  get behind(): string | undefined {
    let least: [string, number] | undefined;
    for (const [id, source] of this.#sources) {
      if (source.isBehind && (!least || source.readUpToMs < least[1])) least = [id, source.readUpToMs];
    }
    return least?.[0];
  }

  /** What may go out now, in order. Where no source but an entry's own is open, nothing has to wait. */
  release(nowMs: number): RunEntry[] {
    let limitMs = Infinity;
    for (const source of this.#sources.values()) {
      if (source.isBehind) limitMs = Math.min(limitMs, source.readUpToMs);
    }
    if (limitMs !== Infinity) return this.#letOut((held) => held.entry.timeMs < limitMs);
    if (!this.#isAwaited()) return this.drain();
    let dueMs = -Infinity;
    for (const held of this.#held) {
      if (held.arrivedMs + this.holdMs <= nowMs) dueMs = Math.max(dueMs, held.entry.timeMs);
    }
    return this.#letOut((held) => held.entry.timeMs <= dueMs);
  }

  /** Everything, now. */
  drain(): RunEntry[] {
    return this.#letOut(() => true);
  }

  /** Whether a source may still give something earlier than what another one gave. */
  #isAwaited(): boolean {
    if (this.#sources.size !== 1) return this.#sources.size > 1;
    return this.#held.some(({ source }) => source !== undefined && !this.#sources.has(source));
  }

  #letOut(isDue: (held: Held) => boolean): RunEntry[] {
    const due = this.#held.filter(isDue);
    if (due.length === 0) return [];
    this.#held = due.length === this.#held.length ? [] : this.#held.filter((held) => !isDue(held));
    // Equal times keep the order of arrival.
    due.sort((a, b) => a.entry.timeMs - b.entry.timeMs || a.order - b.order);
    return due.map(({ entry }) => {
      const late = entry.timeMs < this.#lastOutMs;
      if (!late) this.#lastOutMs = entry.timeMs;
      return late ? { ...entry, late } : entry;
    });
  }
}

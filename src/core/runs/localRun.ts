import type { Clock } from '../base/clock.ts';
import type { EventMark, LogEntry, LogLevel, RunEntry } from './entry.ts';
import { FloodTail } from './floodTail.ts';
import { formatDuration } from './format.ts';
import { cleanLogText, levelOf } from './logLine.ts';
import type { RunKey, RunOutcome } from './model.ts';
import type { NewsQueue } from './newsQueue.ts';
import type { JobRunDetail } from './ports.ts';
import { formatStages, parseStages } from './sparkProgress.ts';
import type { RunUpdate } from './watch.ts';

/** How a script on this machine ended. */
export type LocalEnd =
  | { readonly kind: 'exited'; readonly code: number }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'timedOut'; readonly limitMs: number }
  /** It never ran, or what ran it went away. */
  | { readonly kind: 'failed'; readonly message: string };

/** A piece of news of a script on this machine. */
export type LocalNews =
  | { readonly kind: 'event'; readonly mark: EventMark; readonly text: string }
  | {
      readonly kind: 'line';
      readonly stream: 'out' | 'err';
      readonly text: string;
      /** The next line is written over this one: a progress bar. */
      readonly isOverwritten?: boolean;
    }
  /** Lines that came together, `\n` between them, as they were written. */
  | { readonly kind: 'block'; readonly stream: 'out' | 'err'; readonly text: string }
  | { readonly kind: 'end'; readonly end: LocalEnd };

type Line = Extract<LocalNews, { kind: 'line' }>;
type Block = Extract<LocalNews, { kind: 'block' }>;

export interface LocalRunFacts {
  readonly key: RunKey;
  readonly jobName: string;
  readonly glueVersion?: string;
  readonly arguments: Readonly<Record<string, string>>;
  readonly startedMs: number;
}

/** News are given on together that come within this time. */
const gatherMs = 60;
/** So many lines are kept from the beginning, and so many of the end: the middle of a flood is left out. */
const keptLines = { head: 400_000, tail: 4_000 } as const;

/** What the run store hears of a script on this machine, from its beginning to its end. */
export async function* followLocalRun(
  facts: LocalRunFacts,
  news: NewsQueue<LocalNews>,
  clock: Clock,
  kept: { readonly head: number; readonly tail: number } = keptLines,
): AsyncGenerator<RunUpdate> {
  const run = new LocalRun(facts, kept);
  yield* run.begin();
  for (let batch = await news.take(); batch !== undefined; batch = await news.take()) {
    yield* run.take(batch, clock.now());
    if (run.hasEnded) return;
    await clock.sleep(gatherMs);
  }
  yield* run.take([{ kind: 'end', end: { kind: 'stopped' } }], clock.now());
}

/** What a line has that says more than its text, or is not shown as it is. */
const tellingWords = ['\u001b', '[Stage ', 'Traceback (most', 'Error: '];
const nowhere: RunEntry['path'] = [];

class LocalRun {
  hasEnded = false;
  readonly #tail = new FloodTail();
  #lines = 0;
  #outcome: RunOutcome;
  #progress: string | undefined;
  #last: LogEntry | (() => LogEntry) | undefined;
  #traceback: 'none' | 'frames' = 'none';
  #error: string | undefined;

  constructor(
    private readonly facts: LocalRunFacts,
    private readonly kept: { readonly head: number; readonly tail: number },
  ) {
    this.#outcome = { state: 'running', awsState: 'RUNNING', startedMs: facts.startedMs };
  }

  *begin(): Generator<RunUpdate> {
    yield { kind: 'facts', facts: { outcome: this.#outcome } };
    yield this.#job();
  }

  *take(batch: readonly LocalNews[], nowMs: number): Generator<RunUpdate> {
    const entries: RunEntry[] = [];
    let end: LocalEnd | undefined;
    for (const item of batch) {
      if (item.kind === 'end') end = item.end;
      else if (item.kind === 'event')
        entries.push({ ...this.#base(nowMs), kind: 'event', mark: item.mark, text: item.text });
      else if (item.kind === 'line') this.#line(item, nowMs, entries);
      else this.#block(item, nowMs, entries);
    }
    if (end) {
      this.#outcome = this.#outcomeOf(end, nowMs);
      for (const entry of this.#rest(nowMs)) entries.push(entry);
      entries.push(this.#endEntry(end, nowMs));
      this.#progress = undefined;
      this.hasEnded = true;
    }
    if (entries.length > 0) yield { kind: 'entries', entries };
    yield this.#job();
    if (end) yield { kind: 'facts', facts: { outcome: this.#outcome } };
  }

  #base(timeMs: number): Pick<RunEntry, 'timeMs' | 'late' | 'path'> {
    return { timeMs, late: false, path: nowhere };
  }

  /** Half a million lines may come in a second: what can be found out of all of them at once is not asked of each. */
  #block(item: Block, timeMs: number, entries: RunEntry[]): void {
    const { stream, text } = item;
    if (this.#traceback === 'frames' || tellingWords.some((word) => text.includes(word))) {
      for (const line of text.split('\n')) this.#line({ kind: 'line', stream, text: line }, timeMs, entries);
    } else if (this.#lines >= this.kept.head) this.#skim(item, timeMs);
    else {
      for (const line of cleanLogText(`${text}\n`).split('\n')) {
        this.#add(this.#entry(stream, line, { timeMs, level: levelOf(line) }), entries);
      }
    }
  }

  /** Lines of a flood, most of which nobody will see. */
  #skim({ stream, text }: Block, timeMs: number): void {
    const entryOf = (line: string): LogEntry => {
      const clean = cleanLogText(line);
      return this.#entry(stream, clean, { timeMs, level: levelOf(clean) });
    };
    this.#tail.addBlock({ text, entryOf }, this.kept.tail);
    this.#last = () => entryOf(text.slice(text.lastIndexOf('\n') + 1));
  }

  #entry(
    stream: Line['stream'],
    text: string,
    { timeMs, level }: { readonly timeMs: number; readonly level: LogLevel | undefined },
  ): LogEntry {
    const jobRunId = this.facts.key.id;
    // A literal of one shape is made several times faster than one with spreads.
    return level
      ? { timeMs, late: false, path: nowhere, kind: 'log', stream, text, jobRunId, level }
      : { timeMs, late: false, path: nowhere, kind: 'log', stream, text, jobRunId };
  }

  #line(item: Line, timeMs: number, entries: RunEntry[]): void {
    const stages = parseStages(item.text);
    if (stages.length > 0) {
      this.#progress = formatStages(stages);
      if (item.isOverwritten || /^\s*(?:\[Stage [^\]]*\]\s*)+$/.test(item.text)) return;
    }
    const { stream } = item;
    const text = cleanLogText(item.text);
    this.#add(this.#entry(stream, text, { timeMs, level: this.#level(stream, text) }), entries);
  }

  #add(entry: LogEntry, entries: RunEntry[]): void {
    this.#last = entry;
    this.#lines += 1;
    if (this.#lines <= this.kept.head) entries.push(entry);
    else this.#tail.add(entry, this.kept.tail);
  }

  /** The lines of a traceback have its level, so that a filter keeps them together. */
  #level(stream: 'out' | 'err', text: string): LogLevel | undefined {
    const own = levelOf(text);
    if (text.startsWith('Traceback (most recent call last)')) this.#traceback = 'frames';
    else if (this.#traceback === 'frames' && stream === 'err') {
      if (/^\s/.test(text) || text === '') return 'error';
      this.#traceback = 'none';
      this.#error = text.slice(0, 2_000);
      return 'error';
    } else if (/^(Syntax|Indentation|Tab)Error: /.test(text)) this.#error = text.slice(0, 2_000);
    return own;
  }

  #rest(timeMs: number): readonly RunEntry[] {
    const { left, entries } = this.#tail.take(this.kept.tail);
    if (left === 0) return entries;
    const text = `${left} lines were left out here`;
    return [{ ...this.#base(timeMs), kind: 'event', mark: 'warning', text }, ...entries];
  }

  #outcomeOf(end: LocalEnd, endedMs: number): RunOutcome {
    const { startedMs } = this.facts;
    const times = { startedMs, endedMs };
    switch (end.kind) {
      case 'exited':
        if (end.code === 0) return { state: 'succeeded', awsState: 'SUCCEEDED', ...times };
        return { state: 'failed', awsState: 'FAILED', error: this.#error ?? exitText(end.code), ...times };
      case 'stopped':
        return { state: 'stopped', awsState: 'STOPPED', ...times };
      case 'timedOut': {
        const error = `The job's time limit of ${formatDuration(end.limitMs)} is over.`;
        return { state: 'timedOut', awsState: 'TIMEOUT', error, ...times };
      }
      case 'failed':
        return { state: 'failed', awsState: 'FAILED', error: end.message, ...times };
    }
  }

  #endEntry(end: LocalEnd, timeMs: number): RunEntry {
    const took = formatDuration(timeMs - this.facts.startedMs);
    const { state, error } = this.#outcome;
    const base = { ...this.#base(timeMs), kind: 'event' } as const;
    if (state === 'succeeded') return { ...base, mark: 'succeeded', text: `succeeded in ${took}` };
    if (state === 'stopped') return { ...base, mark: 'stopped', text: `stopped after ${took}` };
    const code = end.kind === 'exited' ? ` (exit code ${end.code})` : '';
    const word = state === 'timedOut' ? 'timed out' : 'failed';
    return { ...base, mark: 'failed', text: `${word} after ${took}${code}: ${error?.split('\n', 1)[0] ?? ''}` };
  }

  #job(): RunUpdate {
    const { key, jobName, glueVersion } = this.facts;
    const detail: JobRunDetail = {
      ...this.#outcome,
      jobName,
      runId: key.id,
      attempt: 0,
      arguments: this.facts.arguments,
      ...(glueVersion === undefined ? {} : { glueVersion }),
    };
    const job = {
      detail,
      path: [],
      ...(this.#last && { lastLog: typeof this.#last === 'function' ? this.#last() : this.#last }),
      ...(this.#progress !== undefined && { progress: this.#progress }),
    };
    return { kind: 'job', job };
  }
}

function exitText(code: number): string {
  if (code === 137) return 'The script was killed, as when memory runs out (exit code 137).';
  return `The script ended with exit code ${code}.`;
}

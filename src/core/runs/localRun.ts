import type { Clock } from '../base/clock.ts';
import type { EventMark, LogEntry, LogLevel, RunEntry } from './entry.ts';
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
  | { readonly kind: 'end'; readonly end: LocalEnd };

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

const nowhere: RunEntry['path'] = [];

class LocalRun {
  hasEnded = false;
  readonly #tail: RunEntry[] = [];
  #lines = 0;
  #left = 0;
  #outcome: RunOutcome;
  #progress: string | undefined;
  #last: LogEntry | undefined;
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
      else this.#line(item, nowMs, entries);
    }
    if (end) {
      this.#outcome = this.#outcomeOf(end, nowMs);
      entries.push(...this.#rest(nowMs), this.#endEntry(end, nowMs));
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

  #line(item: Extract<LocalNews, { kind: 'line' }>, timeMs: number, entries: RunEntry[]): void {
    const stages = parseStages(item.text);
    if (stages.length > 0) {
      this.#progress = formatStages(stages);
      if (item.isOverwritten || /^\s*(?:\[Stage [^\]]*\]\s*)+$/.test(item.text)) return;
    }
    const { stream } = item;
    const text = cleanLogText(item.text);
    const level = this.#level(stream, text);
    const jobRunId = this.facts.key.id;
    // Half a million of these come in a second: a literal of one shape is made several times faster than one with spreads.
    const entry: LogEntry = level
      ? { timeMs, late: false, path: nowhere, kind: 'log', stream, text, jobRunId, level }
      : { timeMs, late: false, path: nowhere, kind: 'log', stream, text, jobRunId };
    this.#last = entry;
    this.#lines += 1;
    if (this.#lines <= this.kept.head) entries.push(entry);
    else {
      this.#tail.push(entry);
      if (this.#tail.length > this.kept.tail * 2) this.#left += this.#tail.splice(0, this.kept.tail).length;
    }
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
    if (this.#tail.length === 0) return [];
    const text = `${this.#left} lines were left out here`;
    const gap: RunEntry = { ...this.#base(timeMs), kind: 'event', mark: 'warning', text };
    return this.#left === 0 ? this.#tail : [gap, ...this.#tail];
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
      ...(this.#last && { lastLog: this.#last }),
      ...(this.#progress !== undefined && { progress: this.#progress }),
    };
    return { kind: 'job', job };
  }
}

function exitText(code: number): string {
  if (code === 137) return 'The script was killed, as when memory runs out (exit code 137).';
  return `The script ended with exit code ${code}.`;
}

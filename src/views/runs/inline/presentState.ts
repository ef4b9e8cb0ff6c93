import { failureLine, readableCause } from '../../../core/runs/eventDetails.ts';
import { formatDuration, formatOrdinal, formatShortClock } from '../../../core/runs/format.ts';
import { isTerminal } from '../../../core/runs/model.ts';
import type { RunJob, RunSnapshot } from '../../../core/runs/snapshot.ts';
import type { Step } from '../../../core/runs/timelineModel.ts';
import type { StatePlace } from './presentPlaces.ts';

export type Tone = 'running' | 'succeeded' | 'failed' | 'warning' | 'muted';

/** What stands at the end of a line. */
export interface Annotation {
  /** From 0. */
  readonly line: number;
  readonly text: string;
  readonly tone: Tone;
  readonly stateName: string;
  /** The visit that it tells of. */
  readonly step?: Step;
}

export interface AnnotateOptions {
  readonly nowMs: number;
  /** States of the definition that the execution ran, by name; undefined while it is not known. */
  readonly deployed?: ReadonlyMap<string, StatePlace>;
}

/** What a run tells at each state of a definition; states that it has not come to have none. */
export function annotateStates(
  places: readonly StatePlace[],
  run: RunSnapshot,
  options: AnnotateOptions,
): Annotation[] {
  const skipped = skippedStates(places, run);
  return places.flatMap((place): Annotation[] => {
    const said = describeVisits(run.timeline.visits(place.name), run, options.nowMs);
    const { line, name: stateName } = place;
    if (!said) {
      return skipped.has(stateName) ? [{ line, stateName, tone: 'muted', text: 'skipped by Choice' }] : [];
    }
    const differs = isDifferent(place, options.deployed) ? ' · deployed version differs' : '';
    return [{ line, stateName, ...said, text: `${said.text}${differs}` }];
  });
}

/** Whether the execution ran another version of this state. */
export function isDifferent(place: StatePlace, deployed: ReadonlyMap<string, StatePlace> | undefined): boolean {
  const theirs = deployed?.get(place.name);
  if (!deployed || place.fingerprint === undefined) return false;
  return theirs ? theirs.fingerprint !== undefined && theirs.fingerprint !== place.fingerprint : true;
}

type Said = Pick<Annotation, 'text' | 'tone' | 'step'>;

function describeVisits(visits: readonly Step[], run: RunSnapshot, nowMs: number): Said | undefined {
  const last = visits.at(-1);
  if (!last) return undefined;
  const scopes = new Set(visits.map(({ path }) => path.slice(0, -1).join('/')));
  if (scopes.size > 1) return describeItems(visits);
  const said = describeStep(last, run, nowMs);
  return visits.length > 1 ? { ...said, text: `${said.text} · ${formatOrdinal(visits.length)} time` } : said;
}

/** A state inside a Map: how many items are where. */
function describeItems(visits: readonly Step[]): Said {
  const count = (test: (step: Step) => boolean): number => visits.filter(test).length;
  const failed = count(({ state, isCaught }) => isCaught || state === 'failed' || state === 'timedOut');
  const running = count(({ state }) => !isTerminal(state));
  const succeeded = count(({ state, isCaught }) => state === 'succeeded' && !isCaught);
  const stopped = visits.length - failed - running - succeeded;
  const parts = [
    running > 0 && `⟳ ${running}`,
    succeeded > 0 && `✓ ${succeeded}`,
    failed > 0 && `✗ ${failed}`,
    stopped > 0 && `⊘ ${stopped}`,
  ].filter((part) => part !== false);
  const step = visits.findLast(({ state }) => state === 'failed') ?? visits.at(-1);
  const tone = failed > 0 ? 'failed' : running > 0 ? 'running' : stopped > 0 ? 'muted' : 'succeeded';
  return { text: parts.join(' · '), tone, ...(step && { step }) };
}

function describeStep(step: Step, run: RunSnapshot, nowMs: number): Said {
  const { attempts, state } = step;
  const tookMs = (step.exitedMs ?? nowMs) - step.enteredMs;
  const attempt = attempts.length > 1 ? [`${formatOrdinal(attempts.length)} attempt`] : [];
  if (!isTerminal(state)) {
    const waits = step.isAwaitingRetry
      ? [`tries again after ${failureLine(step.error, step.cause) ?? 'a failure'}`]
      : [];
    const items = step.itemCount === undefined ? [] : [`${step.itemsDone ?? 0} of ${step.itemCount} items`];
    const line = waits.length > 0 ? undefined : lastLine(step, run);
    const parts = [
      `⟳ ${formatShortClock(tookMs)}`,
      ...attempt,
      ...items,
      ...waits,
      ...(line === undefined ? [] : [line]),
    ];
    return { step, tone: 'running', text: parts.join(' · ') };
  }
  if (step.isCaught) {
    return { step, tone: 'warning', text: `⚠ caught ${failureLine(step.error, step.cause) ?? 'a failure'}` };
  }
  switch (state) {
    case 'succeeded':
      if (step.type === 'Choice' && step.next !== undefined) return { step, tone: 'succeeded', text: `▸ ${step.next}` };
      return {
        step,
        tone: attempts.length > 1 ? 'warning' : 'succeeded',
        text: [`✓ ${formatDuration(tookMs)}`, ...attempt].join(' · '),
      };
    case 'failed':
      return { step, tone: 'failed', text: `✗ ${failureLine(step.error, step.cause) ?? 'failed'}` };
    case 'timedOut':
      return { step, tone: 'failed', text: `✗ timed out after ${formatDuration(tookMs)}` };
    default:
      return { step, tone: 'muted', text: '⊘ stopped' };
  }
}

/** Job run that belongs to the last try of a step. */
export function jobOfStep(step: Step, run: RunSnapshot): RunJob | undefined {
  const runId = step.attempts.at(-1)?.jobRun?.runId;
  return runId === undefined ? undefined : run.jobs.get(runId);
}

function lastLine(step: Step, run: RunSnapshot): string | undefined {
  const job = jobOfStep(step, run);
  const text = job?.lastLog?.text ?? job?.progress;
  return text
    ?.split('\n')
    .findLast((line) => line.trim() !== '')
    ?.trim();
}

/** States that a Choice could have gone to, and no Choice did. */
function skippedStates(places: readonly StatePlace[], run: RunSnapshot): ReadonlySet<string> {
  const skipped = new Set<string>();
  for (const { name, choices } of places) {
    if (run.timeline.visits(name).some(({ exitedMs }) => exitedMs !== undefined))
      for (const to of choices) skipped.add(to);
  }
  return skipped;
}

/** `text` cut so that with the line before it no more than `limit` columns are taken. */
export function fitLine(text: string, lineLength: number, limit = 140): string {
  const room = Math.max(30, limit - lineLength);
  return text.length > room ? `${text.slice(0, room - 1)}…` : text;
}

/** Error and cause in full, for the hover. */
export function describeFailure(step: Step): string | undefined {
  const cause = readableCause(step.cause);
  if (step.error === undefined) return cause;
  return cause === undefined ? step.error : `${step.error}: ${cause}`;
}

import { formatDuration } from '../../core/runs/format.ts';
import type { RunSnapshot } from '../../core/runs/snapshot.ts';
import type { Step } from '../../core/runs/timelineModel.ts';
import type { StateMark } from './protocol.ts';

/** What a run did, by state name. A state that was visited more than once shows what matters most of its visits. */
export function presentMarks({ timeline }: Pick<RunSnapshot, 'timeline'>): Readonly<Record<string, StateMark>> {
  const visits = new Map<string, Step[]>();
  for (const step of timeline.steps) {
    const known = visits.get(step.name);
    if (known) known.push(step);
    else visits.set(step.name, [step]);
  }
  return Object.fromEntries([...visits].map(([name, steps]) => [name, markOf(steps)]));
}

function markOf(steps: readonly Step[]): StateMark {
  const is = (state: Step['state']) => (step: Step) => step.state === state;
  const telling =
    steps.findLast(is('running')) ??
    steps.findLast(({ state, isCaught }) => (state === 'failed' || state === 'timedOut') && !isCaught) ??
    steps.findLast(is('waiting')) ??
    steps.at(-1);
  if (!telling) return { state: 'waiting', text: '' };
  const isDone = telling.state !== 'running' && telling.state !== 'waiting';
  const state =
    isDone && (telling.isCaught || telling.attempts.length > 1) && telling.state !== 'stopped'
      ? caughtOr(telling)
      : telling.state;
  return { state, text: [durationOf(telling), countOf(telling, steps)].filter(Boolean).join(' · ') };
}

/** A state that failed and went on, or needed another try, is neither green nor red. */
function caughtOr({ state, isCaught }: Step): StateMark['state'] {
  return isCaught || state === 'succeeded' ? 'caught' : state;
}

function durationOf({ enteredMs, exitedMs }: Step): string {
  return exitedMs === undefined || exitedMs - enteredMs < 1000 ? '' : formatDuration(exitedMs - enteredMs);
}

function countOf({ itemCount, itemsDone, attempts }: Step, steps: readonly Step[]): string {
  if (itemCount !== undefined) return `${itemsDone ?? 0} of ${itemCount}`;
  if (steps.length > 1) return `×${steps.length}`;
  return attempts.length > 1 ? `attempt ${attempts.length}` : '';
}

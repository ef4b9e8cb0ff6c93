import type { Clock } from '../../core/base/clock.ts';

/** Something that happens again and again. */
export interface Scheduled {
  /** The first time after `afterMs` at which it is due; undefined where it never is. */
  readonly next: (afterMs: number) => number | undefined;
  /** Called when it is due; must not throw. */
  readonly fire: () => void;
}

/** How far ahead one sleep goes: a machine that slept, or a clock that was set, is noticed within this time. */
const longestSleepMs = 60_000;

/**
 * How far a clock that is set, or a machine that slept, may move the time so that no schedule is lost and none fires twice:
 * forward, what was missed fires once; back, what has fired does not fire again. Beyond it, time starts anew.
 */
const longestCorrectionMs = 3_600_000;

/** Fires what is due until `signal` aborts; `list` gives what is scheduled now. */
export async function keepSchedules(
  clock: Clock,
  list: () => readonly Scheduled[],
  signal: AbortSignal,
): Promise<void> {
  let checked = clock.now();
  while (!signal.aborted) {
    const times = list().flatMap(({ next }) => next(checked) ?? []);
    const pause = Math.max(0, Math.min(longestSleepMs, Math.min(Infinity, ...times) - clock.now()));
    try {
      await clock.sleep(pause, signal);
    } catch {
      return;
    }
    const now = clock.now();
    if (Math.abs(now - checked) > longestCorrectionMs) checked = now - 1;
    for (const { next, fire } of list()) {
      const due = next(checked);
      if (due !== undefined && due <= now) fire();
    }
    checked = Math.max(checked, now);
  }
}

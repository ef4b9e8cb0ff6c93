import type { Clock } from '../../core/base/clock.ts';
import { parseSchedule } from './cron.ts';

/** Something that happens again and again: `schedule` is Glue's `cron(…)`. */
export interface Scheduled {
  readonly schedule: string;
  /** Called when it is due; must not throw. */
  readonly fire: () => void;
}

/** How far ahead one sleep goes: a machine that slept, or a clock that was set, is noticed within this time. */
const longestSleepMs = 60_000;

/** Fires what is due until `signal` aborts; `list` gives what is scheduled now. Missed times are not made up for. */
export async function keepSchedules(
  clock: Clock,
  list: () => readonly Scheduled[],
  signal: AbortSignal,
): Promise<void> {
  let checked = clock.now();
  while (!signal.aborted) {
    const due = list().flatMap(({ schedule }) => nextTime(schedule, checked) ?? []);
    const pause = Math.max(0, Math.min(longestSleepMs, Math.min(Infinity, ...due) - clock.now()));
    try {
      await clock.sleep(pause, signal);
    } catch {
      return;
    }
    const now = clock.now();
    // After a jump of the clock.
    if (now - checked > 2 * longestSleepMs || now < checked) checked = now - 1;
    for (const { schedule, fire } of list()) {
      const next = nextTime(schedule, checked);
      if (next !== undefined && next <= now) fire();
    }
    checked = now;
  }
}

function nextTime(schedule: string, after: number): number | undefined {
  const parsed = parseSchedule(schedule);
  return 'schedule' in parsed ? parsed.schedule.next(after) : undefined;
}

import { parseSchedule } from '../glue/cron.ts';

/** The first time after `afterMs` at which a rule fires; undefined where it never does. */
export type NextTime = (afterMs: number) => number | undefined;

const unitMs: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/**
 * Reads a rule's schedule: `cron(…)` in UTC, or `rate(value unit)`, counted from when it was set. Undefined for any other
 * text. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html
 */
export function ruleSchedule(text: string, setMs: number): NextTime | undefined {
  const [, digits, unit = '', plural] = /^rate\(([1-9]\d{0,8}) (minute|hour|day)(s?)\)$/.exec(text) ?? [];
  if (digits !== undefined) {
    const count = Number(digits);
    if ((count === 1) !== (plural === '')) return undefined;
    const everyMs = count * (unitMs[unit] ?? 0);
    // Also before it was set, where the clock was wrong then; never at the moment itself.
    return (afterMs) => setMs + (Math.floor((afterMs - setMs) / everyMs) + 1 || 1) * everyMs;
  }
  const parsed = parseSchedule(text, { isEveryMinuteFine: true });
  return 'schedule' in parsed ? (afterMs) => parsed.schedule.next(afterMs) : undefined;
}

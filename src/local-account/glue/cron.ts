/** A schedule in Glue's form, read once: when it fires, to the minute, in UTC. */
export interface Schedule {
  /** The first time after `afterMs`; undefined where there is none within eight years. */
  next(afterMs: number): number | undefined;
}

interface Field {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  readonly words?: readonly string[];
}

const months = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const weekdays = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];
const fields = {
  minute: { name: 'minutes', min: 0, max: 59 },
  hour: { name: 'hours', min: 0, max: 23 },
  dayOfMonth: { name: 'day of month', min: 1, max: 31 },
  month: { name: 'month', min: 1, max: 12, words: months },
  dayOfWeek: { name: 'day of week', min: 1, max: 7, words: weekdays },
  year: { name: 'year', min: 1970, max: 2199 },
} satisfies Record<string, Field>;

/** Whether a day counts, given the day, the last day of its month and its weekday (1 is Sunday). */
type DayTest = (day: number, lastDay: number, weekday: number) => boolean;

/** A schedule, or one sentence about what is wrong with its text. */
export type ParsedSchedule = { readonly schedule: Schedule } | { readonly problem: string };

/**
 * Reads `cron(minutes hours day-of-month month day-of-week year)`: `, - * / ? L W #`, names of months and days, days of the
 * week from 1 for Sunday, `?` in one of the two day fields. Glue fires no more often than every five minutes, EventBridge every minute.
 * https://docs.aws.amazon.com/glue/latest/dg/monitor-data-warehouse-schedule.html
 */
export function parseSchedule(text: string, options: { readonly isEveryMinuteFine?: boolean } = {}): ParsedSchedule {
  const inner = /^cron\(([^()]*)\)$/.exec(text.trim())?.[1];
  const parts = inner?.trim().toUpperCase().split(/\s+/) ?? [];
  const [minute, hour, dayOfMonth, month, dayOfWeek, year] = parts;
  if (parts.length !== 6 || year === undefined) {
    return { problem: `The schedule "${text}" is not cron(minutes hours day-of-month month day-of-week year).` };
  }
  try {
    const minutes = parseSet(minute ?? '', fields.minute);
    const hours = parseSet(hour ?? '', fields.hour);
    const monthSet = parseSet(month ?? '', fields.month);
    const years = parseSet(year, fields.year);
    if ((dayOfMonth === '?') === (dayOfWeek === '?')) {
      throw new CronError('One of day of month and day of week must be "?", and only one.');
    }
    const isDay = dayOfWeek === '?' ? parseDayOfMonth(dayOfMonth ?? '') : parseDayOfWeek(dayOfWeek ?? '');
    if (!options.isEveryMinuteFine && hasCloseMinutes(minutes))
      throw new CronError('A schedule cannot fire more often than every five minutes.');
    return { schedule: { next: (afterMs) => nextOf(afterMs, { minutes, hours, months: monthSet, years, isDay }) } };
  } catch (error) {
    if (error instanceof CronError) return { problem: `The schedule "${text}" is not valid: ${error.message}` };
    throw error;
  }
}

class CronError extends Error {}

function parseSet(text: string, field: Field): ReadonlySet<number> {
  const values = new Set<number>();
  for (const item of text.split(',')) {
    const match = /^(\*|[A-Z0-9]+)(?:-([A-Z0-9]+))?(?:\/(\d+))?$/.exec(item);
    if (!match || (match[1] === '*' && match[2] !== undefined)) throw wrong(item, field);
    const step = match[3] === undefined ? 1 : Number(match[3]);
    const from = match[1] === '*' ? field.min : valueOf(match[1] ?? '', field);
    const isOpen = match[1] === '*' || (match[2] === undefined && match[3] !== undefined);
    const to = isOpen ? field.max : match[2] === undefined ? from : valueOf(match[2], field);
    if (step < 1) throw wrong(item, field);
    // FRI-MON goes over the end of the week.
    const end = to < from ? to + (field.max - field.min + 1) : to;
    for (let value = from; value <= end; value += step) {
      values.add(value > field.max ? value - (field.max - field.min + 1) : value);
    }
  }
  return values;
}

function valueOf(text: string, field: Field): number {
  const word = field.words?.indexOf(text) ?? -1;
  const value = word >= 0 ? word + field.min : Number(text);
  if (!/^[A-Z]+$|^\d+$/.test(text) || !(value >= field.min && value <= field.max)) throw wrong(text, field);
  return value;
}

function parseDayOfMonth(text: string): DayTest {
  if (text === 'L') return (day, lastDay) => day === lastDay;
  const beforeLast = /^L-(\d{1,2})$/.exec(text)?.[1];
  if (beforeLast !== undefined) return (day, lastDay) => day === lastDay - Number(beforeLast);
  const nearest = /^(\d{1,2}|L)W$/.exec(text)?.[1];
  if (nearest !== undefined) {
    const wanted = nearest === 'L' ? undefined : valueOf(nearest, fields.dayOfMonth);
    return (day, lastDay, weekday) => isNearestWeekday(wanted ?? lastDay, { day, lastDay, weekday });
  }
  const days = parseSet(text, fields.dayOfMonth);
  return (day) => days.has(day);
}

/** Whether `day` is the working day nearest to `wanted` within the same month. */
function isNearestWeekday(
  wanted: number,
  { day, lastDay, weekday }: { readonly day: number; readonly lastDay: number; readonly weekday: number },
): boolean {
  if (wanted > lastDay || weekday === 1 || weekday === 7) return false;
  if (day === wanted) return true;
  const isFriday = weekday === 6;
  const isMonday = weekday === 2;
  if (isFriday && day === wanted - 1) return true;
  if (isMonday && day === wanted + 1) return true;
  // A weekend at either end of the month must not leave it.
  return (isMonday && wanted === 1 && day === 3) || (isFriday && wanted === lastDay && day === lastDay - 2);
}

function parseDayOfWeek(text: string): DayTest {
  if (text === 'L') return (_day, _lastDay, weekday) => weekday === 7;
  const last = /^([A-Z]{3}|\d)L$/.exec(text)?.[1];
  if (last !== undefined) {
    const wanted = valueOf(last, fields.dayOfWeek);
    return (day, lastDay, weekday) => weekday === wanted && day > lastDay - 7;
  }
  const nth = /^([A-Z]{3}|\d)#([1-5])$/.exec(text);
  if (nth) {
    const wanted = valueOf(nth[1] ?? '', fields.dayOfWeek);
    return (day, _lastDay, weekday) => weekday === wanted && Math.ceil(day / 7) === Number(nth[2]);
  }
  const days = parseSet(text, fields.dayOfWeek);
  return (_day, _lastDay, weekday) => days.has(weekday);
}

function hasCloseMinutes(minutes: ReadonlySet<number>): boolean {
  const sorted = [...minutes].sort((left, right) => left - right);
  return sorted.some((minute, index) => index > 0 && minute - (sorted[index - 1] ?? minute) < 5);
}

function wrong(text: string, field: Field): CronError {
  return new CronError(`"${text}" cannot stand for ${field.name}.`);
}

interface Sets {
  readonly minutes: ReadonlySet<number>;
  readonly hours: ReadonlySet<number>;
  readonly months: ReadonlySet<number>;
  readonly years: ReadonlySet<number>;
  readonly isDay: DayTest;
}

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
const horizonDays = 8 * 366;

function nextOf(afterMs: number, sets: Sets): number | undefined {
  const start = Math.floor(afterMs / minuteMs) * minuteMs + minuteMs;
  const firstDay = Math.floor(start / dayMs) * dayMs;
  for (let offset = 0; offset < horizonDays; offset += 1) {
    const dayStart = firstDay + offset * dayMs;
    const date = new Date(dayStart);
    if (!sets.years.has(date.getUTCFullYear()) || !sets.months.has(date.getUTCMonth() + 1)) continue;
    const lastDay = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
    if (!sets.isDay(date.getUTCDate(), lastDay, date.getUTCDay() + 1)) continue;
    for (let minute = 0; minute < 24 * 60; minute += 1) {
      const time = dayStart + minute * minuteMs;
      if (time >= start && sets.hours.has(Math.floor(minute / 60)) && sets.minutes.has(minute % 60)) return time;
    }
  }
  return undefined;
}

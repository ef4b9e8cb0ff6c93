/**
 * What is wrong with a schedule, in words; undefined where nothing is, or where it cannot be told. Glue knows
 * `cron(minute hour day-of-month month day-of-week year)` in UTC, not more often than every 5 minutes.
 * https://docs.aws.amazon.com/glue/latest/dg/monitor-data-warehouse-schedule.html
 */
export function scheduleProblem(schedule: string): { message: string; right?: string } | undefined {
  const rate = /^rate\(\s*(\d+)\s+(minute|hour|day)s?\s*\)$/i.exec(schedule.trim());
  if (rate) {
    const right = cronOfRate(Number(rate[1]), rate[2]?.toLowerCase() ?? '');
    return { message: 'Glue knows no rate(…): write cron(…).', ...(right !== undefined && { right }) };
  }
  const fields = /^cron\((.*)\)$/s.exec(schedule.trim())?.[1]?.trim().split(/\s+/);
  if (fields === undefined) {
    const isBare = schedule.trim().split(/\s+/).length === 6;
    return {
      message: 'A schedule is cron(minute hour day-of-month month day-of-week year).',
      ...(isBare && { right: `cron(${schedule.trim()})` }),
    };
  }
  if (fields.length !== 6) {
    return {
      message: `A schedule has six fields, minute hour day-of-month month day-of-week year; this has ${fields.length}.`,
    };
  }
  return dayProblem(fields) ?? fieldProblem(fields) ?? paceProblem(fields);
}

function cronOfRate(count: number, unit: string): string | undefined {
  if (unit === 'minute' && count >= 5 && count < 60 && 60 % count === 0) return `cron(0/${count} * * * ? *)`;
  if (unit === 'hour' && count >= 1 && count < 24 && 24 % count === 0) {
    return count === 1 ? 'cron(0 * * * ? *)' : `cron(0 0/${count} * * ? *)`;
  }
  return unit === 'day' && count === 1 ? 'cron(0 0 * * ? *)' : undefined;
}

function dayProblem(fields: readonly string[]): { message: string; right?: string } | undefined {
  const [minute = '', hour = '', dayOfMonth = '', month = '', dayOfWeek = '', year = ''] = fields;
  const isOpen = [dayOfMonth, dayOfWeek].map((field) => field === '?');
  if (isOpen[0] !== isOpen[1]) return undefined;
  if (isOpen[0]) return { message: 'One of day-of-month and day-of-week is "?", the other says the day.' };
  const days = dayOfMonth === '*' && dayOfWeek !== '*' ? ['?', dayOfWeek] : [dayOfMonth, '?'];
  const right = `cron(${[minute, hour, days[0], month, days[1], year].join(' ')})`;
  const isClear = dayOfMonth === '*' || dayOfWeek === '*';
  return {
    message: 'Of day-of-month and day-of-week one must be "?".',
    ...(isClear && { right }),
  };
}

const MONTHS = 'JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC'.split(' ');
const DAYS = 'SUN MON TUE WED THU FRI SAT'.split(' ');
const FIELDS: readonly { name: string; min: number; max: number; words: readonly string[]; marks: RegExp }[] = [
  { name: 'minute', min: 0, max: 59, words: [], marks: /^$/ },
  { name: 'hour', min: 0, max: 23, words: [], marks: /^$/ },
  { name: 'day-of-month', min: 1, max: 31, words: [], marks: /^(?:\?|L|L?W|LW|\d+W)$/ },
  { name: 'month', min: 1, max: 12, words: MONTHS, marks: /^$/ },
  { name: 'day-of-week', min: 1, max: 7, words: DAYS, marks: /^(?:\?|L|\w+L|\w+#[1-5])$/ },
  { name: 'year', min: 1970, max: 2199, words: [], marks: /^$/ },
];

function fieldProblem(fields: readonly string[]): { message: string } | undefined {
  for (const [index, spec] of FIELDS.entries()) {
    for (const part of (fields[index] ?? '').toUpperCase().split(',')) {
      if (part === '*' || spec.marks.test(part)) continue;
      const [range = '', step] = part.split('/');
      const isStep = step === undefined || (/^\d+$/.test(step) && Number(step) > 0);
      const ends = range === '*' ? [] : range.split('-');
      const isRange = ends.length <= 2 && ends.every((end) => inRange(end, spec));
      if (!isStep || !isRange) {
        return { message: `"${part}" is no ${spec.name}: it is ${spec.min} to ${spec.max}.` };
      }
    }
  }
  return undefined;
}

function inRange(text: string, { min, max, words }: (typeof FIELDS)[number]): boolean {
  if (words.includes(text)) return true;
  return /^\d+$/.test(text) && Number(text) >= min && Number(text) <= max;
}

/** Two starts less than five minutes apart, within an hour or from one to the next. */
function paceProblem([minute = '', hour = '']: readonly string[]): { message: string } | undefined {
  const minutes = [...minutesOf(minute)].sort((a, b) => a - b);
  if (/[*/,-]/.test(hour) && minutes[0] !== undefined) minutes.push(minutes[0] + 60);
  const isFast = minutes.some((one, index) => index > 0 && one - (minutes[index - 1] ?? 0) < 5);
  return isFast ? { message: 'Glue starts a trigger at most every 5 minutes.' } : undefined;
}

function minutesOf(field: string): Set<number> {
  const found = new Set<number>();
  for (const part of field.split(',')) {
    const [range = '', step] = part.split('/');
    const [from = '', to] = range.split('-');
    const first = range === '*' ? 0 : Number(from);
    const last = range === '*' || (step !== undefined && to === undefined) ? 59 : Number(to ?? from);
    for (let at = first; at <= last && at < 60; at += Math.max(1, Number(step ?? 1))) found.add(at);
  }
  return found;
}

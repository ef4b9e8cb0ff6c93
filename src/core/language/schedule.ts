const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/**
 * A schedule of EventBridge, Glue or Athena in words: `every 5 minutes`, `at 07:30 on Monday to Friday, UTC`. Undefined for
 * what is no schedule, or one whose parts go beyond these words (EventBridge user guide, "Cron expressions").
 */
export function describeSchedule(text: string): string | undefined {
  const rate = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(text);
  if (rate) {
    const [, count = '', unit = ''] = rate;
    return count === '1' ? `every ${unit}` : `every ${count} ${unit}s`;
  }
  const at = /^at\((\d{4}-\d\d-\d\d)T(\d\d:\d\d)(?::\d\d)?\)$/.exec(text);
  if (at) return `once, on ${at[1] ?? ''} at ${at[2] ?? ''}`;
  const parts = /^cron\(\s*(\S+)\s+(\S+)\s+(\S+)\s+(\S+)\s+(\S+)(?:\s+(\S+))?\s*\)$/.exec(text)?.slice(1);
  return parts && describeCron(parts);
}

function describeCron([minute = '', hour = '', day = '', month = '', weekday = '', year = '*']: string[]):
  string | undefined {
  const time = describeTime(minute, hour);
  const days = describeDays(day, weekday);
  const months = month === '*' ? '' : listOf(month, (value) => nameOf(value, MONTHS, 1));
  const years = year === '*' ? '' : listOf(year, (value) => (/^\d{4}$/.test(value) ? value : undefined));
  if (time === undefined || days === undefined || months === undefined || years === undefined) return undefined;
  return `${time}${days}${months && ` in ${months}`}${years && ` of ${years}`}, UTC`;
}

function describeTime(minute: string, hour: string): string | undefined {
  const step = /^(?:\*|0)\/(\d+)$/.exec(minute)?.[1];
  if (minute === '*' && hour === '*') return 'every minute';
  if (step !== undefined && hour === '*') return `every ${step} minutes`;
  if (!/^\d+$/.test(minute)) return undefined;
  const at = minute.padStart(2, '0');
  const hourStep = /^(?:\*|0)\/(\d+)$/.exec(hour)?.[1];
  if (hour === '*') return `every hour at minute ${minute}`;
  if (hourStep !== undefined) return `every ${hourStep} hours at minute ${minute}`;
  const times = listOf(hour, (value) => (/^\d+$/.test(value) ? `${value.padStart(2, '0')}:${at}` : undefined));
  if (times === undefined) return undefined;
  return hour.includes('-') ? `every hour from ${times}` : `at ${times}`;
}

function describeDays(day: string, weekday: string): string | undefined {
  const isAny = (part: string): boolean => part === '*' || part === '?';
  if (isAny(day) && isAny(weekday)) return ' every day';
  if (isAny(day)) {
    const last = /^(\w+)L$/i.exec(weekday)?.[1];
    const nth = /^(\w+)#([1-5])$/.exec(weekday);
    if (last !== undefined) return within(' on the last ', nameOf(last, DAYS, 1));
    if (nth) return within(` on the ${ordinal(Number(nth[2]))} `, nameOf(nth[1] ?? '', DAYS, 1));
    return within(
      ' on ',
      listOf(weekday, (value) => nameOf(value, DAYS, 1)),
    );
  }
  if (!isAny(weekday)) return undefined;
  if (day === 'L') return ' on the last day of the month';
  const near = /^(\d+)W$/.exec(day)?.[1];
  if (near !== undefined) return ` on the weekday nearest to day ${near}`;
  return within(
    ' on day ',
    listOf(day, (value) => (/^\d+$/.test(value) ? value : undefined)),
  );
}

function within(lead: string, text: string | undefined): string | undefined {
  return text && lead + text;
}

function ordinal(count: number): string {
  return ['', 'first', 'second', 'third', 'fourth', 'fifth'][count] ?? String(count);
}

/** `A to B`, `A, B and C`; undefined where a part has no name. */
function listOf(part: string, name: (value: string) => string | undefined): string | undefined {
  const words: string[] = [];
  for (const item of part.split(',')) {
    const ends = item.split('-').map(name);
    if (ends.length > 2 || ends.includes(undefined)) return undefined;
    words.push(ends.join(' to '));
  }
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`;
}

/** The day or month of a number or of its first three letters; AWS counts Sunday as 1. */
function nameOf(value: string, names: readonly string[], first: number): string | undefined {
  if (/^\d+$/.test(value)) return names[Number(value) - first];
  return names.find((name) => name.slice(0, 3).toLowerCase() === value.toLowerCase());
}

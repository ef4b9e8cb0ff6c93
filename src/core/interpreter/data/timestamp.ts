const PATTERN = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::(\d\d)(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/i;

/**
 * Milliseconds since the epoch, with a fraction, of an ISO 8601 date and time with offset (`2016-08-18T17:33:00Z`);
 * undefined for any other text and for dates that do not exist.
 */
export function parseTimestamp(text: string): number | undefined {
  const found = PATTERN.exec(text);
  if (!found) return undefined;
  const [year, month, day, hour, minute, second] = found
    .slice(1, 7)
    .map((part: string | undefined) => Number(part ?? 0)) as [number, number, number, number, number, number];
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month) || hour > 23 || minute > 59 || second > 59)
    return undefined;
  const offset = offsetMinutes(found[8] ?? 'Z');
  if (offset === undefined) return undefined;
  const fractionMs = Number(`0${found[7] ?? ''}`) * 1000;
  return Date.UTC(year, month - 1, day, hour, minute - offset, second) + fractionMs;
}

function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

function offsetMinutes(zone: string): number | undefined {
  if (zone.toUpperCase() === 'Z') return 0;
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(4));
  if (hours > 18 || minutes > 59) return undefined;
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
}

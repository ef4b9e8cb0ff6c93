import type { TimeFormat } from './format.ts';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

/** `07:30:02.101` in the format's zone. Made for a hundred thousand lines. */
export function formatLogTime(timeMs: number, format: TimeFormat = {}): string {
  return isoParts(timeMs, format).time;
}

/** `2026-11-20 07:30:02 +01:00`: local time with its zone. */
export function formatIsoLocal(timeMs: number, format: TimeFormat = {}): string {
  const { date, time, offset } = isoParts(timeMs, format);
  return `${date} ${time.slice(0, 8)} ${formatOffset(offset)}`;
}

function isoParts(timeMs: number, format: TimeFormat) {
  const offset = offsetMs(timeMs, format);
  const text = new Date(timeMs + offset).toISOString();
  return { date: text.slice(0, -14), time: text.slice(-13, -1), offset };
}

function formatOffset(offset: number): string {
  const size = Math.abs(offset);
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
  return `${offset < 0 ? '-' : '+'}${two(size / hour)}:${two((size % hour) / minute)}`;
}

/** Offsets from UTC, kept per quarter of an hour, the finest step at which zones change. */
const offsets = new Map<string, number>();

function offsetMs(timeMs: number, { timeZone }: TimeFormat): number {
  const quarter = Math.floor(timeMs / (15 * minute));
  const id = `${timeZone ?? ''}|${quarter}`;
  let offset = offsets.get(id);
  if (offset === undefined) {
    offset = readOffset(quarter * 15 * minute, timeZone);
    if (offsets.size > 4096) offsets.clear();
    offsets.set(id, offset);
  }
  return offset;
}

function readOffset(timeMs: number, timeZone: string | undefined): number {
  const options = { timeZoneName: 'longOffset', year: 'numeric' } as const;
  const format = new Intl.DateTimeFormat('en-US', timeZone === undefined ? options : { ...options, timeZone });
  const name = format.formatToParts(timeMs).find((part) => part.type === 'timeZoneName')?.value ?? 'GMT';
  const match = /GMT([+-])(\d{2}):(\d{2})/.exec(name);
  if (!match) return 0;
  const size = Number(match[2]) * hour + Number(match[3]) * minute;
  return match[1] === '-' ? -size : size;
}

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** How a user's machine writes times; what is absent is taken from the system. */
export interface TimeFormat {
  /** BCP 47 tag. */
  readonly locale?: string;
  /** IANA name. */
  readonly timeZone?: string;
}

/** A finished duration: `350 ms`, `41 s`, `3 min 12 s`, `2 h 05 min`, `1 d 02 h`. */
export function formatDuration(durationMs: number): string {
  const ms = Math.max(0, Math.round(durationMs));
  if (ms < second) return `${ms} ms`;
  const seconds = Math.round(ms / second);
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 1440) return `${Math.floor(minutes / 60)} h ${twoDigits(minutes % 60)} min`;
  const hours = Math.floor(minutes / 60);
  return `${Math.floor(hours / 24)} d ${twoDigits(hours % 24)} h`;
}

/** A clock that runs: `00:01:12`; hours go beyond 99. */
export function formatClock(elapsedMs: number): string {
  const seconds = Math.max(0, Math.floor(elapsedMs / second));
  return [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60].map(twoDigits).join(':');
}

/** The running clock where room is short: `01:12`, with hours only from the first one on. */
export function formatShortClock(elapsedMs: number): string {
  return elapsedMs < hour ? formatClock(elapsedMs).slice(3) : formatClock(elapsedMs);
}

/** `1st`, `2nd`, `3rd`, `11th`. */
export function formatOrdinal(count: number): string {
  const tens = count % 100;
  const suffix = tens >= 11 && tens <= 13 ? 'th' : (['th', 'st', 'nd', 'rd'][count % 10] ?? 'th');
  return `${count}${suffix}`;
}

/** `just now`, `3 min ago`, `5 h ago` up to a day back, then date and time. */
export function formatRelative(atMs: number, nowMs: number, format: TimeFormat = {}): string {
  const ago = nowMs - atMs;
  if (ago < -minute || ago >= day) return formatDateTime(atMs, format);
  if (ago < 5 * second) return 'just now';
  if (ago < minute) return `${Math.floor(ago / second)} s ago`;
  if (ago < hour) return `${Math.floor(ago / minute)} min ago`;
  return `${Math.floor(ago / hour)} h ago`;
}

/** When a run began, as a row says it: `07:30` today, `Yesterday 07:30`, else date and time. */
export function formatStart(atMs: number, nowMs: number, format: TimeFormat = {}): string {
  const at = dayOf(atMs, format);
  if (at === dayOf(nowMs, format)) return formatTime(atMs, format);
  if (at === dayOf(nowMs - day, format)) return `Yesterday ${formatTime(atMs, format)}`;
  return formatDateTime(atMs, format);
}

/** Hours and minutes as the locale writes them. */
export function formatTime(atMs: number, format: TimeFormat = {}): string {
  return formatter({ hour: '2-digit', minute: '2-digit' }, format).format(atMs);
}

/** Date, hours and minutes as the locale writes them. */
export function formatDateTime(atMs: number, format: TimeFormat = {}): string {
  return formatter({ dateStyle: 'medium', timeStyle: 'short' }, format).format(atMs);
}

/** Binary sizes: `812 B`, `1.5 KiB`, `3.0 GiB`. */
export function formatBytes(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  const units = ['KiB', 'MiB', 'GiB', 'TiB', 'PiB'];
  let value = bytes / 1024;
  let unit = 0;
  while (value >= 1023.95 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${value.toFixed(1)} ${units[unit] ?? ''}`;
}

/** An estimate in US dollars, marked as one: `≈ $0.23`, below a cent `≈ $0.004`. */
export function formatMoney(dollars: number): string {
  const digits = dollars > 0 && dollars < 0.01 ? Math.min(6, -Math.floor(Math.log10(dollars))) : 2;
  return `≈ $${dollars.toFixed(digits)}`;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}

function dayOf(atMs: number, format: TimeFormat): string {
  return formatter({ year: 'numeric', month: 'numeric', day: 'numeric' }, format).format(atMs);
}

const formatters = new Map<string, Intl.DateTimeFormat>();

/** Building a formatter costs more than a thousand uses of one, and trees ask for every row. */
function formatter(options: Intl.DateTimeFormatOptions, { locale, timeZone }: TimeFormat): Intl.DateTimeFormat {
  const key = JSON.stringify([options, locale, timeZone]);
  let made = formatters.get(key);
  if (!made) {
    made = new Intl.DateTimeFormat(locale, timeZone === undefined ? options : { ...options, timeZone });
    formatters.set(key, made);
  }
  return made;
}

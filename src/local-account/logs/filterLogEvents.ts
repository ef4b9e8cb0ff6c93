import { createHash } from 'node:crypto';
import { AwsError } from '../http/awsError.ts';
import { isMembers } from '../http/input.ts';
import { bytesOf, isInWindow, pageBytes, type EventWindow } from './getLogEvents.ts';
import type { LogStream, StoredEvent } from './logStream.ts';

export interface FilteredEvent {
  readonly stream: string;
  readonly event: StoredEvent;
}

/** Events of several streams by time, those of one time by stream. `next` asks for the following page. */
export async function filterLogEvents(
  streams: readonly LogStream[],
  request: EventWindow & {
    readonly limit: number;
    readonly token?: string | undefined;
    readonly matches: (message: string) => boolean;
  },
): Promise<{ readonly events: readonly FilteredEvent[]; readonly next?: string }> {
  const after = request.token === undefined ? undefined : parseToken(request.token);
  const cursors = await Promise.all(
    streams.map(async (stream) => {
      const events = matching(stream, request, after);
      return { stream: stream.name, events, next: await events.next() };
    }),
  );
  const events: FilteredEvent[] = [];
  let bytes = 0;
  try {
    for (;;) {
      let earliest: (typeof cursors)[number] | undefined;
      for (const cursor of cursors) {
        if (cursor.next.done === true) continue;
        if (!earliest || earliest.next.done === true || isBefore(cursor.next.value, earliest.next.value))
          earliest = cursor;
      }
      if (earliest?.next.done !== false) return { events };
      bytes += bytesOf(earliest.next.value.event);
      const last = events.at(-1);
      if (last && (events.length >= request.limit || bytes > pageBytes)) return { events, next: toToken(last) };
      events.push(earliest.next.value);
      earliest.next = await earliest.events.next();
    }
  } finally {
    await Promise.all(cursors.map(async (cursor) => await cursor.events.return(undefined)));
  }
}

/** An id that is the same whenever the event is read, and sorts by time. */
export function eventId({ stream, event }: FilteredEvent): string {
  const digest = createHash('sha256').update(`${stream}\n${event.index}`).digest();
  const tail = (digest.readBigUInt64BE(0) % 10n ** 18n).toString().padStart(18, '0');
  return `${String(event.timestampMs).padStart(16, '0')}${String(event.index).padStart(22, '0')}${tail}`;
}

async function* matching(
  stream: LogStream,
  request: EventWindow & { readonly matches: (message: string) => boolean },
  after: Place | undefined,
): AsyncGenerator<FilteredEvent, undefined> {
  if (stream.lastMs !== undefined && stream.lastMs < (request.startMs ?? -Infinity)) return undefined;
  for await (const event of stream.read(0)) {
    if (!isInWindow(event, request) || !request.matches(event.message)) continue;
    const found = { stream: stream.name, event };
    if (!after || isBefore(after, found)) yield found;
  }
  return undefined;
}

interface Place {
  readonly stream: string;
  readonly event: Pick<StoredEvent, 'timestampMs' | 'index'>;
}

function isBefore(left: Place, right: Place): boolean {
  if (left.event.timestampMs !== right.event.timestampMs) return left.event.timestampMs < right.event.timestampMs;
  if (left.stream !== right.stream) return left.stream < right.stream;
  return left.event.index < right.event.index;
}

function toToken({ stream, event }: Place): string {
  return Buffer.from(JSON.stringify({ s: stream, t: event.timestampMs, i: event.index })).toString('base64url');
}

function parseToken(token: string): Place {
  try {
    const value: unknown = JSON.parse(Buffer.from(token, 'base64url').toString());
    if (isMembers(value)) {
      const { s, t, i } = value;
      if (typeof s === 'string' && typeof t === 'number' && typeof i === 'number') {
        return { stream: s, event: { timestampMs: t, index: i } };
      }
    }
  } catch {
    // Said below.
  }
  throw new AwsError('InvalidParameterException', 'The specified nextToken is invalid.');
}

import { AwsError } from '../http/awsError.ts';
import type { LogStream, StoredEvent } from './logStream.ts';

export interface EventWindow {
  /** Inclusive. */
  readonly startMs?: number | undefined;
  /** Exclusive. */
  readonly endMs?: number | undefined;
}

export interface EventPage {
  readonly events: readonly StoredEvent[];
  readonly nextForwardToken: string;
  readonly nextBackwardToken: string;
}

/** A page holds so many bytes of messages at most, each counted with 26 more, as the service does. */
export const pageBytes = 1024 * 1024;
const eventOverhead = 26;

/** What an event counts for in a page's size. */
export function bytesOf(event: StoredEvent): number {
  return Buffer.byteLength(event.message) + eventOverhead;
}

export function isInWindow(event: StoredEvent, window: EventWindow): boolean {
  return event.timestampMs >= (window.startMs ?? -Infinity) && event.timestampMs < (window.endMs ?? Infinity);
}

/**
 * One page of a stream, oldest first whichever way it is read. A token names a place between two events: `f/` reads on
 * from there, `b/` what comes before. At either end the token that was given comes back, as the service does it.
 */
export async function getLogEvents(
  stream: LogStream,
  request: EventWindow & {
    readonly limit: number;
    readonly token?: string | undefined;
    readonly startFromHead: boolean;
  },
): Promise<EventPage> {
  const place = request.token === undefined ? undefined : parseToken(request.token);
  const isForward = place ? place.isForward : request.startFromHead;
  const at = place?.index ?? (isForward ? 0 : stream.count);
  const events = isForward ? await readForward(stream, at, request) : await readBackward(stream, at, request);
  const first = events[0]?.index ?? at;
  const last = events.at(-1)?.index;
  return {
    events,
    nextForwardToken: `f/${last === undefined ? at : last + 1}`,
    nextBackwardToken: `b/${first}`,
  };
}

async function readForward(
  stream: LogStream,
  from: number,
  request: EventWindow & { readonly limit: number },
): Promise<StoredEvent[]> {
  const events: StoredEvent[] = [];
  let bytes = 0;
  for await (const event of stream.read(from)) {
    if (!isInWindow(event, request)) continue;
    bytes += bytesOf(event);
    if (events.length > 0 && (events.length >= request.limit || bytes > pageBytes)) break;
    events.push(event);
  }
  return events;
}

async function readBackward(
  stream: LogStream,
  before: number,
  request: EventWindow & { readonly limit: number },
): Promise<StoredEvent[]> {
  let events: StoredEvent[] = [];
  // Blocks from the end on, until a page is full: the events before it are not read.
  const block = Math.max(256, request.limit);
  for (let end = before; end > 0 && events.length < request.limit; end = Math.max(0, end - block)) {
    const start = Math.max(0, end - block);
    const found: StoredEvent[] = [];
    for await (const event of stream.read(start)) {
      if (event.index >= end) break;
      if (isInWindow(event, request)) found.push(event);
    }
    events = [...found, ...events];
  }
  events = events.slice(-request.limit);
  let bytes = 0;
  const from = events.findLastIndex((event) => (bytes += bytesOf(event)) > pageBytes);
  return events.slice(Math.min(from + 1, Math.max(0, events.length - 1)));
}

function parseToken(token: string): { readonly isForward: boolean; readonly index: number } {
  const match = /^([fb])\/(\d{1,15})$/.exec(token);
  if (!match) throw new AwsError('InvalidParameterException', 'The specified nextToken is invalid.');
  return { isForward: match[1] === 'f', index: Number(match[2]) };
}

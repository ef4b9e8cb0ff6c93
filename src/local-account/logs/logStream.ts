import { open, type FileHandle } from 'node:fs/promises';
import { isMembers } from '../http/input.ts';
import { writeDurably } from '../state/durableFile.ts';

export interface StoredEvent {
  /** Place in its stream, from 0. */
  readonly index: number;
  readonly timestampMs: number;
  readonly ingestedMs: number;
  readonly message: string;
}

export interface NewEvent {
  readonly timestampMs: number;
  readonly message: string;
}

interface Header {
  readonly stream: string;
  readonly createdMs: number;
}

const indexEvery = 256;
const readBytes = 64 * 1024;

/**
 * One log stream as a file: a header line, then one line for each event. Of the events only every 256th place is kept in
 * memory. What a kill left half-written at the end is dropped when the file is opened again.
 */
export class LogStream {
  #count = 0;
  #size: number;
  #first: number | undefined;
  #last: number | undefined;
  #ingested: number | undefined;
  /** Byte offsets of events 0, 256, 512, … */
  readonly #offsets: number[] = [];
  #tail: Promise<unknown> = Promise.resolve();

  private constructor(
    private readonly path: string,
    readonly name: string,
    readonly createdMs: number,
    headerBytes: number,
  ) {
    this.#size = headerBytes;
  }

  static async create(path: string, name: string, createdMs: number): Promise<LogStream> {
    const header: Header = { stream: name, createdMs };
    const line = `${JSON.stringify(header)}\n`;
    // A file without its header would be no stream after a kill.
    await writeDurably(path, line);
    return new LogStream(path, name, createdMs, Buffer.byteLength(line));
  }

  /** Opens a file that is there; rejects where its header is not one. */
  static async open(path: string): Promise<LogStream> {
    const file = await open(path, 'r+');
    try {
      let stream: LogStream | undefined;
      let end = 0;
      for await (const { text, offset, next } of linesFrom(file, 0)) {
        end = next;
        if (stream) stream.#note(parseEvent(text, stream.#count), offset);
        else {
          const header = parseHeader(text);
          stream = new LogStream(path, header.stream, header.createdMs, next);
        }
      }
      if (!stream) throw new Error('it has no header');
      await file.truncate(end);
      stream.#size = end;
      return stream;
    } finally {
      await file.close();
    }
  }

  get count(): number {
    return this.#count;
  }

  get firstMs(): number | undefined {
    return this.#first;
  }

  get lastMs(): number | undefined {
    return this.#last;
  }

  get ingestedMs(): number | undefined {
    return this.#ingested;
  }

  get bytes(): number {
    return this.#size;
  }

  /** Adds events at the end; resolves when they can be read. */
  async append(events: readonly NewEvent[], nowMs: number): Promise<void> {
    if (events.length === 0) return;
    const task = this.#tail.then(async () => {
      const lines = events.map(({ timestampMs, message }) =>
        Buffer.from(`${JSON.stringify([timestampMs, nowMs, message])}\n`),
      );
      const file = await open(this.path, 'r+');
      try {
        // At a known place, so that what a failed write left behind is written over.
        await file.write(Buffer.concat(lines), 0, undefined, this.#size);
      } finally {
        await file.close();
      }
      events.forEach(({ timestampMs, message }, at) => {
        this.#note({ index: this.#count, timestampMs, ingestedMs: nowMs, message }, this.#size);
        this.#size += lines[at]?.byteLength ?? 0;
      });
    });
    this.#tail = task.catch(() => undefined);
    await task;
  }

  /** Events from the one at `index` on, oldest first. */
  async *read(index: number): AsyncGenerator<StoredEvent> {
    const end = this.#count;
    if (index >= end) return;
    const block = Math.floor(index / indexEvery);
    const file = await open(this.path, 'r');
    try {
      let at = block * indexEvery;
      for await (const { text } of linesFrom(file, this.#offsets[block] ?? 0)) {
        if (at >= end) return;
        if (at >= index) yield parseEvent(text, at);
        at += 1;
      }
    } finally {
      await file.close();
    }
  }

  #note(event: StoredEvent, offset: number): void {
    if (this.#count % indexEvery === 0) this.#offsets.push(offset);
    this.#count += 1;
    this.#first = Math.min(this.#first ?? event.timestampMs, event.timestampMs);
    this.#last = Math.max(this.#last ?? event.timestampMs, event.timestampMs);
    this.#ingested = event.ingestedMs;
  }
}

/** Whole lines of a file with where they start and where the next one does. */
async function* linesFrom(
  file: FileHandle,
  start: number,
): AsyncGenerator<{ readonly text: string; readonly offset: number; readonly next: number }> {
  let rest: Buffer = Buffer.alloc(0);
  let offset = start;
  for (let position = start; ;) {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(readBytes), 0, readBytes, position);
    if (bytesRead === 0) return;
    position += bytesRead;
    const piece = buffer.subarray(0, bytesRead);
    const isWhole = piece.includes(10);
    rest = rest.byteLength === 0 ? piece : Buffer.concat([rest, piece]);
    if (!isWhole) continue;
    let from = 0;
    for (let end = rest.indexOf(10, from); end >= 0; end = rest.indexOf(10, from)) {
      yield { text: rest.toString('utf8', from, end), offset, next: offset + end + 1 - from };
      offset += end + 1 - from;
      from = end + 1;
    }
    rest = rest.subarray(from);
  }
}

function parseHeader(text: string): Header {
  const value: unknown = JSON.parse(text);
  if (isMembers(value) && typeof value['stream'] === 'string' && typeof value['createdMs'] === 'number') {
    return { stream: value['stream'], createdMs: value['createdMs'] };
  }
  throw new Error('its first line is not a header');
}

/** A line that was damaged on the disk becomes an event that says so, so that the others keep their places. */
function parseEvent(text: string, index: number): StoredEvent {
  try {
    const value: unknown = JSON.parse(text);
    if (Array.isArray(value)) {
      const [timestampMs, ingestedMs, message] = value as readonly unknown[];
      if (typeof timestampMs === 'number' && typeof ingestedMs === 'number' && typeof message === 'string') {
        return { index, timestampMs, ingestedMs, message };
      }
    }
  } catch {
    // Said below.
  }
  return { index, timestampMs: 0, ingestedMs: 0, message: '(This event was damaged on the disk.)' };
}

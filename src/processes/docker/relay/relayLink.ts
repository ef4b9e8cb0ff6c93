import { Duplex, type Readable, type Writable } from 'node:stream';
import { encodeFrame, frameKinds, FrameReader, windowBytes, type Frame } from './frames.ts';

/** What happens to a connection that somebody in the container opened to the port of this index. */
export type OnConnection = (portIndex: number, connection: Duplex) => void;

/** This machine's end of the relay, over the streams of the process that carries it. */
export class RelayLink {
  readonly #connections = new Map<number, RelayConnection>();
  readonly #reader = new FrameReader();

  constructor(
    private readonly to: Writable,
    from: Readable,
    private readonly onConnection: OnConnection,
  ) {
    from.on('data', (chunk: Buffer) => {
      try {
        for (const frame of this.#reader.push(chunk)) this.#take(frame);
      } catch (error) {
        from.destroy(error instanceof Error ? error : new Error(String(error)));
      }
    });
    from.once('close', () => this.close());
    from.once('error', () => this.close());
    to.once('error', () => this.close());
  }

  /** Ends all connections. */
  close(): void {
    for (const connection of this.#connections.values()) connection.destroy();
    this.#connections.clear();
  }

  #take({ kind, connection: number, body }: Frame): void {
    if (kind === frameKinds.open) {
      const connection = new RelayConnection((what, content, done) => this.#send(number, { what, content }, done));
      this.#connections.set(number, connection);
      connection.once('close', () => this.#connections.delete(number));
      this.onConnection(body[0] ?? 0, connection);
      return;
    }
    const connection = this.#connections.get(number);
    switch (kind) {
      case frameKinds.data:
        connection?.receive(body);
        break;
      case frameKinds.end:
        connection?.receive(undefined);
        break;
      case frameKinds.ack:
        connection?.acknowledge(body.readUInt32BE(0));
        break;
      case frameKinds.reset:
        connection?.reset();
    }
  }

  #send(
    number: number,
    { what, content }: { readonly what: keyof typeof frameKinds; readonly content: Uint8Array | undefined },
    done: () => void,
  ): void {
    if (!this.to.writable) done();
    else this.to.write(encodeFrame(frameKinds[what], number, content), () => done());
  }
}

type Send = (what: keyof typeof frameKinds, content: Uint8Array | undefined, done: () => void) => void;

const ignore = (): void => undefined;
const pieceBytes = 64 * 1024;

/** One connection as a stream. It takes no more than the other end has room for. */
class RelayConnection extends Duplex {
  readonly #inbox: Buffer[] = [];
  #room = windowBytes;
  #waiting: (() => void) | undefined;
  #isWanted = false;
  #hasEnded = false;
  #isReset = false;

  constructor(private readonly send: Send) {
    super({ allowHalfOpen: true, autoDestroy: true });
  }

  /** What the container sent; undefined for its end. */
  receive(body: Buffer | undefined): void {
    if (body) this.#inbox.push(body);
    else this.#hasEnded = true;
    this.#give();
  }

  acknowledge(bytes: number): void {
    this.#room += bytes;
    const go = this.#waiting;
    this.#waiting = undefined;
    if (this.#room > 0) go?.();
    else this.#waiting = go;
  }

  reset(): void {
    this.#isReset = true;
    this.destroy();
  }

  override _read(): void {
    this.#isWanted = true;
    this.#give();
  }

  override _write(chunk: Buffer, _encoding: string, done: (error?: Error | null) => void): void {
    this.#write(chunk, done);
  }

  override _final(done: () => void): void {
    this.send('end', undefined, done);
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    const isOver = this.writableFinished && this.#hasEnded && this.#inbox.length === 0;
    if (!isOver && !this.#isReset) this.send('reset', undefined, ignore);
    this.#waiting = undefined;
    done(error);
  }

  #give(): void {
    while (this.#isWanted) {
      const body = this.#inbox.shift();
      if (!body) {
        if (this.#hasEnded) this.push(null);
        return;
      }
      const taken = Buffer.alloc(4);
      taken.writeUInt32BE(body.length);
      this.send('ack', taken, ignore);
      this.#isWanted = this.push(body);
    }
  }

  #write(chunk: Buffer, done: () => void): void {
    if (this.#room <= 0) {
      this.#waiting = () => this.#write(chunk, done);
      return;
    }
    const piece = chunk.subarray(0, pieceBytes);
    this.#room -= piece.length;
    this.send(
      'data',
      piece,
      piece.length === chunk.length ? done : () => this.#write(chunk.subarray(pieceBytes), done),
    );
  }
}

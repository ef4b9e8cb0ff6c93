/**
 * What goes over the relay, both ways: `[kind u8][connection u32][length u32][body]`, big-endian. `open` comes from the
 * container alone, with the index of the port as its body; `end` closes one direction; `ack` says how many bytes of `data`
 * were taken, so that one slow connection holds up no other.
 */
export const frameKinds = { open: 0, data: 1, end: 2, reset: 3, ack: 4 } as const;

type FrameKind = (typeof frameKinds)[keyof typeof frameKinds];

export interface Frame {
  readonly kind: number;
  readonly connection: number;
  readonly body: Buffer;
}

/** Bytes of one connection that may be under way in one direction without having been taken. */
export const windowBytes = 512 * 1024;

const headBytes = 9;
/** No frame of the relay's is longer: what is would be another program's output. */
const longestBody = 1024 * 1024;

export function encodeFrame(kind: FrameKind, connection: number, body: Uint8Array = new Uint8Array()): Buffer {
  const frame = Buffer.allocUnsafe(headBytes + body.length);
  frame.writeUInt8(kind, 0);
  frame.writeUInt32BE(connection, 1);
  frame.writeUInt32BE(body.length, 5);
  frame.set(body, headBytes);
  return frame;
}

/** Puts frames together from the pieces in which they arrive. Throws where the bytes are no frames. */
export class FrameReader {
  #rest: Buffer = Buffer.alloc(0);

  push(chunk: Buffer): readonly Frame[] {
    this.#rest = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    const frames: Frame[] = [];
    while (this.#rest.length >= headBytes) {
      const length = this.#rest.readUInt32BE(5);
      const kind = this.#rest.readUInt8(0);
      if (length > longestBody || kind > frameKinds.ack) throw new Error('The relay said something that is no frame.');
      if (this.#rest.length < headBytes + length) break;
      const body = this.#rest.subarray(headBytes, headBytes + length);
      frames.push({ kind, connection: this.#rest.readUInt32BE(1), body });
      this.#rest = this.#rest.subarray(headBytes + length);
    }
    return frames;
  }
}

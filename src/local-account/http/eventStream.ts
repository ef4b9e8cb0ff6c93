import { crc32 } from 'node:zlib';

/** One message of an event stream: an event by its type, or an exception that ends the stream. */
export interface StreamMessage {
  readonly kind: 'event' | 'exception';
  readonly type: string;
  readonly payload: object;
}

/** A reply that goes on: its messages are sent as they come, until there are no more or the caller goes away. */
export class EventStreamReply {
  constructor(readonly messages: AsyncIterable<StreamMessage>) {}
}

/** What the first message of a stream over AWS JSON is: the members of the reply that are not the stream. */
export const initialResponse: StreamMessage = { kind: 'event', type: 'initial-response', payload: {} };

/**
 * A message as AWS frames it: lengths with their checksum, headers, a JSON payload, a checksum of all.
 * https://smithy.io/2.0/aws/amazon-eventstream.html
 */
export function encodeMessage({ kind, type, payload }: StreamMessage): Uint8Array {
  const headers = Buffer.concat([
    header(':message-type', kind),
    header(kind === 'event' ? ':event-type' : ':exception-type', type),
    header(':content-type', 'application/json'),
  ]);
  const body = Buffer.from(JSON.stringify(payload));
  const prelude = Buffer.alloc(12);
  prelude.writeUInt32BE(16 + headers.byteLength + body.byteLength, 0);
  prelude.writeUInt32BE(headers.byteLength, 4);
  prelude.writeUInt32BE(crc32(prelude.subarray(0, 8)), 8);
  const message = Buffer.concat([prelude, headers, body]);
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE(crc32(message));
  return Buffer.concat([message, checksum]);
}

/** Value type 7 is text, its length in two bytes. */
function header(name: string, value: string): Uint8Array {
  const nameBytes = Buffer.from(name);
  const valueBytes = Buffer.from(value);
  const lengths = Buffer.alloc(2);
  lengths.writeUInt16BE(valueBytes.byteLength);
  return Buffer.concat([Buffer.from([nameBytes.byteLength]), nameBytes, Buffer.from([7]), lengths, valueBytes]);
}

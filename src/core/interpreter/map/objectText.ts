import type { ObjectAddress, ObjectPort } from '../ports.ts';

type Bytes = AsyncIterable<Uint8Array | string>;

/** What is in an object, in pieces; unzipped where its key ends in `.gz`. */
export function objectBytes(objects: ObjectPort, address: ObjectAddress, signal: AbortSignal): Bytes {
  const bytes = objects.read(address, signal);
  return address.key.endsWith('.gz') ? unzipped(bytes) : bytes;
}

/** Bytes or text that come in pieces, as text; a byte order mark is dropped. */
export async function* textPieces(pieces: Bytes): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  for await (const piece of pieces) yield typeof piece === 'string' ? piece : decoder.decode(piece, { stream: true });
  const rest = decoder.decode();
  if (rest !== '') yield rest;
}

/** All of it as one text. */
export async function wholeText(pieces: Bytes): Promise<string> {
  let text = '';
  for await (const piece of textPieces(pieces)) text += piece;
  return text;
}

async function* unzipped(pieces: Bytes): AsyncGenerator<Uint8Array> {
  const stream = new DecompressionStream('gzip');
  const writer = stream.writable.getWriter();
  const feeding = (async () => {
    const encoder = new TextEncoder();
    for await (const piece of pieces)
      await writer.write(typeof piece === 'string' ? encoder.encode(piece) : new Uint8Array(piece));
    await writer.close();
  })();
  feeding.catch(async (error: unknown) => await writer.abort(error).catch(() => undefined));
  const reader = stream.readable.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) yield part.value as Uint8Array;
  await feeding;
}

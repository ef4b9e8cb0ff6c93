import type { Readable } from 'node:stream';
import { AwsError } from './awsError.ts';

/** Largest body of a call that is not an S3 upload; the largest that AWS takes (a definition, 1 MB) fits with escapes. */
export const maxBodyBytes = 8 * 1024 * 1024;

/** A whole body; throws RequestEntityTooLarge (413) beyond `limit`. */
export async function readBody(stream: AsyncIterable<Uint8Array> | Readable, limit = maxBodyBytes): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > limit) {
      throw new AwsError('RequestEntityTooLarge', `The body is larger than ${limit} bytes.`, 413);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}

import { AwsError } from '../http/awsError.ts';

const longestLine = 16 * 1024;

/**
 * Takes the `aws-chunked` framing off an upload: hexadecimal length (and `;chunk-signature=…`), CRLF, bytes, CRLF, up to
 * a chunk of length 0 and trailing headers, which go to `onTrailer` in lower case. Throws IncompleteBody on anything else.
 */
export async function* decodeAwsChunked(
  source: AsyncIterable<Uint8Array>,
  onTrailer: (name: string, value: string) => void,
): AsyncGenerator<Uint8Array> {
  let pending: Buffer = Buffer.alloc(0);
  let left = 0;
  let phase: 'size' | 'data' | 'end' | 'trailer' | 'done' = 'size';
  for await (const piece of source) {
    pending =
      pending.byteLength === 0
        ? Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength)
        : Buffer.concat([pending, piece]);
    while (pending.byteLength > 0 && phase !== 'done') {
      if (phase === 'data') {
        const bytes = pending.subarray(0, left);
        pending = pending.subarray(bytes.byteLength);
        left -= bytes.byteLength;
        yield bytes;
        if (left === 0) phase = 'end';
        continue;
      }
      const lineEnd = pending.indexOf('\r\n');
      if (lineEnd < 0) {
        if (pending.byteLength > longestLine) throw malformed();
        break;
      }
      const line = pending.toString('latin1', 0, lineEnd);
      pending = pending.subarray(lineEnd + 2);
      if (phase === 'size') {
        const size = /^[0-9a-fA-F]{1,12}(?=;|$)/.exec(line.trim())?.[0];
        if (size === undefined) throw malformed();
        left = Number.parseInt(size, 16);
        phase = left === 0 ? 'trailer' : 'data';
      } else if (phase === 'end') {
        if (line !== '') throw malformed();
        phase = 'size';
      } else if (line === '') phase = 'done';
      else {
        const colon = line.indexOf(':');
        if (colon <= 0) throw malformed();
        onTrailer(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
      }
    }
  }
  // Some clients end right after the last chunk's size line.
  if (phase !== 'done' && !(phase === 'trailer' && pending.byteLength === 0)) throw malformed();
}

function malformed(): AwsError {
  return new AwsError(
    'IncompleteBody',
    'The request body terminated unexpectedly, or is not framed as aws-chunked although it says so.',
  );
}

import { createHash } from 'node:crypto';
import { AwsError } from '../http/awsError.ts';
import { header, type HttpCall } from '../http/call.ts';
import { decodeAwsChunked } from './awsChunked.ts';
import { checksumAlgorithms, checksumHeader, startChecksum, type ChecksumAlgorithm } from './checksums.ts';
import { PieceWriter } from './pieceWriter.ts';

export interface ReceivedBody {
  readonly temporary: string;
  readonly size: number;
  readonly md5: string;
  readonly checksum?: { readonly algorithm: ChecksumAlgorithm; readonly value: string };
}

/**
 * Streams a request's body into a file in constant memory and checks it against what the client said of it: length,
 * Content-MD5, SHA-256 and checksum, sent as a header or after the body. A mismatch leaves no file behind.
 */
export async function receiveBody(call: HttpCall, temporary: string): Promise<ReceivedBody> {
  const trailers = new Map<string, string>();
  const isFramed = (header(call, 'x-amz-content-sha256') ?? '').startsWith('STREAMING-');
  const source = call.request as AsyncIterable<Uint8Array>;
  const bytes = isFramed ? decodeAwsChunked(source, (name, value) => void trailers.set(name, value)) : source;
  const announced = announcedAlgorithm(call);
  const checksum = announced && startChecksum(announced);
  const md5 = createHash('md5');
  const sha256 = createHash('sha256');
  const signedHash = /^[0-9a-f]{64}$/.exec(header(call, 'x-amz-content-sha256') ?? '')?.[0];
  let size = 0;
  const file = new PieceWriter(temporary);
  try {
    for await (const chunk of bytes) {
      size += chunk.byteLength;
      md5.update(chunk);
      checksum?.update(chunk);
      if (signedHash !== undefined) sha256.update(chunk);
      await file.add(chunk);
    }
    await file.finish();
    const md5Bytes = md5.digest();
    const contentMd5 = header(call, 'content-md5');
    if (contentMd5 !== undefined && contentMd5 !== md5Bytes.toString('base64')) {
      throw new AwsError('BadDigest', 'The Content-MD5 you specified did not match what we received.');
    }
    if (signedHash !== undefined && signedHash !== sha256.digest('hex')) {
      const message = "The provided 'x-amz-content-sha256' header does not match what was computed.";
      throw new AwsError('XAmzContentSHA256Mismatch', message);
    }
    const decodedLength = header(call, 'x-amz-decoded-content-length');
    if (decodedLength !== undefined && Number(decodedLength) !== size) {
      const message = 'You did not provide the number of bytes specified by the Content-Length HTTP header';
      throw new AwsError('IncompleteBody', message);
    }
    const received = { temporary, size, md5: md5Bytes.toString('hex') };
    if (!announced || !checksum) return received;
    const value = checksum.digest();
    const sent = header(call, checksumHeader(announced)) ?? trailers.get(checksumHeader(announced));
    if (sent !== undefined && sent !== value) {
      throw new AwsError('BadDigest', `The ${announced} you specified did not match the calculated checksum.`);
    }
    return { ...received, checksum: { algorithm: announced, value } };
  } catch (error) {
    await file.abandon();
    throw error;
  }
}

function announcedAlgorithm(call: HttpCall): ChecksumAlgorithm | undefined {
  const trailer = header(call, 'x-amz-trailer')?.toLowerCase() ?? '';
  const named = header(call, 'x-amz-sdk-checksum-algorithm') ?? header(call, 'x-amz-checksum-algorithm');
  return checksumAlgorithms.find(
    (algorithm) =>
      header(call, checksumHeader(algorithm)) !== undefined ||
      trailer.split(',').some((name) => name.trim() === checksumHeader(algorithm)) ||
      named?.toUpperCase() === algorithm,
  );
}

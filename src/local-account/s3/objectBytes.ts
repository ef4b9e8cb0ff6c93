import { closeSync, createReadStream, fstatSync, openSync, readSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { AwsError } from '../http/awsError.ts';
import { statusOf } from './fileStatus.ts';
import type { StoredObject } from './objectStore.ts';

/** What is read at once: each read is a trip to another thread and back. */
const pieceBytes = 1024 * 1024;
/** What is read on this thread, which takes less time than the trip. */
const smallBytes = 128 * 1024;

/**
 * A part of an object's bytes: at once where it is small, else as a stream, which must be read to its end or destroyed.
 * Undefined where the file is no longer the one described: look the object up anew.
 */
export function openBytes(object: StoredObject, first: number, length: number): Uint8Array | Readable | undefined {
  const file = openDescribed(object);
  if (file === undefined) return undefined;
  if (length > smallBytes) {
    return createReadStream('', { fd: file, start: first, end: first + length - 1, highWaterMark: pieceBytes });
  }
  try {
    return read(file, first, length);
  } finally {
    closeSync(file);
  }
}

function openDescribed({ path, meta }: StoredObject): number | undefined {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch (error) {
    if (statusOf(path)) throw error;
    return undefined;
  }
  const { size, mtimeMs } = fstatSync(file);
  if (size === meta.size && Math.floor(mtimeMs) === meta.modifiedMs) return file;
  closeSync(file);
  return undefined;
}

function read(file: number, first: number, length: number): Uint8Array {
  const bytes = Buffer.allocUnsafe(length);
  let done = 0;
  while (done < length) {
    const count = readSync(file, bytes, done, length - done, first + done);
    if (count === 0) throw new AwsError('InternalError', 'The file was changed while it was read. Try again.', 500);
    done += count;
  }
  return bytes;
}

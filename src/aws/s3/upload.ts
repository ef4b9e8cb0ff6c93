import { open, type FileHandle } from 'node:fs/promises';
import type { Clock } from '../../core/base/clock.ts';
import { UserError } from '../../core/base/userError.ts';
import type { ReplaceGuard, StoredVersion, UploadProgress } from './api.ts';
import { linkSignals } from '../calls/abort.ts';
import { defined } from '../defined.ts';
import { conditionInput, guardInput } from './replace.ts';
import type { S3Calls } from './s3.ts';

/** Below this, one PutObject is quicker and leaves no parts behind. */
const singleLimitBytes = 16 * 1024 * 1024;
/** S3's smallest part is 5 MiB, and 10,000 parts are its most. */
const partBytes = 8 * 1024 * 1024;
const mostParts = 10_000;
const partsAtOnce = 4;
/** A part of a few megabytes over a slow line takes longer than any other call. */
export const transferTimeoutMs = 300_000;
const cleanUpMs = 10_000;

interface Upload {
  readonly calls: S3Calls;
  readonly clock: Clock;
  readonly target: { readonly Bucket: string; readonly Key: string };
  readonly path: string;
  readonly onProgress: UploadProgress;
  /** Absent where whatever is there is replaced. */
  readonly guard?: ReplaceGuard;
}

/**
 * Sends a file: small ones at once, large ones in parts, four at a time, each with retries of its own. A failure or an
 * abort removes the parts that were sent; the object appears whole or not at all.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html
 */
export async function uploadFile(upload: Upload, signal: AbortSignal | undefined): Promise<StoredVersion> {
  const file = await openFile(upload.path);
  try {
    const { size } = await file.stat();
    if (size > singleLimitBytes) return await inParts(upload, { file, size }, signal);
    const Body = await readPart(file, upload.path, { from: 0, length: size });
    const { ETag = '', VersionId } = await upload.calls.call(
      'PutObject',
      {
        ...upload.target,
        Body,
        ...(upload.guard ? { ...guardInput(upload.guard), ...conditionInput(upload.guard) } : {}),
      },
      { signal, timeoutMs: transferTimeoutMs },
    );
    upload.onProgress(size, size);
    return { eTag: ETag, ...defined({ versionId: VersionId }) };
  } finally {
    await file.close();
  }
}

async function inParts(
  upload: Upload,
  { file, size }: { readonly file: FileHandle; readonly size: number },
  signal: AbortSignal | undefined,
): Promise<StoredVersion> {
  const { calls, target } = upload;
  const { guard } = upload;
  const input = { ...target, ...(guard ? guardInput(guard) : {}) };
  const { UploadId } = await calls.call('CreateMultipartUpload', input, { signal });
  const length = Math.max(partBytes, Math.ceil(size / mostParts));
  const parts = Array.from({ length: Math.ceil(size / length) }, (_, index) => ({
    PartNumber: index + 1,
    from: index * length,
    length: Math.min(length, size - index * length),
  }));
  const done: { PartNumber: number; ETag: string | undefined }[] = [];
  // The first failure ends the parts under way beside it.
  const link = linkSignals(signal);
  let sentBytes = 0;
  const queue = parts.values();
  const work = async (): Promise<void> => {
    for (const part of queue) {
      const Body = await readPart(file, upload.path, part);
      const { ETag } = await calls.call(
        'UploadPart',
        { ...target, UploadId, PartNumber: part.PartNumber, Body },
        { signal: link.signal, timeoutMs: transferTimeoutMs },
      );
      done.push({ PartNumber: part.PartNumber, ETag });
      sentBytes += part.length;
      upload.onProgress(sentBytes, size);
    }
  };
  try {
    const workers = Array.from({ length: Math.min(partsAtOnce, parts.length) }, work);
    const ended = await Promise.allSettled(
      workers.map(async (worker) => {
        try {
          await worker;
        } catch (error) {
          link.abort(error);
          throw error;
        }
      }),
    );
    // The abort makes the others fail as well; what came first is what failed.
    if (link.signal.aborted) throw firstReason(link.signal, ended);
    const { ETag = '', VersionId } = await calls.call(
      'CompleteMultipartUpload',
      {
        ...target,
        UploadId,
        MultipartUpload: { Parts: done.toSorted((a, b) => a.PartNumber - b.PartNumber) },
        ...(guard ? conditionInput(guard) : {}),
      },
      { signal, timeoutMs: transferTimeoutMs },
    );
    return { eTag: ETag, ...defined({ versionId: VersionId }) };
  } catch (error) {
    await removeParts(upload, UploadId);
    throw error;
  } finally {
    link.release();
  }
}

function firstReason(signal: AbortSignal, ended: readonly PromiseSettledResult<void>[]): unknown {
  const reason: unknown = signal.reason;
  if (reason instanceof UserError) return reason;
  return ended.find((end) => end.status === 'rejected')?.reason ?? reason;
}

/** Parts of an upload that never ends are paid for. Best effort: what was wrong before may be wrong still. */
async function removeParts({ calls, clock, target }: Upload, UploadId: string | undefined): Promise<void> {
  const stop = new AbortController();
  const timer = new AbortController();
  clock.sleep(cleanUpMs, timer.signal).then(
    () => stop.abort(new DOMException('Cleaning up took too long.', 'AbortError')),
    () => undefined,
  );
  try {
    await calls.call('AbortMultipartUpload', { ...target, UploadId }, { signal: stop.signal });
  } catch {
    // The failure that led here is the one to tell.
  } finally {
    timer.abort();
  }
}

async function openFile(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'r');
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    throw new UserError(
      isMissing ? 'not-found' : 'bad-input',
      `${path} ${isMissing ? 'is not there' : 'cannot be read'}.`,
      '',
      { file: path, cause: error },
    );
  }
}

async function readPart(
  file: FileHandle,
  path: string,
  { from, length }: { readonly from: number; readonly length: number },
): Promise<Uint8Array> {
  const part = new Uint8Array(length);
  for (let filled = 0; filled < length;) {
    const { bytesRead } = await file.read(part, filled, length - filled, from + filled);
    if (bytesRead === 0) {
      throw new UserError('conflict', `${path} became shorter while it was uploaded.`, 'Upload it again.', {
        file: path,
      });
    }
    filled += bytesRead;
  }
  return part;
}

import { createHash } from 'node:crypto';
import type { HeadObjectCommandOutput } from '@aws-sdk/client-s3';
import { UserError } from '../../core/base/userError.ts';
import type { ObjectFacts, ReplaceGuard, StoredVersion } from './api.ts';
import { defined } from '../defined.ts';
import { failureOf } from '../errors.ts';
import { parseLocation } from './location.ts';
import type { S3Calls } from './s3.ts';

const transferMs = 300_000;

interface Replacement {
  readonly location: string;
  readonly body: Uint8Array;
  readonly guard: ReplaceGuard;
}

/**
 * Puts an object only in the place of the one that was looked at.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
 */
export async function replaceObject(
  calls: S3Calls,
  { location, body, guard }: Replacement,
  signal: AbortSignal | undefined,
): Promise<StoredVersion> {
  const target = parseLocation(location);
  const sha256 = createHash('sha256').update(body).digest('base64');
  try {
    const { ETag = '', VersionId } = await calls.call(
      'PutObject',
      { ...target, Body: body, ChecksumSHA256: sha256, ...guardInput(guard), ...conditionInput(guard) },
      { signal, timeoutMs: transferMs },
    );
    return { eTag: ETag, ...defined({ versionId: VersionId }) };
  } catch (error) {
    if (!isConflict(error)) throw error;
    // An earlier try of ours may have stored it, with its answer lost on the way.
    const now = toObjectFacts(await calls.call('HeadObject', { ...target, ChecksumMode: 'ENABLED' }, { signal }));
    if (now.sha256 !== sha256) throw changed(location, error);
    return { eTag: now.eTag, ...defined({ versionId: now.versionId }) };
  }
}

/** Runs an upload, and says of a condition that did not hold what it means. */
export async function withConflict<T>(location: string, upload: () => Promise<T>): Promise<T> {
  try {
    return await upload();
  } catch (error) {
    throw isConflict(error) ? changed(location, error) : error;
  }
}

/** Members of a call that creates an object: whose bucket it must be, and how the object before it was encrypted. */
export function guardInput({ seen, bucketOwner }: ReplaceGuard): {
  readonly ExpectedBucketOwner?: string;
  readonly ServerSideEncryption?: 'aws:kms';
  readonly SSEKMSKeyId?: string;
} {
  const { encryption } = seen ?? {};
  return {
    ...defined({ ExpectedBucketOwner: bucketOwner, SSEKMSKeyId: encryption?.keyId }),
    ...(encryption ? { ServerSideEncryption: encryption.algorithm as 'aws:kms' } : {}),
  };
}

/** Members of the call that makes the object appear. */
export function conditionInput({ seen }: ReplaceGuard): { readonly IfMatch?: string; readonly IfNoneMatch?: string } {
  return seen ? { IfMatch: seen.eTag } : { IfNoneMatch: '*' };
}

export function toObjectFacts(head: HeadObjectCommandOutput): ObjectFacts {
  const { ContentLength = 0, ETag = '', VersionId, ChecksumSHA256, ChecksumType } = head;
  const { ServerSideEncryption: algorithm, SSEKMSKeyId: keyId } = head;
  return {
    bytes: ContentLength,
    eTag: ETag,
    ...defined({
      versionId: VersionId === 'null' ? undefined : VersionId,
      sha256: ChecksumType === 'COMPOSITE' ? undefined : ChecksumSHA256,
      // AES256 is what every bucket does of itself.
      encryption: algorithm === undefined || algorithm === 'AES256' ? undefined : { algorithm, ...defined({ keyId }) },
    }),
  };
}

function isConflict(error: unknown): boolean {
  return /^(PreconditionFailed|ConditionalRequestConflict)$/.test(failureOf(error)?.name ?? '');
}

function changed(location: string, cause: unknown): UserError {
  return new UserError(
    'conflict',
    `${location} was not replaced: it changed since it was looked at.`,
    'Look at what is there now, then upload again.',
    { cause },
  );
}

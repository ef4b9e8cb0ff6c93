import type { Clock } from '../../core/base/clock.ts';
import { UserError } from '../../core/base/userError.ts';
import type { ObjectFacts, ReplaceGuard, S3Api, StoredVersion, UploadProgress } from './api.ts';
import { ServiceCalls, type CallerContext } from '../calls/caller.ts';
import { failureOf } from '../errors.ts';
import type { s3Commands } from '../sdk/s3.ts';
import { parseLocation } from './location.ts';
import { replaceObject, toObjectFacts, withConflict } from './replace.ts';
import { transferTimeoutMs, uploadFile } from './upload.ts';

export type S3Calls = ServiceCalls<typeof s3Commands>;

const textLimitBytes = 10 * 1024 * 1024;

export function s3Calls(context: CallerContext): S3Calls {
  return new ServiceCalls(context, 's3', async () => {
    const { s3Client, s3Commands } = await import('../sdk/s3.ts');
    return { client: s3Client, commands: s3Commands };
  });
}

/** Amazon S3 over its API. */
export class S3 implements S3Api {
  readonly #calls: S3Calls;
  readonly #region: string;
  readonly #clock: Clock;

  constructor(calls: S3Calls, { connection, clock }: Pick<CallerContext, 'connection' | 'clock'>) {
    this.#calls = calls;
    this.#region = connection.region;
    this.#clock = clock;
  }

  async ensureBucket(bucket: string, signal?: AbortSignal): Promise<void> {
    try {
      await this.#calls.call('HeadBucket', { Bucket: bucket }, { signal });
      return;
    } catch (error) {
      if (!(error instanceof UserError && error.code === 'not-found')) throw error;
    }
    try {
      await this.#calls.call(
        'CreateBucket',
        {
          Bucket: bucket,
          // us-east-1 is the one region that must not be named.
          ...(this.#region === 'us-east-1'
            ? {}
            : { CreateBucketConfiguration: { LocationConstraint: this.#region as 'eu-west-1' } }),
        },
        { signal },
      );
    } catch (error) {
      if (failureOf(error)?.name !== 'BucketAlreadyOwnedByYou') throw error;
    }
  }

  async putObject(
    location: string,
    body: Uint8Array | string,
    signal?: AbortSignal,
  ): Promise<{ readonly eTag: string }> {
    const { ETag = '' } = await this.#calls.call(
      'PutObject',
      { ...parseLocation(location), Body: body },
      { signal, timeoutMs: transferTimeoutMs },
    );
    return { eTag: ETag };
  }

  async uploadFile(
    location: string,
    path: string,
    onProgress: UploadProgress = () => undefined,
    signal?: AbortSignal,
  ): Promise<{ readonly eTag: string }> {
    const target = parseLocation(location);
    return await uploadFile({ calls: this.#calls, clock: this.#clock, target, path, onProgress }, signal);
  }

  async replaceObject(
    location: string,
    body: Uint8Array,
    guard: ReplaceGuard,
    signal?: AbortSignal,
  ): Promise<StoredVersion> {
    return await replaceObject(this.#calls, { location, body, guard }, signal);
  }

  async replaceWithFile(
    location: string,
    path: string,
    options: ReplaceGuard & { readonly onProgress?: UploadProgress },
    signal?: AbortSignal,
  ): Promise<StoredVersion> {
    const { onProgress = () => undefined, ...guard } = options;
    const upload = { calls: this.#calls, clock: this.#clock, target: parseLocation(location), path, onProgress };
    return await withConflict(location, async () => await uploadFile({ ...upload, guard }, signal));
  }

  async getText(location: string, signal?: AbortSignal): Promise<string> {
    const { Body, ContentLength = 0 } = await this.#calls.call('GetObject', parseLocation(location), {
      signal,
      timeoutMs: transferTimeoutMs,
    });
    if (ContentLength > textLimitBytes) {
      // Ends the transfer; nobody reads the rest.
      (Body as { destroy?: () => void } | undefined)?.destroy?.();
      throw new UserError(
        'limit-exceeded',
        `${location} is too large to open (${Math.round(ContentLength / 1024 / 1024)} MiB).`,
        'Sluice opens objects of up to 10 MiB.',
      );
    }
    return (await Body?.transformToString('utf-8')) ?? '';
  }

  async headObject(location: string, signal?: AbortSignal): Promise<ObjectFacts | undefined> {
    try {
      return toObjectFacts(
        await this.#calls.call('HeadObject', { ...parseLocation(location), ChecksumMode: 'ENABLED' }, { signal }),
      );
    } catch (error) {
      if (error instanceof UserError && error.code === 'not-found') return undefined;
      throw error;
    }
  }
}

import { readFile, writeFile, copyFile } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { AwsError } from '../../http/awsError.ts';
import type { Input } from '../../http/input.ts';
import { type Members } from '../../http/input.ts';
import { listPage } from '../../s3/listing.ts';
import type { ObjectStore } from '../../s3/objectStore.ts';

/** Largest object that fits into a state's data, with room for the rest. */
const largestBody = 256 * 1024;

type S3Task = (store: ObjectStore, input: Input) => Promise<Members>;

const tasks: Readonly<Record<string, S3Task>> = {
  getObject: async (store, input) => {
    const { path, meta } = await store.get(input.text('Bucket'), input.text('Key'));
    if (meta.size > largestBody) {
      throw new AwsError('DataLimitExceeded', 'The object is larger than a state can take (256 KiB).');
    }
    return { Body: await readFile(path, 'utf8'), ...descriptionOf(meta) };
  },
  headObject: async (store, input) => {
    const { meta } = await store.get(input.text('Bucket'), input.text('Key'));
    return descriptionOf(meta);
  },
  putObject: async (store, input) => {
    const given = input.members['Body'];
    const body = typeof given === 'string' ? given : JSON.stringify(given ?? '');
    const temporary = store.temporaryPath();
    await writeFile(temporary, body, { mode: 0o600 });
    const contentType = input.optionalText('ContentType') ?? 'application/octet-stream';
    const eTag = createHash('md5').update(body).digest('hex');
    const meta = { size: Buffer.byteLength(body), eTag, headers: { 'content-type': contentType } };
    await store.put(input.text('Bucket'), input.text('Key'), { temporary, meta });
    return { ETag: `"${eTag}"` };
  },
  copyObject: async (store, input) => {
    const source = decodeURIComponent(input.text('CopySource')).replace(/^\//, '');
    const slash = source.indexOf('/');
    const object = await store.get(source.slice(0, Math.max(slash, 0)), source.slice(slash + 1));
    const temporary = store.temporaryPath();
    await copyFile(object.path, temporary);
    await store.put(input.text('Bucket'), input.text('Key'), { temporary, meta: object.meta });
    return { CopyObjectResult: { ETag: `"${object.meta.eTag}"` } };
  },
  deleteObject: async (store, input) => {
    await store.delete(input.text('Bucket'), input.text('Key'));
    return {};
  },
  createBucket: async (store, input) => {
    await store.createBucket(input.text('Bucket'));
    return { Location: `/${input.text('Bucket')}` };
  },
  listBuckets: async (store) => ({
    Buckets: (await store.buckets()).map(({ name, createdMs }) => ({
      Name: name,
      CreationDate: new Date(createdMs).toISOString(),
    })),
  }),
  listObjectsV2: async (store, input) => {
    const bucket = input.text('Bucket');
    const token = input.optionalText('ContinuationToken');
    const page = await listPage(store.bucketFolder(bucket), {
      prefix: input.optionalText('Prefix') ?? '',
      delimiter: input.optionalText('Delimiter') ?? '',
      after: token ?? input.optionalText('StartAfter') ?? '',
      maxKeys: Math.min(1000, input.optionalInteger('MaxKeys', { min: 0 }) ?? 1000),
    });
    const contents = await Promise.all(
      page.objects.map(async ({ key, path }) => {
        const meta = await store.describe(bucket, key, path);
        return meta
          ? [
              {
                Key: key,
                Size: meta.size,
                ETag: `"${meta.eTag}"`,
                LastModified: isoTime(meta.modifiedMs),
                StorageClass: 'STANDARD',
              },
            ]
          : [];
      }),
    );
    return {
      Name: bucket,
      IsTruncated: page.next !== undefined,
      KeyCount: page.objects.length + page.commonPrefixes.length,
      NextContinuationToken: page.next,
      Contents: contents.flat(),
      ...(page.commonPrefixes.length > 0 && {
        CommonPrefixes: page.commonPrefixes.map((prefix) => ({ Prefix: prefix })),
      }),
    };
  },
};

/** The S3 operations that tasks may call, by action. */
export function findS3Task(action: string): S3Task | undefined {
  return Object.hasOwn(tasks, action) ? tasks[action] : undefined;
}

function descriptionOf(meta: {
  readonly size: number;
  readonly eTag: string;
  readonly modifiedMs: number;
  readonly headers: Readonly<Record<string, string>>;
}): Members {
  return {
    ContentLength: meta.size,
    ContentType: meta.headers['content-type'],
    ETag: `"${meta.eTag}"`,
    LastModified: isoTime(meta.modifiedMs),
  };
}

function isoTime(ms: number): string {
  return new Date(ms).toISOString();
}

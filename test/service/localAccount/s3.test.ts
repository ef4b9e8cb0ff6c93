import { randomBytes } from 'node:crypto';
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { S3, paginateListObjectsV2, waitUntilObjectExists, type ChecksumAlgorithm } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestAccount, type TestAccount } from './account.ts';

let account: TestAccount;
let s3: S3;

beforeAll(async () => {
  account = await startTestAccount();
  s3 = new S3(account.client);
  await s3.createBucket({ Bucket: 'data' });
});
afterAll(async () => {
  s3.destroy();
  await account.dispose();
});

async function text(key: string, bucket = 'data'): Promise<string> {
  const { Body } = await s3.getObject({ Bucket: bucket, Key: key });
  return (await Body?.transformToString()) ?? '';
}

async function keys(prefix: string): Promise<string[]> {
  const found: string[] = [];
  for await (const page of paginateListObjectsV2({ client: s3, pageSize: 3 }, { Bucket: 'data', Prefix: prefix })) {
    found.push(...(page.Contents ?? []).map(({ Key }) => Key ?? ''));
  }
  return found;
}

describe('objects', () => {
  it('keeps an object as a plain file that a person finds', async () => {
    const { ETag } = await s3.putObject({
      Bucket: 'data',
      Key: 'raw/2026/orders.csv',
      Body: 'a,b\n',
      ContentType: 'text/csv',
    });
    expect(ETag).toBe('"f69f5b72bc79a92dc70c63c9aa142e36"');
    expect(await readFile(join(account.stateFolder, 's3/data/raw/2026/orders.csv'), 'utf8')).toBe('a,b\n');
    const head = await s3.headObject({ Bucket: 'data', Key: 'raw/2026/orders.csv' });
    expect(head).toMatchObject({ ContentLength: 4, ContentType: 'text/csv', ETag });
  });

  it('serves and lists a file that somebody put into the folder', async () => {
    await mkdir(join(account.stateFolder, 's3/data/hand'), { recursive: true });
    await writeFile(join(account.stateFolder, 's3/data/hand/made.txt'), 'by hand');
    expect(await text('hand/made.txt')).toBe('by hand');
    expect(await keys('hand/')).toEqual(['hand/made.txt']);
    await writeFile(join(account.stateFolder, 's3/data/hand/made.txt'), 'changed by hand');
    expect((await s3.headObject({ Bucket: 'data', Key: 'hand/made.txt' })).ContentLength).toBe(15);
  });

  it.each([
    'plain',
    'with space & +plus=%25',
    'ümlaut/日本/😀',
    'dir/',
    'a//b',
    '../escape',
    './dot',
    'win<>:"|?*\\name.',
    'CON/aux.txt',
    'q?x#y',
  ])('round-trips the key %s and stays inside its bucket', async (key) => {
    await s3.putObject({ Bucket: 'data', Key: `odd/${key}`, Body: key });
    expect(await text(`odd/${key}`)).toBe(key);
    expect(await keys('odd/')).toContain(`odd/${key}`);
    await s3.deleteObject({ Bucket: 'data', Key: `odd/${key}` });
    await expect(text(`odd/${key}`)).rejects.toMatchObject({ name: 'NoSuchKey' });
    expect((await readdir(join(account.stateFolder, 's3'))).sort()).toEqual(['data']);
  });

  it('keeps an object beside a folder of the same name, in either order', async () => {
    await s3.putObject({ Bucket: 'data', Key: 'both/a', Body: 'object' });
    await s3.putObject({ Bucket: 'data', Key: 'both/a/b', Body: 'inner' });
    await s3.putObject({ Bucket: 'data', Key: 'both/a', Body: 'object again' });
    expect([await text('both/a'), await text('both/a/b')]).toEqual(['object again', 'inner']);
    expect(await keys('both/')).toEqual(['both/a', 'both/a/b']);
  });

  it('gives metadata, headers, tags and copies back', async () => {
    await s3.putObject({
      Bucket: 'data',
      Key: 'meta',
      Body: 'x',
      Metadata: { step: 'one' },
      ContentEncoding: 'identity',
      CacheControl: 'no-store',
      Tagging: 'team=data&tier=1',
    });
    await s3.copyObject({ Bucket: 'data', Key: 'meta copy', CopySource: 'data/meta' });
    const head = await s3.headObject({ Bucket: 'data', Key: 'meta copy' });
    expect(head).toMatchObject({ Metadata: { step: 'one' }, CacheControl: 'no-store' });
    expect((await s3.getObjectTagging({ Bucket: 'data', Key: 'meta copy' })).TagSet).toHaveLength(2);
    await s3.putObjectTagging({ Bucket: 'data', Key: 'meta', Tagging: { TagSet: [{ Key: 'a', Value: 'b' }] } });
    expect((await s3.getObjectTagging({ Bucket: 'data', Key: 'meta' })).TagSet).toEqual([{ Key: 'a', Value: 'b' }]);
  });

  it('serves ranges', async () => {
    await s3.putObject({ Bucket: 'data', Key: 'range', Body: '0123456789' });
    const part = async (Range: string) => {
      const reply = await s3.getObject({ Bucket: 'data', Key: 'range', Range });
      return [await reply.Body?.transformToString(), reply.ContentRange];
    };
    expect(await part('bytes=2-4')).toEqual(['234', 'bytes 2-4/10']);
    expect(await part('bytes=-3')).toEqual(['789', 'bytes 7-9/10']);
    expect(await part('bytes=8-99')).toEqual(['89', 'bytes 8-9/10']);
    await expect(part('bytes=10-')).rejects.toMatchObject({ name: 'InvalidRange' });
  });

  it('keeps conditions on reads and writes', async () => {
    const put = { Bucket: 'data', Key: 'conditional', Body: 'one' };
    const { ETag } = await s3.putObject({ ...put, IfNoneMatch: '*' });
    await expect(s3.putObject({ ...put, IfNoneMatch: '*' })).rejects.toMatchObject({ name: 'PreconditionFailed' });
    await expect(s3.putObject({ ...put, IfMatch: '"other"' })).rejects.toMatchObject({ name: 'PreconditionFailed' });
    await s3.putObject({ ...put, IfMatch: ETag });
    await expect(s3.getObject({ Bucket: 'data', Key: 'conditional', IfNoneMatch: ETag })).rejects.toMatchObject({
      $metadata: { httpStatusCode: 304 },
    });
    const writers = Array.from(
      { length: 8 },
      async (_, index) => await s3.putObject({ Bucket: 'data', Key: 'raced', Body: String(index), IfNoneMatch: '*' }),
    );
    const outcomes = await Promise.allSettled(writers);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it.each<ChecksumAlgorithm>(['CRC32', 'CRC32C', 'SHA1', 'SHA256', 'CRC64NVME'])(
    'takes %s after a streamed body and gives it to a reader that checks',
    async (ChecksumAlgorithm) => {
      const bytes = randomBytes(300_000);
      const Body = Readable.from([bytes.subarray(0, 70_000), bytes.subarray(70_000)]);
      await s3.putObject({ Bucket: 'data', Key: 'sum', Body, ContentLength: bytes.length, ChecksumAlgorithm });
      const reply = await s3.getObject({ Bucket: 'data', Key: 'sum', ChecksumMode: 'ENABLED' });
      expect(Buffer.from((await reply.Body?.transformToByteArray()) ?? [])).toEqual(bytes);
    },
  );

  it('refuses a body that is not what its checksum says, and keeps the object before', async () => {
    await s3.putObject({ Bucket: 'data', Key: 'digest', Body: 'good' });
    const bad = s3.putObject({ Bucket: 'data', Key: 'digest', Body: 'bad', ChecksumCRC32: 'AAAAAA==' });
    await expect(bad).rejects.toMatchObject({ name: 'BadDigest' });
    expect(await text('digest')).toBe('good');
  });
});

describe('lists', () => {
  it('pages in byte order, with a delimiter over pages', async () => {
    const names = ['l/a', 'l/a-b', 'l/a/1', 'l/a/2', 'l/b/1', 'l/c', 'l/d/1', 'l/é', 'l/😀', 'l/\uffee'];
    for (const Key of names) await s3.putObject({ Bucket: 'data', Key, Body: 'x' });
    const byBytes = [...names].sort((left, right) => Buffer.compare(Buffer.from(left), Buffer.from(right)));
    expect(await keys('l/')).toEqual(byBytes);
    const rows: string[] = [];
    let token: string | undefined;
    do {
      const page = await s3.listObjectsV2({
        Bucket: 'data',
        Prefix: 'l/',
        Delimiter: '/',
        MaxKeys: 2,
        ...(token !== undefined && { ContinuationToken: token }),
      });
      const found = [
        ...(page.Contents ?? []).map(({ Key }) => Key),
        ...(page.CommonPrefixes ?? []).map(({ Prefix }) => Prefix),
      ];
      expect(found.length).toBe(page.KeyCount);
      rows.push(...found.map((row) => row ?? ''));
      token = page.NextContinuationToken;
    } while (token !== undefined);
    expect(rows.sort()).toEqual(['l/a', 'l/a-b', 'l/a/', 'l/b/', 'l/c', 'l/d/', 'l/é', 'l/😀', 'l/\uffee'].sort());
  });

  it('lists the first version of the API with markers', async () => {
    const page = await s3.listObjects({ Bucket: 'data', Prefix: 'l/', MaxKeys: 2 });
    expect(page).toMatchObject({ IsTruncated: true });
    const rest = await s3.listObjects({ Bucket: 'data', Prefix: 'l/', Marker: page.NextMarker ?? '' });
    expect((page.Contents?.length ?? 0) + (rest.Contents?.length ?? 0)).toBe(10);
  });
});

describe('many and large', () => {
  it('deletes many at once', async () => {
    for (const Key of ['m/1', 'm/2&<>', 'm/3']) await s3.putObject({ Bucket: 'data', Key, Body: 'x' });
    const reply = await s3.deleteObjects({
      Bucket: 'data',
      Delete: { Objects: ['m/1', 'm/2&<>', 'm/none'].map((Key) => ({ Key })) },
    });
    expect(reply.Deleted).toHaveLength(3);
    expect(await keys('m/')).toEqual(['m/3']);
  });

  it('uploads in parts, with the ETag that S3 gives', async () => {
    const bytes = randomBytes(11 * 1024 * 1024);
    const upload = new Upload({
      client: s3,
      params: { Bucket: 'data', Key: 'large', Body: Readable.from([bytes]) },
      partSize: 5 * 1024 * 1024,
    });
    const { ETag } = await upload.done();
    expect(ETag).toMatch(/^"[0-9a-f]{32}-3"$/);
    const reply = await s3.getObject({ Bucket: 'data', Key: 'large' });
    expect(Buffer.compare(Buffer.from((await reply.Body?.transformToByteArray()) ?? []), bytes)).toBe(0);
  });

  it('refuses parts out of order and forgets an aborted upload', async () => {
    const target = { Bucket: 'data', Key: 'aborted' };
    const { UploadId } = await s3.createMultipartUpload(target);
    const { ETag } = await s3.uploadPart({ ...target, UploadId, PartNumber: 1, Body: 'x' });
    expect((await s3.listParts({ ...target, UploadId })).Parts).toMatchObject([{ PartNumber: 1, ETag, Size: 1 }]);
    const wrong = { ...target, UploadId, MultipartUpload: { Parts: [{ PartNumber: 1, ETag: '"0"' }] } };
    await expect(s3.completeMultipartUpload(wrong)).rejects.toMatchObject({ name: 'InvalidPart' });
    await s3.abortMultipartUpload({ ...target, UploadId });
    await expect(s3.listParts({ ...target, UploadId })).rejects.toMatchObject({ name: 'NoSuchUpload' });
  });
});

describe('buckets', () => {
  it('names what is missing and does not delete what is full', async () => {
    await expect(s3.getObject({ Bucket: 'nowhere', Key: 'x' })).rejects.toMatchObject({ name: 'NoSuchBucket' });
    await expect(s3.headBucket({ Bucket: 'nowhere' })).rejects.toMatchObject({ $metadata: { httpStatusCode: 404 } });
    await expect(s3.createBucket({ Bucket: 'Not_A_Bucket' })).rejects.toMatchObject({ name: 'InvalidBucketName' });
    await s3.createBucket({ Bucket: 'full' });
    await s3.putObject({ Bucket: 'full', Key: 'a/b', Body: 'x' });
    await expect(s3.deleteBucket({ Bucket: 'full' })).rejects.toMatchObject({ name: 'BucketNotEmpty' });
    await s3.deleteObject({ Bucket: 'full', Key: 'a/b' });
    await s3.deleteBucket({ Bucket: 'full' });
    expect((await s3.listBuckets({})).Buckets?.map(({ Name }) => Name)).toEqual(['data']);
  });

  it('keeps everything over a restart', async () => {
    await s3.putObject({ Bucket: 'data', Key: 'stays', Body: 'here', Metadata: { a: 'b' } });
    account = await account.restart();
    s3.destroy();
    s3 = new S3(account.client);
    await waitUntilObjectExists({ client: s3, maxWaitTime: 20 }, { Bucket: 'data', Key: 'stays' });
    expect(await s3.headObject({ Bucket: 'data', Key: 'stays' })).toMatchObject({
      Metadata: { a: 'b' },
      ContentLength: 4,
    });
  });
});

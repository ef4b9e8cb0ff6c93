import { AwsError } from '../http/awsError.ts';
import { reply } from '../http/call.ts';
import { childText } from '../http/xml.ts';
import { listPage } from './listing.ts';
import {
  isoTime,
  owner,
  queryNumber,
  quoted,
  readXml,
  replyXml,
  type S3Call,
  type S3Route,
  type S3State,
} from './route.ts';

const maxListKeys = 1000;

/** Operations on buckets and lists of objects. */
export const bucketRoutes: Readonly<Record<string, S3Route>> = {
  'GET service': async ({ objects }, call) => {
    const buckets = await objects.buckets();
    replyXml(call, 'ListAllMyBucketsResult', {
      Owner: owner,
      Buckets: { Bucket: buckets.map(({ name, createdMs }) => ({ Name: name, CreationDate: isoTime(createdMs) })) },
    });
  },
  'PUT bucket': async ({ objects }, call) => {
    await objects.createBucket(call.bucket);
    reply(call.http, 200, { location: `/${call.bucket}` });
  },
  'HEAD bucket': ({ objects }, call) => {
    objects.bucketFolder(call.bucket);
    reply(call.http, 200, { 'x-amz-bucket-region': 'us-east-1' });
  },
  'DELETE bucket': async ({ objects }, call) => {
    await objects.deleteBucket(call.bucket);
    reply(call.http, 204, {});
  },
  'GET bucket location': ({ objects }, call) => {
    objects.bucketFolder(call.bucket);
    replyXml(call, 'LocationConstraint', '');
  },
  'GET bucket versioning': ({ objects }, call) => {
    objects.bucketFolder(call.bucket);
    replyXml(call, 'VersioningConfiguration', '');
  },
  'GET bucket': async (state, call) => {
    if (call.http.query.get('list-type') === '2') await listV2(state, call);
    else await listV1(state, call);
  },
  'POST bucket delete': deleteMany,
};

async function listV2(state: S3State, call: S3Call): Promise<void> {
  const { query } = call.http;
  const token = query.get('continuation-token');
  const startAfter = query.get('start-after') ?? '';
  const after = token === null ? startAfter : fromToken(token);
  const listed = await list(state, call, after);
  replyXml(call, 'ListBucketResult', {
    Name: call.bucket,
    ...listed.common,
    KeyCount: listed.contents.length + listed.prefixes.length,
    StartAfter: startAfter === '' ? undefined : listed.encode(startAfter),
    ContinuationToken: token ?? undefined,
    NextContinuationToken: listed.next === undefined ? undefined : toToken(listed.next),
    Contents: listed.contents,
    CommonPrefixes: listed.prefixes,
  });
}

async function listV1(state: S3State, call: S3Call): Promise<void> {
  const marker = call.http.query.get('marker') ?? '';
  const listed = await list(state, call, marker);
  replyXml(call, 'ListBucketResult', {
    Name: call.bucket,
    ...listed.common,
    Marker: listed.encode(marker),
    NextMarker: listed.next === undefined ? undefined : listed.encode(listed.next),
    Contents: listed.contents.map((entry) => ({ ...entry, Owner: owner })),
    CommonPrefixes: listed.prefixes,
  });
}

async function list({ objects }: S3State, call: S3Call, after: string) {
  const { query } = call.http;
  const prefix = query.get('prefix') ?? '';
  const delimiter = query.get('delimiter') ?? '';
  const asked = queryNumber(call, 'max-keys', { fallback: maxListKeys, min: 0, max: 2 ** 31 - 1 });
  const isEncoded = query.get('encoding-type') === 'url';
  const encode = (text: string): string =>
    isEncoded ? encodeURIComponent(text).replaceAll('%2F', '/').replaceAll('%20', '+') : text;
  const folder = objects.bucketFolder(call.bucket);
  const page = await listPage(folder, { prefix, delimiter, after, maxKeys: Math.min(asked, maxListKeys) });
  const contents = await Promise.all(
    page.objects.map(async ({ key, path }) => {
      const meta = await objects.describe(call.bucket, key, path);
      if (!meta) return [];
      const entry = {
        Key: encode(key),
        LastModified: isoTime(meta.modifiedMs),
        ETag: quoted(meta.eTag),
        Size: meta.size,
        StorageClass: 'STANDARD',
      };
      return [entry];
    }),
  );
  return {
    contents: contents.flat(),
    prefixes: page.commonPrefixes.map((commonPrefix) => ({ Prefix: encode(commonPrefix) })),
    next: page.next,
    encode,
    common: {
      Prefix: encode(prefix),
      Delimiter: delimiter === '' ? undefined : encode(delimiter),
      MaxKeys: asked,
      EncodingType: isEncoded ? 'url' : undefined,
      IsTruncated: page.next !== undefined,
    },
  };
}

function toToken(after: string): string {
  return Buffer.from(after, 'utf8').toString('base64url');
}

function fromToken(token: string): string {
  const after = Buffer.from(token, 'base64url').toString('utf8');
  if (after === '' || toToken(after) !== token) {
    throw new AwsError('InvalidArgument', 'The continuation token provided is incorrect');
  }
  return after;
}

async function deleteMany({ objects }: S3State, call: S3Call): Promise<void> {
  objects.bucketFolder(call.bucket);
  const document = await readXml(call);
  const isQuiet = childText(document, 'Quiet') === 'true';
  const keys = document.children.filter(({ name }) => name === 'Object').map((entry) => childText(entry, 'Key') ?? '');
  if (document.name !== 'Delete' || keys.length === 0 || keys.length > 1000 || keys.includes('')) {
    const message = 'The XML you provided was not well-formed or did not validate against our published schema';
    throw new AwsError('MalformedXML', message);
  }
  const deleted: { Key: string }[] = [];
  const failed: { Key: string; Code: string; Message: string }[] = [];
  for (const key of keys) {
    try {
      await objects.delete(call.bucket, key);
      deleted.push({ Key: key });
    } catch (error) {
      const isKnown = error instanceof AwsError;
      failed.push({ Key: key, Code: isKnown ? error.code : 'InternalError', Message: String(error) });
    }
  }
  replyXml(call, 'DeleteResult', { Deleted: isQuiet ? [] : deleted, Error: failed });
}

import { copyFile } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { AwsError } from '../http/awsError.ts';
import { header, reply } from '../http/call.ts';
import { checksumHeader } from './checksums.ts';
import { checkRead } from './conditions.ts';
import { withTags, type ObjectMeta } from './objectMeta.ts';
import { openBytes } from './objectBytes.ts';
import type { StoredObject } from './objectStore.ts';
import { parseRange } from './range.ts';
import {
  conditionsOf,
  headersToKeep,
  isoTime,
  quoted,
  replyXml,
  type S3Call,
  type S3Route,
  type S3State,
} from './route.ts';
import { tagsOfHeader } from './tags.ts';
import { receiveBody } from './upload.ts';

/** Operations on single objects. */
export const objectRoutes: Readonly<Record<string, S3Route>> = {
  'PUT object': async (state, call) => {
    if (call.http.query.has('partNumber')) throw new AwsError('InvalidArgument', 'A part needs an uploadId.');
    if (header(call.http, 'x-amz-copy-source') === undefined) await put(state, call);
    else await copy(state, call);
  },
  'GET object': get,
  'HEAD object': get,
  'DELETE object': async ({ objects }, call) => {
    await objects.delete(call.bucket, call.key, conditionsOf(call));
    reply(call.http, 204, {});
  },
  'GET object attributes': async ({ objects }, call) => {
    const { meta } = await objects.get(call.bucket, call.key);
    replyXml(call, 'GetObjectAttributesResponse', {
      ETag: meta.eTag,
      StorageClass: 'STANDARD',
      ObjectSize: meta.size,
      Checksum: meta.checksum && { [`Checksum${meta.checksum.algorithm}`]: meta.checksum.value },
    });
  },
};

async function put({ objects }: S3State, call: S3Call): Promise<void> {
  objects.bucketFolder(call.bucket);
  const received = await receiveBody(call.http, objects.temporaryPath());
  const tags = tagsOfHeader(header(call.http, 'x-amz-tagging'));
  const meta = await objects.put(
    call.bucket,
    call.key,
    {
      temporary: received.temporary,
      meta: {
        size: received.size,
        eTag: received.md5,
        headers: headersToKeep(call),
        ...(received.checksum && { checksum: received.checksum }),
        ...(tags && { tags }),
      },
    },
    conditionsOf(call),
  );
  reply(call.http, 200, { etag: quoted(meta.eTag), ...checksumHeaders(meta) });
}

async function copy(state: S3State, call: S3Call): Promise<void> {
  const { objects } = state;
  const source = await copySource(state, call);
  const temporary = objects.temporaryPath();
  await copyFile(source.path, temporary);
  const isReplaced = header(call.http, 'x-amz-metadata-directive') === 'REPLACE';
  const tags =
    header(call.http, 'x-amz-tagging-directive') === 'REPLACE'
      ? tagsOfHeader(header(call.http, 'x-amz-tagging'))
      : source.meta.tags;
  const meta = await objects.put(
    call.bucket,
    call.key,
    { temporary, meta: { ...withTags(source.meta, tags), ...(isReplaced && { headers: headersToKeep(call) }) } },
    conditionsOf(call),
  );
  replyXml(call, 'CopyObjectResult', { LastModified: isoTime(meta.modifiedMs), ETag: quoted(meta.eTag) });
}

/** The object that `x-amz-copy-source` names, if the `x-amz-copy-source-if-…` conditions hold. */
export async function copySource({ objects }: S3State, call: S3Call): Promise<StoredObject> {
  const name = header(call.http, 'x-amz-copy-source') ?? '';
  const path = decodeSource(name.replace(/\?versionId=.*$/, '')).replace(/^\//, '');
  const slash = path.indexOf('/');
  if (slash <= 0 || slash === path.length - 1) {
    const message = 'Copy Source must mention the source bucket and key: sourcebucket/sourcekey';
    throw new AwsError('InvalidArgument', message);
  }
  const object = await objects.get(path.slice(0, slash), path.slice(slash + 1));
  try {
    checkRead(conditionsOf(call, 'x-amz-copy-source-'), object.meta);
  } catch (error) {
    // A copy is a write: a source that has not changed is a failed condition and not a 304.
    if (error instanceof AwsError) throw new AwsError('PreconditionFailed', error.message, 412, error.members);
    throw error;
  }
  return object;
}

function decodeSource(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new AwsError('InvalidArgument', 'The copy source is not URL-encoded UTF-8.');
  }
}

async function get(state: S3State, call: S3Call): Promise<void> {
  const object = await state.objects.get(call.bucket, call.key);
  const { meta } = object;
  checkRead(conditionsOf(call), meta);
  const range = parseRange(header(call.http, 'range'), meta.size);
  const length = range ? range.last - range.first + 1 : meta.size;
  const wantsChecksum = header(call.http, 'x-amz-checksum-mode')?.toUpperCase() === 'ENABLED' && !range;
  const headers = {
    ...meta.headers,
    ...overrides(call),
    'accept-ranges': 'bytes',
    'last-modified': new Date(meta.modifiedMs).toUTCString(),
    etag: quoted(meta.eTag),
    ...(wantsChecksum && checksumHeaders(meta)),
    ...(meta.tags && { 'x-amz-tagging-count': Object.keys(meta.tags).length }),
    ...(range && { 'content-range': `bytes ${range.first}-${range.last}/${meta.size}` }),
  };
  const { response, request, signal } = call.http;
  const bytes = request.method === 'HEAD' ? new Uint8Array() : openBytes(object, range?.first ?? 0, length);
  if (bytes === undefined) {
    await get(state, call);
    return;
  }
  response.writeHead(range ? 206 : 200, { ...headers, 'content-length': length });
  if (bytes instanceof Uint8Array) {
    response.end(bytes);
    return;
  }
  try {
    await pipeline(bytes, response);
  } catch (error) {
    // A caller who stopped reading is no failure of ours; a file that broke off must not look whole.
    response.destroy();
    if (!signal.aborted) throw error;
  }
}

const chosenByQuery = /^response-(content-(?:type|language|disposition|encoding)|cache-control|expires)$/;
/** Whatever else would break the reply off after its file was opened. */
const headerText = /^[\t\x20-\x7e\x80-\xff]*$/;

/** Reply headers that a presigned URL may choose, `response-content-type` and so on. */
function overrides(call: S3Call): Record<string, string> {
  return Object.fromEntries(
    [...call.http.query].flatMap(([name, value]) => {
      const header = chosenByQuery.exec(name)?.[1];
      return header !== undefined && headerText.test(value) ? [[header, value]] : [];
    }),
  );
}

function checksumHeaders(meta: ObjectMeta): Record<string, string> {
  if (!meta.checksum) return {};
  return { [checksumHeader(meta.checksum.algorithm)]: meta.checksum.value, 'x-amz-checksum-type': 'FULL_OBJECT' };
}

import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { stat } from 'node:fs/promises';
import { AwsError } from '../http/awsError.ts';
import { header, reply } from '../http/call.ts';
import { childText } from '../http/xml.ts';
import { checksumHeader } from './checksums.ts';
import type { MultipartUpload } from './multipart.ts';
import { copySource } from './objectRoutes.ts';
import { parseRange } from './range.ts';
import {
  conditionsOf,
  headersToKeep,
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
import { receiveBody, type ReceivedBody } from './upload.ts';

/** Uploads in parts. */
export const multipartRoutes: Readonly<Record<string, S3Route>> = {
  'POST object uploads': async ({ objects, uploads, clock }, call) => {
    objects.bucketFolder(call.bucket);
    const id = await uploads.start(call.bucket, call.key, headersToKeep(call), clock.now());
    replyXml(call, 'InitiateMultipartUploadResult', { Bucket: call.bucket, Key: call.key, UploadId: id });
  },
  'PUT object uploadId': async (state, call) => {
    const upload = await uploadOf(state, call);
    const number = queryNumber(call, 'partNumber', { fallback: 0, min: 1, max: 10_000 });
    if (header(call.http, 'x-amz-copy-source') !== undefined) {
      const part = await state.uploads.putPart(upload, number, await copiedPart(state, call));
      replyXml(call, 'CopyPartResult', { LastModified: isoTime(state.clock.now()), ETag: quoted(part.eTag) });
      return;
    }
    const received = await receiveBody(call.http, state.objects.temporaryPath());
    const part = await state.uploads.putPart(upload, number, received);
    const { checksum } = received;
    reply(call.http, 200, {
      etag: quoted(part.eTag),
      ...(checksum && { [checksumHeader(checksum.algorithm)]: checksum.value }),
    });
  },
  'POST object uploadId': async (state, call) => {
    const upload = await uploadOf(state, call);
    const document = await readXml(call);
    const wanted = document.children
      .filter(({ name }) => name === 'Part')
      .map((part) => ({
        number: Number(childText(part, 'PartNumber')),
        eTag: (childText(part, 'ETag') ?? '').replaceAll('"', '').trim(),
      }));
    const joined = await state.uploads.join(upload, wanted, state.objects.temporaryPath());
    const meta = await state.objects.put(call.bucket, call.key, joined, conditionsOf(call));
    await state.uploads.remove(upload);
    replyXml(call, 'CompleteMultipartUploadResult', {
      Location: `/${call.bucket}/${call.key}`,
      Bucket: call.bucket,
      Key: call.key,
      ETag: quoted(meta.eTag),
    });
  },
  'DELETE object uploadId': async (state, call) => {
    await state.uploads.remove(await uploadOf(state, call));
    reply(call.http, 204, {});
  },
  'GET object uploadId': async (state, call) => {
    const upload = await uploadOf(state, call);
    const marker = queryNumber(call, 'part-number-marker', { fallback: 0, min: 0, max: 10_000 });
    const maxParts = queryNumber(call, 'max-parts', { fallback: 1000, min: 1, max: 1000 });
    const rest = (await state.uploads.parts(upload)).filter(({ number }) => number > marker);
    const parts = rest.slice(0, maxParts);
    replyXml(call, 'ListPartsResult', {
      Bucket: call.bucket,
      Key: call.key,
      UploadId: upload.id,
      Owner: owner,
      Initiator: owner,
      StorageClass: 'STANDARD',
      PartNumberMarker: marker,
      // Only where there is more: a client that pages by it alone would never come to an end.
      NextPartNumberMarker: rest.length > parts.length ? parts.at(-1)?.number : undefined,
      MaxParts: maxParts,
      IsTruncated: rest.length > parts.length,
      Part: parts.map(({ number, size, eTag }) => ({
        PartNumber: number,
        LastModified: isoTime(upload.startedMs),
        ETag: quoted(eTag),
        Size: size,
      })),
    });
  },
  'GET bucket uploads': async ({ objects, uploads }, call) => {
    objects.bucketFolder(call.bucket);
    const prefix = call.http.query.get('prefix') ?? '';
    const found = (await uploads.list(call.bucket)).filter(({ key }) => key.startsWith(prefix));
    replyXml(call, 'ListMultipartUploadsResult', {
      Bucket: call.bucket,
      Prefix: prefix,
      IsTruncated: false,
      Upload: found.map(({ id, key, startedMs }) => ({
        Key: key,
        UploadId: id,
        Initiated: isoTime(startedMs),
        StorageClass: 'STANDARD',
        Owner: owner,
        Initiator: owner,
      })),
    });
  },
};

async function uploadOf({ objects, uploads }: S3State, call: S3Call): Promise<MultipartUpload> {
  objects.bucketFolder(call.bucket);
  return await uploads.get(call.http.query.get('uploadId') ?? '', call.bucket, call.key);
}

async function copiedPart(state: S3State, call: S3Call): Promise<ReceivedBody> {
  const source = await copySource(state, call);
  const wanted = header(call.http, 'x-amz-copy-source-range');
  const range = parseRange(wanted, source.meta.size);
  if (wanted !== undefined && !range) {
    throw new AwsError('InvalidArgument', 'The x-amz-copy-source-range value must be of the form bytes=first-last.');
  }
  const temporary = state.objects.temporaryPath();
  const input = createReadStream(source.path, range ? { start: range.first, end: range.last } : {});
  const md5 = createHash('md5');
  input.on('data', (chunk) => void md5.update(chunk));
  await pipeline(input, createWriteStream(temporary, { flags: 'wx', mode: 0o600 }));
  return { temporary, size: (await stat(temporary)).size, md5: md5.digest('hex') };
}

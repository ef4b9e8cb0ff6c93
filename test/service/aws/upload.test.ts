import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { OwnedAccount } from '../../../src/aws/createAccount.ts';
import { accountAt } from '../../support/awsAccount.ts';
import { rejection } from '../../support/rejection.ts';

const mebibyte = 1024 * 1024;

let folder: string;
let server: Server;
let account: OwnedAccount;
let calls: string[];
let isAborted: boolean;
let parts: Map<number, Buffer>;
let objects: Map<string, Buffer>;
/** Status that the next tries of a part get. */
let partFailures: Map<number, number[]>;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sluice-upload-'));
  calls = [];
  isAborted = false;
  parts = new Map();
  objects = new Map();
  partFailures = new Map();
  server = createServer((request, response) => {
    void (async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const body = Buffer.concat(chunks);
      const url = new URL(request.url ?? '/', 'http://127.0.0.1');
      const number = Number(url.searchParams.get('partNumber'));
      const eTag = `"${createHash('md5').update(body).digest('hex')}"`;
      const xml = (text: string): void => void response.writeHead(200, { 'content-type': 'application/xml' }).end(text);
      if (number > 0 && isAborted) {
        // A part that was on its way comes too late.
        response.writeHead(404, { 'content-type': 'application/xml' });
        response.end('<Error><Code>NoSuchUpload</Code><Message>No.</Message></Error>');
      } else if (number > 0) {
        calls.push(`part ${number}`);
        const failure = partFailures.get(number)?.shift();
        if (failure !== undefined) {
          response.writeHead(failure, { 'content-type': 'application/xml' });
          response.end(
            `<Error><Code>${failure === 403 ? 'AccessDenied' : 'InternalError'}</Code><Message>No.</Message></Error>`,
          );
          return;
        }
        parts.set(number, body);
        response.writeHead(200, { etag: eTag }).end();
      } else if (url.searchParams.has('uploads')) {
        calls.push('create');
        xml('<InitiateMultipartUploadResult><UploadId>u1</UploadId></InitiateMultipartUploadResult>');
      } else if (request.method === 'DELETE') {
        calls.push('abort');
        isAborted = true;
        parts.clear();
        response.writeHead(204).end();
      } else if (request.method === 'POST') {
        calls.push('complete');
        const numbers = [...body.toString().matchAll(/<PartNumber>(\d+)</g)].map((match) => Number(match[1]));
        objects.set(url.pathname, Buffer.concat(numbers.map((part) => parts.get(part)!)));
        xml('<CompleteMultipartUploadResult><ETag>"whole"</ETag></CompleteMultipartUploadResult>');
      } else {
        calls.push('put');
        objects.set(url.pathname, body);
        response.writeHead(200, { etag: eTag }).end();
      }
      // A part that is cancelled on its way never arrives whole.
    })().catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  account = accountAt(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
afterEach(async () => {
  account.dispose();
  server.closeAllConnections();
  await new Promise<void>((resolve) => server.close(() => resolve()));
  rmSync(folder, { recursive: true, force: true });
});

function file(bytes: number): { readonly path: string; readonly content: Buffer } {
  const content = Buffer.alloc(bytes);
  for (let at = 0; at < bytes; at += 4096) content.writeUInt32LE(at, at);
  const path = join(folder, 'libs.zip');
  writeFileSync(path, content);
  return { path, content };
}

test('a small file is sent at once', async () => {
  const { path, content } = file(4096);
  const progress: number[] = [];
  await account.s3.uploadFile('s3://code/libs.zip', path, (sent, total) => progress.push(sent / total));
  expect(objects.get('/code/libs.zip')?.equals(content)).toBe(true);
  expect(calls).toEqual(['put']);
  expect(progress).toEqual([1]);
});

test('a large file arrives whole, in parts, with progress; a part that fails is sent again', async () => {
  const { path, content } = file(21 * mebibyte);
  partFailures.set(2, [500]);
  const progress: number[] = [];
  expect(await account.s3.uploadFile('s3://code/libs.zip', path, (sent) => progress.push(sent / mebibyte))).toEqual({
    eTag: '"whole"',
  });
  expect(objects.get('/code/libs.zip')?.equals(content)).toBe(true);
  expect(calls.toSorted()).toEqual(['complete', 'create', 'part 1', 'part 2', 'part 2', 'part 3']);
  expect(progress).toHaveLength(3);
  expect(progress.at(-1)).toBe(21);
});

test('a part that is denied ends the upload, says why and leaves no parts behind', async () => {
  const { path } = file(21 * mebibyte);
  partFailures.set(2, [403]);
  expect(await rejection(account.s3.uploadFile('s3://code/libs.zip', path))).toMatchObject({
    code: 'access-denied',
    iamAction: 's3:PutObject',
    message: 'The Local connection may not upload to S3 (s3:PutObject denied).',
  });
  expect(calls.at(-1)).toBe('abort');
  expect(objects.size).toBe(0);
});

test('cancelling removes what was sent', async () => {
  const { path } = file(21 * mebibyte);
  const cancel = new AbortController();
  const sending = account.s3.uploadFile('s3://code/libs.zip', path, () => cancel.abort(), cancel.signal);
  expect(await rejection(sending)).toMatchObject({ code: 'aborted' });
  expect(calls.at(-1)).toBe('abort');
  expect(objects.size).toBe(0);
});

test('a file that is not there and a location that is none are told', async () => {
  expect(await rejection(account.s3.uploadFile('s3://code/x', join(folder, 'none')))).toMatchObject({
    code: 'not-found',
  });
  expect(await rejection(account.s3.uploadFile('/code/x', file(4096).path))).toMatchObject({
    code: 'bad-input',
    message: '"/code/x" is no S3 location.',
  });
});

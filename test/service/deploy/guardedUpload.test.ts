import { createHash } from 'node:crypto';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Account } from '../../../src/aws/account.ts';
import { silentLog } from '../../../src/core/base/log.ts';
import { environmentConnection } from '../../../src/core/connections/connection.ts';
import { AppliedRecord } from '../../../src/extension/deploy/appliedRecord.ts';
import { applyCalls } from '../../../src/extension/deploy/applyCalls.ts';
import { planUploadsOf } from '../../../src/extension/deploy/planJob.ts';
import { accountAt } from '../../support/awsAccount.ts';
import { rejection } from '../../support/rejection.ts';
import {
  identityReply,
  scriptedAws,
  type ScriptedAnswer,
  type ScriptedAws,
  type ScriptedRequest,
} from '../../support/scriptedAws.ts';
import { MemoryFiles } from '../../support/memoryFiles.ts';

const { signal } = new AbortController();
const location = 's3://code/jobs/orders.bin';
const body = new TextEncoder().encode('fresh');

let aws: ScriptedAws | undefined;
let account: Account | undefined;
beforeEach(() => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIATEST');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
});
afterEach(async () => {
  vi.unstubAllEnvs();
  account?.dispose();
  await aws?.close();
});

interface Answers {
  readonly head: ScriptedAnswer;
  readonly put: (count: number) => ScriptedAnswer;
  readonly confirm?: () => boolean;
}

/** Uploads through the whole of Upload Script, but for the editor. Gives what it says and what S3 was sent. */
async function upload({ head, put, confirm }: Answers): Promise<readonly string[]> {
  aws = await scriptedAws(({ operation }: ScriptedRequest, count) => {
    if (operation === 'GetCallerIdentity') return identityReply();
    return operation.startsWith('HEAD') ? head : put(count);
  });
  const environment = { AWS_ENDPOINT_URL: aws.endpoint };
  account = accountAt(aws.endpoint, { connection: environmentConnection('eu-west-1'), environment });
  const files = new MemoryFiles();
  const ports = {
    record: new AppliedRecord(files, 'test/job/orders'),
    log: silentLog,
    confirm: async () => await Promise.resolve(confirm?.() ?? false),
  };
  const sources = [{ location, label: 'orders.bin', isText: false, read: async () => await Promise.resolve(body) }];
  const { variants } = await planUploadsOf(ports, account, { name: 'orders', sources }, signal);
  return await applyCalls(variants[0].calls, signal, () => undefined);
}

const puts = (): readonly ScriptedRequest['headers'][] =>
  (aws?.requests ?? []).filter(({ operation }) => operation.startsWith('PUT')).map(({ headers }) => headers);

const stored = (version?: string): ScriptedAnswer => ({
  json: {},
  headers: { etag: '"new"', ...(version === undefined ? {} : { 'x-amz-version-id': version }) },
});
const refusal = (code: string, status: number): ScriptedAnswer => ({
  body: `<Error><Code>${code}</Code><Message>no</Message></Error>`,
  type: 'application/xml',
  status,
});

test('an object is replaced as it was seen: its version, its encryption, its owner; the new version is told', async () => {
  const headers = {
    etag: '"old"',
    'x-amz-server-side-encryption': 'aws:kms',
    'x-amz-server-side-encryption-aws-kms-key-id': 'arn:aws:kms:eu-west-1:123456789012:key/1',
  };
  expect(await upload({ head: { json: {}, headers }, put: () => stored('v2') })).toEqual([
    'orders.bin uploaded (version v2)',
  ]);
  expect(puts()).toHaveLength(1);
  expect(puts()[0]).toMatchObject({
    'if-match': '"old"',
    'x-amz-expected-bucket-owner': '123456789012',
    'x-amz-server-side-encryption': 'aws:kms',
    'x-amz-server-side-encryption-aws-kms-key-id': 'arn:aws:kms:eu-west-1:123456789012:key/1',
    'x-amz-checksum-sha256': createHash('sha256').update(body).digest('base64'),
  });
});

test('a new object takes the place of none', async () => {
  expect(await upload({ head: refusal('NotFound', 404), put: () => stored() })).toEqual(['orders.bin uploaded']);
  expect(puts()[0]).toMatchObject({ 'if-none-match': '*' });
  expect(puts()[0]).not.toHaveProperty('if-match');
  expect(puts()[0]).not.toHaveProperty('x-amz-server-side-encryption');
});

test('a bucket of another account gets nothing before the user says so', async () => {
  const head = refusal('NotFound', 404);
  const denied = await rejection(upload({ head, put: () => refusal('AccessDenied', 403) }));
  expect(denied.code).toBe('access-denied');
  expect(puts().every((headers) => headers['x-amz-expected-bucket-owner'] === '123456789012')).toBe(true);
  account?.dispose();
  await aws?.close();
  const put = (): ScriptedAnswer =>
    puts().at(-1)?.['x-amz-expected-bucket-owner'] === undefined ? stored() : refusal('AccessDenied', 403);
  expect(await upload({ head, put, confirm: () => true })).toEqual(['orders.bin uploaded']);
  expect(puts().at(-1)).not.toHaveProperty('x-amz-expected-bucket-owner');
});

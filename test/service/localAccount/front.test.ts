import { connect } from 'node:net';
import { GetRoleCommand, IAM } from '@aws-sdk/client-iam';
import { S3 } from '@aws-sdk/client-s3';
import { STS } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accountVersion } from '../../../src/local-account/version.ts';
import { accessKeyId, startTestAccount, type TestAccount } from './account.ts';

let account: TestAccount;

beforeAll(async () => {
  account = await startTestAccount();
});
afterAll(async () => {
  await account.dispose();
});

const scope = (service: string, key = accessKeyId): string =>
  `AWS4-HMAC-SHA256 Credential=${key}/20260101/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=0`;

async function send(path: string, init: RequestInit): Promise<{ status: number; body: string }> {
  const reply = await fetch(account.client.endpoint + path, init);
  return { status: reply.status, body: await reply.text() };
}

/** Sends bytes as they are and gives what came back until the server closes. */
async function sendRaw(bytes: string): Promise<string> {
  return await new Promise((resolve, reject) => {
    const socket = connect(account.server.port, '127.0.0.1', () => socket.end(bytes));
    let reply = '';
    socket.on('data', (chunk) => (reply += chunk.toString()));
    socket.on('close', () => resolve(reply));
    socket.on('error', reject);
  });
}

describe('who is let in', () => {
  it('says who is calling', async () => {
    const identity = await new STS(account.client).getCallerIdentity({});
    expect(identity).toMatchObject({ Account: '000000000000', Arn: 'arn:aws:iam::000000000000:user/local' });
    const role = await new IAM(account.client).send(new GetRoleCommand({ RoleName: 'glue' }));
    expect(role.Role?.Arn).toBe('arn:aws:iam::000000000000:role/glue');
  });

  it('refuses another access key in the words of each protocol', async () => {
    const stranger = { ...account.client, credentials: { accessKeyId: 'AKIASOMEBODY', secretAccessKey: 'x' } };
    await expect(new STS(stranger).getCallerIdentity({})).rejects.toMatchObject({ name: 'InvalidClientTokenId' });
    await expect(new S3(stranger).listBuckets({})).rejects.toMatchObject({ name: 'InvalidAccessKeyId' });
    const json = await send('/', {
      method: 'POST',
      headers: { 'x-amz-target': 'AWSGlue.GetJobs', authorization: scope('glue', 'OTHER') },
      body: '{}',
    });
    expect(json.body).toContain('UnrecognizedClientException');
  });

  it('refuses who does not sign, and other origins on the control path', async () => {
    expect((await send('/', { method: 'GET' })).status).toBe(403);
    expect((await send('/_sluice/health', { method: 'GET' })).status).toBe(403);
    const health = await send('/_sluice/health', { headers: { authorization: `Bearer ${accessKeyId}` } });
    expect(JSON.parse(health.body)).toMatchObject({ version: accountVersion, problems: [] });
  });
});

describe('broken requests', () => {
  it.each([
    ['not HTTP at all', '\u0000\u0001garbage\r\n\r\n'],
    ['a header without end', `GET / HTTP/1.1\r\n${'x'.repeat(40_000)}`],
    ['a bad length', 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n'],
  ])('answers %s with 400', async (_name, bytes) => {
    expect(await sendRaw(bytes)).toMatch(/^HTTP\/1\.1 4\d\d /);
  });

  it.each(['/%', '/data/%E0%A4', '/data?list-type=2&max-keys=many', '/data?nonsense&uploads=&acl'])(
    'answers the path %s with a client error',
    async (path) => {
      const reply = await send(path, { headers: { authorization: scope('s3') } });
      expect(reply.status).toBeGreaterThanOrEqual(400);
      expect(reply.body).toMatch(/<Code>\w+<\/Code>/);
    },
  );

  it.each(['', '<', '<Delete>', '<Delete><Object></Delete>', '<a/>', '{"a":1}', '<!DOCTYPE a><a/>', '<a>'.repeat(100)])(
    'answers the XML %s with MalformedXML',
    async (body) => {
      await new S3(account.client).createBucket({ Bucket: 'xml' });
      const reply = await send('/xml?delete', { method: 'POST', headers: { authorization: scope('s3') }, body });
      expect(reply).toMatchObject({ status: 400 });
      expect(reply.body).toContain('MalformedXML');
    },
  );

  it.each(['zz\r\n', '5\r\nabc', '-1\r\n\r\n', 'ffffffffffffffffff\r\n', '3\r\nabcde\r\n0\r\n\r\n'])(
    'answers the chunks %j with IncompleteBody and keeps nothing',
    async (body) => {
      await new S3(account.client).createBucket({ Bucket: 'chunks' });
      const headers = { authorization: scope('s3'), 'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER' };
      const reply = await send('/chunks/key', { method: 'PUT', headers, body });
      expect(reply).toMatchObject({ status: 400 });
      expect(reply.body).toContain('IncompleteBody');
      expect((await new S3(account.client).listObjectsV2({ Bucket: 'chunks' })).KeyCount).toBe(0);
    },
  );

  it('refuses a form that asks for nothing it knows', async () => {
    const headers = { authorization: scope('sts'), 'content-type': 'application/x-www-form-urlencoded' };
    const reply = await send('/', { method: 'POST', headers, body: 'Action=__proto__' });
    expect(reply).toMatchObject({ status: 400 });
    expect(reply.body).toContain('InvalidAction');
  });
});

import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { Glue } from '@aws-sdk/client-glue';
import { S3 } from '@aws-sdk/client-s3';
import { SFN } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { silentLog } from '../../../src/core/base/log.ts';
import { ensureLocalAccount, type LocalAccount } from '../../../src/processes/localAccount/ensureLocalAccount.ts';
import { endProcessTree } from '../../../src/processes/processTree.ts';
import { pythonCache } from './account.ts';
import { buildEntry } from './buildEntry.ts';

/** More of them by hand: SLUICE_TEST_KILLS=100. */
const kills = Number(process.env['SLUICE_TEST_KILLS'] ?? 5);

let folder: string;
let entry: string;
let stateFolder: string;
let pid = 0;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sluice-kills-'));
  stateFolder = join(folder, 'state');
  entry = await buildEntry(folder);
}, 60_000);
afterAll(async () => {
  if (pid > 0) await endProcessTree(pid);
  await rm(folder, { recursive: true, force: true });
});

async function open(): Promise<{ account: LocalAccount; glue: Glue; s3: S3; sfn: SFN; logs: CloudWatchLogs }> {
  const account = await ensureLocalAccount({
    entry,
    stateFolder,
    cacheFolder: pythonCache,
    idleExitSeconds: 5,
    log: silentLog,
  });
  const { endpoint, credentials } = account;
  const config = { endpoint, credentials, region: 'us-east-1', maxAttempts: 1 };
  const s3 = new S3({ ...config, forcePathStyle: true });
  return { account, glue: new Glue(config), s3, sfn: new SFN(config), logs: new CloudWatchLogs(config) };
}

async function health({
  endpoint,
  credentials: { accessKeyId },
}: LocalAccount): Promise<{ readonly pid: number; readonly problems: readonly unknown[] }> {
  const reply = await fetch(`${endpoint}/_sluice/health`, { headers: { authorization: `Bearer ${accessKeyId}` } });
  return (await reply.json()) as { readonly pid: number; readonly problems: readonly unknown[] };
}

async function filesBelow(path: string): Promise<readonly string[]> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map(({ name, parentPath }) => join(parentPath, name));
}

const body = (key: string): string => `${key} `.repeat(2_000);
const pass = JSON.stringify({ StartAt: 'P', States: { P: { Type: 'Pass', End: true } } });

it('is killed in the middle of its work again and again, and loses nothing that it had confirmed', async () => {
  const confirmed = { objects: new Set<string>(), jobs: new Set<string>(), executions: new Set<string>() };
  const lines: string[] = [];
  for (let kill = 0; kill <= kills; kill++) {
    const { account, glue, s3, sfn, logs } = await open();
    const state = await health(account);
    pid = state.pid;
    expect(state.problems).toEqual([]);
    expect((await filesBelow(stateFolder)).filter((name) => /\.(tmp|corrupt)$/.test(name))).toEqual([]);
    for (const key of confirmed.objects) {
      const { Body } = await s3.getObject({ Bucket: 'lake', Key: key });
      expect(await Body?.transformToString()).toBe(body(key));
    }
    for (const { Size } of kill === 0 ? [] : ((await s3.listObjectsV2({ Bucket: 'lake' })).Contents ?? [])) {
      expect(Size).toBeGreaterThanOrEqual(body('0-0').length);
    }
    for (const JobName of confirmed.jobs) await glue.getJob({ JobName });
    if (kill > 0) {
      // What was begun is there to be ended, and a crawl that was cut off can be started once more.
      const { Uploads = [] } = await s3.listMultipartUploads({ Bucket: 'lake' });
      for (const { Key, UploadId } of Uploads) await s3.abortMultipartUpload({ Bucket: 'lake', Key, UploadId });
      await expect
        .poll(async () => (await glue.getCrawler({ Name: 'crawl' })).Crawler?.State, { timeout: 30_000 })
        .toBe('READY');
      await glue.startCrawler({ Name: 'crawl' });
    }
    for (const executionArn of confirmed.executions) {
      await expect.poll(async () => (await sfn.describeExecution({ executionArn })).status).not.toBe('RUNNING');
      const { events = [] } = await sfn.getExecutionHistory({ executionArn });
      expect(events.map(({ id }) => id)).toEqual(events.map((_event, index) => index + 1));
    }
    if (kill === 0) {
      await s3.createBucket({ Bucket: 'lake' });
      await s3.createBucket({ Bucket: 'raw' });
      await s3.putObject({ Bucket: 'raw', Key: 'orders/day=1/a.csv', Body: 'id,total\n1,2\n' });
      const Targets = { S3Targets: [{ Path: 's3://raw/orders/' }] };
      await glue.createCrawler({ Name: 'crawl', Role: 'r', DatabaseName: 'raw', Targets });
      await logs.createLogGroup({ logGroupName: 'log' });
      await logs.createLogStream({ logGroupName: 'log', logStreamName: 'lines' });
      await sfn.createStateMachine({ name: 'pass', roleArn: 'arn:aws:iam::000000000000:role/r', definition: pass });
    }
    const read = await logs.getLogEvents({ logGroupName: 'log', logStreamName: 'lines', startFromHead: true });
    const messages = (read.events ?? []).map(({ message = '' }) => message);
    expect(messages).toEqual(expect.arrayContaining(lines));
    if (kill === kills) return;
    const stateMachineArn = 'arn:aws:states:us-east-1:000000000000:stateMachine:pass';
    let isKilled = false;
    const repeat = async (work: (index: number) => Promise<void>): Promise<void> => {
      // What the kill cuts off was not confirmed.
      for (let index = 0; !isKilled; index++) await work(index).catch(() => undefined);
    };
    const working = [
      repeat(async (index) => {
        const Key = `${kill}-${index}`;
        await s3.putObject({ Bucket: 'lake', Key, Body: body(Key) });
        confirmed.objects.add(Key);
      }),
      repeat(async (index) => {
        const Key = `parts-${kill}-${index}`;
        const place = {
          Bucket: 'lake',
          Key,
          UploadId: (await s3.createMultipartUpload({ Bucket: 'lake', Key })).UploadId,
        };
        const { ETag } = await s3.uploadPart({ ...place, PartNumber: 1, Body: body(Key) });
        await s3.completeMultipartUpload({ ...place, MultipartUpload: { Parts: [{ PartNumber: 1, ETag }] } });
        confirmed.objects.add(Key);
      }),
      repeat(async () => {
        await glue.startCrawler({ Name: 'crawl' });
      }),
      repeat(async (index) => {
        const Name = `job-${kill}-${index}`;
        await glue.createJob({ Name, Role: 'r', Command: { Name: 'pythonshell', ScriptLocation: 's3://lake/x.py' } });
        confirmed.jobs.add(Name);
      }),
      repeat(async () => {
        const { executionArn = '' } = await sfn.startExecution({ stateMachineArn });
        confirmed.executions.add(executionArn);
      }),
      repeat(async (index) => {
        const message = `line ${kill}-${index}`;
        const logEvents = [{ timestamp: Date.now(), message }];
        await logs.putLogEvents({ logGroupName: 'log', logStreamName: 'lines', logEvents });
        lines.push(message);
      }),
    ];
    // Any moment: not so late that reading all of it back takes long.
    await new Promise((resolve) => setTimeout(resolve, 20 + Math.random() * 250));
    process.kill(pid, 'SIGKILL');
    isKilled = true;
    await account.ended;
    await Promise.all(working);
  }
}, 300_000);

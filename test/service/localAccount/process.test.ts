import { spawn, type ChildProcess } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { Glue } from '@aws-sdk/client-glue';
import { IAM } from '@aws-sdk/client-iam';
import { SFN } from '@aws-sdk/client-sfn';
import { S3 } from '@aws-sdk/client-s3';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { silentLog } from '../../../src/core/base/log.ts';
import { ensureLocalAccount, type LocalAccount } from '../../../src/processes/localAccount/ensureLocalAccount.ts';
import { endProcessTree } from '../../../src/processes/processTree.ts';
import { askEvents, pythonCache } from './account.ts';
import { buildEntry } from './buildEntry.ts';

let built: string;
let entry: string;
let stateFolder: string;
const held: LocalAccount[] = [];

beforeAll(async () => {
  built = await mkdtemp(join(tmpdir(), 'sluice-entry-'));
  entry = await buildEntry(built);
}, 60_000);
afterAll(async () => {
  await rm(built, { recursive: true, force: true });
});

beforeEach(async () => {
  stateFolder = await mkdtemp(join(tmpdir(), 'sluice-process-'));
});
afterEach(async () => {
  for (const account of held.splice(0)) account.dispose();
  await endProcessTree(await pid().catch(() => 2 ** 22 + 1));
  await rm(stateFolder, { recursive: true, force: true });
});

async function ensure(folder = stateFolder): Promise<LocalAccount> {
  const account = await ensureLocalAccount({
    entry,
    stateFolder: folder,
    cacheFolder: pythonCache,
    idleExitSeconds: 1,
    log: silentLog,
  });
  held.push(account);
  return account;
}

const pid = async (): Promise<number> =>
  (JSON.parse(await readFile(join(stateFolder, 'endpoint.json'), 'utf8')) as { pid: number }).pid;

function clients(account: LocalAccount) {
  const config = { endpoint: account.endpoint, credentials: account.credentials, region: 'us-east-1', maxAttempts: 1 };
  return {
    logs: new CloudWatchLogs(config),
    sfn: new SFN(config),
    iam: new IAM(config),
    glue: new Glue(config),
    s3: new S3({ ...config, forcePathStyle: true }),
  };
}

/** The system may close the connections of a killed process before its port. */
async function listens(server: Server, port: number): Promise<boolean> {
  return await new Promise((resolve) => {
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => resolve(true));
  });
}

async function until(isTrue: () => Promise<boolean>): Promise<void> {
  while (!(await isTrue())) await new Promise((resolve) => setTimeout(resolve, 50));
}

describe('the process of the account', () => {
  it('is one, however many windows ask at once, and its secrets are the user’s own', async () => {
    const accounts = await Promise.all(Array.from({ length: 6 }, async () => await ensure()));
    expect(new Set(accounts.map(({ endpoint }) => endpoint)).size).toBe(1);
    expect((await stat(join(stateFolder, 'endpoint.json'))).mode & 0o077).toBe(0);
    expect((await stat(stateFolder)).mode & 0o077).toBe(0);
    await clients(accounts[0]!).s3.createBucket({ Bucket: 'shared' });
    expect((await clients(accounts[5]!).s3.listBuckets({})).Buckets).toHaveLength(1);
  });

  it('comes back after a kill at the same address with its state, and ends what it left running', async () => {
    const first = await ensure();
    const { glue, s3, logs, sfn } = clients(first);
    await s3.createBucket({ Bucket: 'scripts' });
    const script = 'import os, time\nprint(os.getpid(), flush=True)\ntime.sleep(600)';
    await s3.putObject({ Bucket: 'scripts', Key: 'a.py', Body: script });
    await glue.createJob({
      Name: 'a',
      Role: 'r',
      Command: { Name: 'pythonshell', ScriptLocation: 's3://scripts/a.py' },
    });
    const { JobRunId: RunId } = await glue.startJobRun({ JobName: 'a' });
    await until(async () => (await glue.getJobRun({ JobName: 'a', RunId })).JobRun?.JobRunState === 'RUNNING');
    let scriptPid = 0;
    await until(async () => {
      const output = { logGroupName: '/aws-glue/python-jobs/output', logStreamName: RunId };
      const page = await logs.getLogEvents(output).catch(() => undefined);
      scriptPid = Number(page?.events?.at(-1)?.message ?? 0);
      return scriptPid > 0;
    });
    const waiting = { StartAt: 'W', States: { W: { Type: 'Wait', Seconds: 600, End: true } } };
    const { stateMachineArn } = await sfn.createStateMachine({
      name: 'waiting',
      roleArn: 'arn:aws:iam::000000000000:role/r',
      definition: JSON.stringify(waiting),
    });
    const { executionArn } = await sfn.startExecution({ stateMachineArn });
    await until(async () => ((await sfn.getExecutionHistory({ executionArn })).events?.length ?? 0) >= 2);
    process.kill(await pid(), 'SIGKILL');
    await first.ended;
    expect(() => process.kill(scriptPid, 0)).not.toThrow();
    const second = await ensure();
    expect(second.endpoint).toBe(first.endpoint);
    expect(second.credentials.accessKeyId).toBe(first.credentials.accessKeyId);
    expect(() => process.kill(scriptPid, 0)).toThrow();
    const { JobRun } = await clients(second).glue.getJobRun({ JobName: 'a', RunId });
    expect(JobRun).toMatchObject({ JobRunState: 'FAILED' });
    expect(JobRun?.ErrorMessage).toContain('ended while this run was on');
    const again = clients(second).sfn;
    expect(await again.describeExecution({ executionArn })).toMatchObject({ status: 'ABORTED' });
    const { events = [] } = await again.getExecutionHistory({ executionArn });
    expect(events.map(({ id }) => id)).toEqual(events.map((_event, index) => index + 1));
    expect(events.at(-1)?.type).toBe('ExecutionAborted');
  }, 120_000);

  it('is replaced where it hangs, at the same address', { timeout: 60_000 }, async () => {
    const first = await ensure();
    process.kill(await pid(), 'SIGSTOP');
    const second = await ensure();
    expect(second.endpoint).toBe(first.endpoint);
    expect((await clients(second).s3.listBuckets({})).Buckets ?? []).toEqual([]);
    await first.ended;
  });

  it('ends by itself some time after the last window has gone, and not before', async () => {
    const account = await ensure();
    const accountPid = await pid();
    await new Promise((resolve) => setTimeout(resolve, 2000));
    expect(() => process.kill(accountPid, 0)).not.toThrow();
    account.dispose();
    await until(async () => {
      try {
        process.kill(accountPid, 0);
        return false;
      } catch {
        return true;
      }
    });
  });

  it('takes another port where its own is taken meanwhile', async () => {
    const first = await ensure();
    process.kill(await pid(), 'SIGKILL');
    await first.ended;
    const squatter = createServer((_request, response) => response.end('<html>not yours</html>'));
    await until(async () => await listens(squatter, Number(new URL(first.endpoint).port)));
    const second = await ensure();
    expect(second.endpoint).not.toBe(first.endpoint);
    await clients(second).s3.listBuckets({});
    squatter.close();
  });

  it('is reset on request: not while a run is on, then to nothing, at the same address', async () => {
    const first = await ensure();
    const { s3, sfn, iam } = clients(first);
    await s3.createBucket({ Bucket: 'data' });
    await s3.putObject({ Bucket: 'data', Key: 'a.txt', Body: 'a' });
    const definition = JSON.stringify({ StartAt: 'W', States: { W: { Type: 'Wait', Seconds: 600, End: true } } });
    const { stateMachineArn } = await sfn.createStateMachine({
      name: 'w',
      roleArn: 'arn:aws:iam::0:role/r',
      definition,
    });
    const { executionArn } = await sfn.startExecution({ stateMachineArn });
    await expect(first.reset()).rejects.toMatchObject({ code: 'conflict' });
    expect((await sfn.describeExecution({ executionArn })).status).toBe('RUNNING');
    await sfn.stopExecution({ executionArn });
    const Principal = { Service: 'glue.amazonaws.com' };
    const Statement = [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal }];
    const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
    await iam.createRole({ RoleName: 'etl', AssumeRolePolicyDocument });
    const { endpoint, credentials } = first;
    const rule = { Name: 'nightly', ScheduleExpression: 'rate(1 day)' };
    const reply = await askEvents({ endpoint, ...credentials }, 'PutRule', rule);
    expect(reply).toContain('rule/nightly');
    await first.reset();
    const second = await ensure();
    const left = (await readdir(stateFolder, { recursive: true, withFileTypes: true })).filter((each) => each.isFile());
    expect(left.map(({ name }) => name).sort()).toEqual(['endpoint.json', 'process.lock', 'process.log']);
    expect(second.endpoint).toBe(first.endpoint);
    expect(second.credentials.accessKeyId).toBe(first.credentials.accessKeyId);
    const after = clients(second);
    expect((await after.s3.listBuckets({})).Buckets ?? []).toEqual([]);
    expect((await after.sfn.listStateMachines({})).stateMachines).toEqual([]);
  });

  it('sets a corrupt state file aside, names it, and goes on with the rest', async () => {
    const first = await ensure();
    const { glue } = clients(first);
    for (const Name of ['good', 'bad']) {
      await glue.createJob({ Name, Role: 'r', Command: { Name: 'pythonshell', ScriptLocation: 's3://a/b.py' } });
    }
    process.kill(await pid(), 'SIGKILL');
    await first.ended;
    const file = join(stateFolder, 'glue', 'jobs', 'bad.json');
    await writeFile(file, '{"key":"bad","val');
    await writeFile(join(stateFolder, 'endpoint.json'), 'not json');
    await writeFile(join(stateFolder, 'glue', 'jobs', 'half.json.0000.tmp'), '{');
    const second = await ensure();
    expect(second.problems).toMatchObject([{ file, setAsideAs: `${file}.corrupt` }]);
    expect((await clients(second).glue.listJobs({})).JobNames).toEqual(['good']);
    expect(await readFile(`${file}.corrupt`, 'utf8')).toBe('{"key":"bad","val');
    await expect(stat(join(stateFolder, 'glue', 'jobs', 'half.json.0000.tmp'))).rejects.toThrow();
  });

  it('says what is wrong when it cannot start', async () => {
    const missing = ensureLocalAccount({ entry: join(built, 'missing.js'), stateFolder, log: silentLog });
    await expect(missing).rejects.toMatchObject({
      code: 'process-failed',
      help: expect.stringContaining('is missing') as string,
    });
  });

  it('stops waiting when nobody wants it any more', async () => {
    const aborted = ensureLocalAccount({ entry, stateFolder, idleExitSeconds: 1, log: silentLog }, AbortSignal.abort());
    await expect(aborted).rejects.toMatchObject({ name: 'AbortError' });
  });
});

describe('sluice local', () => {
  async function run(...args: string[]): Promise<{ code: number | null; output: string; child: ChildProcess }> {
    const child = spawn(process.execPath, [entry, 'local', ...args]);
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
    return await new Promise((resolve) => {
      child.on('exit', (code) => resolve({ code, output, child }));
      child.stdout.on('data', () => {
        if (output.includes('only you can read')) child.kill('SIGTERM');
      });
    });
  }

  it('runs on the port that was asked for until it is told to end', async () => {
    const { code, output } = await run('--state', stateFolder, '--port', '0');
    expect(code).toBe(0);
    expect(output).toMatch(/Local account at http:\/\/127\.0\.0\.1:\d+/);
    expect(output).not.toContain(
      (JSON.parse(await readFile(join(stateFolder, 'endpoint.json'), 'utf8')) as { secretAccessKey: string })
        .secretAccessKey,
    );
  });

  it('says which port is taken, and which flag it does not know', async () => {
    const squatter = createServer();
    await new Promise<void>((resolve) => squatter.listen(0, '127.0.0.1', resolve));
    const { port } = squatter.address() as { port: number };
    expect(await run('--state', stateFolder, '--port', String(port))).toMatchObject({ code: 4 });
    expect((await run('--nonsense')).output).toContain("Unknown option '--nonsense'");
    squatter.close();
  });
});

import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { Glue } from '@aws-sdk/client-glue';
import { S3 } from '@aws-sdk/client-s3';
import { SFN } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildEntry } from './buildEntry.ts';

// The process of the account under load, and on a disk that is full.
const roleArn = 'arn:aws:iam::000000000000:role/r';
const pieceBytes = 1024 * 1024;
/** 1 GB. */
const pieces = 1024;

let folder: string;
let entry: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sluice-load-'));
  entry = await buildEntry(folder);
}, 60_000);
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

interface Started {
  readonly s3: S3;
  readonly sfn: SFN;
  readonly glue: Glue;
  /** Most memory that the process held so far, in bytes. */
  readonly peak: () => number;
  readonly stop: () => Promise<void>;
}

/** Starts the account as a process; `wrap` puts another program around it, which must end up as it (`exec`). */
async function startProcess(state: string, wrap: (command: readonly string[]) => readonly string[]): Promise<Started> {
  const [program = '', ...args] = wrap([process.execPath, entry, '--state', state, '--region', 'us-east-1']);
  const child: ChildProcess = spawn(program, args, { stdio: 'ignore' });
  const ended = new Promise((resolve) => child.once('close', resolve));
  const endpointFile = join(`/proc/${child.pid ?? 0}/root`, state, 'endpoint.json');
  while (!existsSync(endpointFile)) await sleep(50);
  const { port, accessKeyId, secretAccessKey } = JSON.parse(await readFile(endpointFile, 'utf8')) as Record<
    string,
    string
  >;
  const client = {
    endpoint: `http://127.0.0.1:${port ?? ''}`,
    region: 'us-east-1',
    credentials: { accessKeyId: accessKeyId ?? '', secretAccessKey: secretAccessKey ?? '' },
    maxAttempts: 1,
  };
  return {
    s3: new S3({
      ...client,
      forcePathStyle: true,
      // The client's checksums, in JavaScript, would take longer than all the rest.
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
    }),
    sfn: new SFN(client),
    glue: new Glue(client),
    peak: () => Number(/VmHWM:\s*(\d+) kB/.exec(readFileSync(`/proc/${child.pid ?? 0}/status`, 'utf8'))?.[1]) * 1024,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

function* bytes(): Generator<Buffer> {
  const zeros = Buffer.alloc(pieceBytes);
  for (let piece = 0; piece < pieces; piece++) yield zeros;
}

describe.runIf(process.platform === 'linux')('under load (memory is read from /proc)', () => {
  let account: Started;
  beforeAll(async () => {
    account = await startProcess(join(folder, 'state'), (command) => command);
  }, 90_000);
  afterAll(async () => {
    await account.stop();
  });

  it('stores and gives 1 GB in constant memory', { timeout: 300_000 }, async () => {
    const { s3 } = account;
    await s3.createBucket({ Bucket: 'lake' });
    await s3.putObject({ Bucket: 'lake', Key: 'small', Body: 'warm' });
    const before = account.peak();
    const ContentLength = pieces * pieceBytes;
    await s3.putObject({ Bucket: 'lake', Key: 'large', Body: Readable.from(bytes()), ContentLength });
    let got = 0;
    const { Body } = await s3.getObject({ Bucket: 'lake', Key: 'large' });
    for await (const piece of Body as AsyncIterable<Uint8Array>) got += piece.byteLength;
    expect(got).toBe(ContentLength);
    expect(account.peak() - before).toBeLessThan(120 * 1024 * 1024);
    await s3.deleteObject({ Bucket: 'lake', Key: 'large' });
  });

  it('runs 200 executions at once', { timeout: 120_000 }, async () => {
    const { sfn } = account;
    const definition = JSON.stringify({
      StartAt: 'Wait',
      States: { Wait: { Type: 'Wait', Seconds: 1, Next: 'Done' }, Done: { Type: 'Pass', End: true } },
    });
    const { stateMachineArn } = await sfn.createStateMachine({ name: 'many', roleArn, definition });
    const started = await Promise.all(
      Array.from(
        { length: 200 },
        async (_, n) => await sfn.startExecution({ stateMachineArn, input: JSON.stringify({ n }) }),
      ),
    );
    await expect
      .poll(
        async () =>
          (await sfn.listExecutions({ stateMachineArn, statusFilter: 'SUCCEEDED', maxResults: 1000 })).executions
            ?.length,
        { timeout: 90_000, interval: 200 },
      )
      .toBe(200);
    const last = await sfn.describeExecution({ executionArn: started.at(-1)?.executionArn });
    expect(last.output).toBe('{"n":199}');
  });

  it('maps over 10,000 items in bounded memory', { timeout: 180_000 }, async () => {
    const { s3, sfn } = account;
    const lines = Array.from({ length: 10_000 }, (_, n) => JSON.stringify({ n, text: 'x'.repeat(500) })).join('\n');
    await s3.putObject({ Bucket: 'lake', Key: 'items.jsonl', Body: lines });
    const definition = JSON.stringify({
      StartAt: 'Each',
      States: {
        Each: {
          Type: 'Map',
          ItemReader: {
            Resource: 'arn:aws:states:::s3:getObject',
            ReaderConfig: { InputType: 'JSONL' },
            Parameters: { Bucket: 'lake', Key: 'items.jsonl' },
          },
          ItemProcessor: {
            ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
            StartAt: 'Keep',
            States: { Keep: { Type: 'Pass', End: true } },
          },
          ResultWriter: { Resource: 'arn:aws:states:::s3:putObject', Parameters: { Bucket: 'lake', Prefix: 'out' } },
          End: true,
        },
      },
    });
    const { stateMachineArn } = await sfn.createStateMachine({ name: 'mapped', roleArn, definition });
    const before = account.peak();
    const { executionArn } = await sfn.startExecution({ stateMachineArn });
    await expect
      .poll(async () => (await sfn.describeExecution({ executionArn })).status, { timeout: 150_000, interval: 200 })
      .toBe('SUCCEEDED');
    const { mapRuns = [] } = await sfn.listMapRuns({ executionArn });
    const run = await sfn.describeMapRun({ mapRunArn: mapRuns[0]?.mapRunArn });
    expect(run.itemCounts).toMatchObject({ succeeded: 10_000, resultsWritten: 10_000 });
    expect(account.peak() - before).toBeLessThan(200 * 1024 * 1024);
  });
});

/** Whether this machine lets a process have a small disk of its own. */
function canMount(): boolean {
  try {
    execFileSync('unshare', ['-rm', 'sh', '-c', `mount -t tmpfs -o size=1m tmpfs ${tmpdir()}`], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

it.runIf(canMount())(
  'a full disk refuses what needs room, loses nothing, and is left behind (needs unshare)',
  { timeout: 120_000 },
  async () => {
    const disk = join(folder, 'disk');
    await mkdir(disk);
    const account = await startProcess(join(disk, 'state'), (command) => [
      'unshare',
      '-rm',
      'sh',
      '-c',
      'mount -t tmpfs -o size=8m tmpfs "$0" && exec "$@"',
      disk,
      ...command,
    ]);
    try {
      const { s3, sfn, glue } = account;
      await s3.createBucket({ Bucket: 'lake' });
      await s3.putObject({ Bucket: 'lake', Key: 'kept', Body: 'kept' });
      const definition = JSON.stringify({ StartAt: 'P', States: { P: { Type: 'Pass', End: true } } });
      const { stateMachineArn } = await sfn.createStateMachine({ name: 'm', roleArn, definition });
      const large = s3.putObject({ Bucket: 'lake', Key: 'large', Body: Buffer.alloc(12 * pieceBytes) });
      await expect(large).rejects.toThrow('disk of the local account is full');
      await expect(s3.headObject({ Bucket: 'lake', Key: 'large' })).rejects.toMatchObject({ name: 'NotFound' });
      // What was half-written is gone, so that the rest of the disk can be filled to the brim.
      let filled = 0;
      for (const size of [pieceBytes, 65_536, 4096, 1]) {
        for (;;) {
          const put = s3.putObject({ Bucket: 'lake', Key: `fill-${filled}`, Body: Buffer.alloc(size) });
          if (
            !(await put.then(
              () => true,
              () => false,
            ))
          )
            break;
          filled++;
        }
      }
      expect(filled).toBeGreaterThan(4);
      const Command = { Name: 'pythonshell', ScriptLocation: 's3://lake/x.py' };
      await expect(glue.createJob({ Name: 'j', Role: roleArn, Command })).rejects.toThrow(
        'disk of the local account is full',
      );
      await sfn.startExecution({ stateMachineArn }).catch(() => undefined);
      await sleep(200);
      for (let n = 0; n < filled; n++) await s3.deleteObject({ Bucket: 'lake', Key: `fill-${n}` });
      const { Body } = await s3.getObject({ Bucket: 'lake', Key: 'kept' });
      expect(await Body?.transformToString()).toBe('kept');
      await glue.createJob({ Name: 'j', Role: roleArn, Command });
      const { executionArn } = await sfn.startExecution({ stateMachineArn });
      await expect
        .poll(async () => (await sfn.describeExecution({ executionArn })).status, { timeout: 30_000 })
        .toBe('SUCCEEDED');
    } finally {
      await account.stop();
    }
  },
);

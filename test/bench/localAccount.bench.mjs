// Executions over HTTP beside moto, and objects put and got beside moto and ministack. Each pair runs in turns on
// the same machine; the medians count.
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { S3 } from '@aws-sdk/client-s3';
import { SFN } from '@aws-sdk/client-sfn';
import * as esbuild from 'esbuild';
import { startEmulator } from '../support/emulators.mjs';

export const name = 'Local connection, beside moto and ministack';
const ROUNDS = 3;
const roleArn = 'arn:aws:iam::123456789012:role/bench';

const states = {
  Prepare: { Type: 'Pass', Parameters: { 'rows.$': '$.rows', table: 'orders' }, Next: 'Any' },
  Any: {
    Type: 'Choice',
    Choices: [{ Variable: '$.table', StringEquals: 'orders', Next: 'Each' }],
    Default: 'Nothing',
  },
  Each: {
    Type: 'Map',
    ItemsPath: '$.rows',
    Iterator: {
      StartAt: 'Shape',
      States: {
        Shape: { Type: 'Pass', Parameters: { 'id.$': '$.id', 'text.$': "States.Format('{}', $.id)" }, End: true },
      },
    },
    Next: 'Both',
  },
  Both: {
    Type: 'Parallel',
    Branches: [
      { StartAt: 'Left', States: { Left: { Type: 'Pass', End: true } } },
      { StartAt: 'Right', States: { Right: { Type: 'Pass', End: true } } },
    ],
    Next: 'Done',
  },
  Nothing: { Type: 'Fail', Error: 'NoTable' },
  Done: { Type: 'Succeed' },
};
const definition = { StartAt: 'Prepare', States: states };
const input = { rows: Array.from({ length: 10 }, (_, id) => ({ id })) };

async function bundle(folder) {
  const outfile = join(folder, 'localAccount.js');
  await esbuild.build({
    entryPoints: ['src/local-account/main.ts'],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20.19',
    mainFields: ['module', 'main'],
  });
  return outfile;
}

async function startAccount(entry, folder) {
  const state = join(folder, 'state');
  const child = spawn(process.execPath, [entry, '--state', state, '--region', 'us-east-1'], { stdio: 'ignore' });
  const ended = new Promise((resolve) => child.once('close', resolve));
  const onExit = () => child.kill('SIGKILL');
  process.once('exit', onExit);
  while (!existsSync(join(state, 'endpoint.json'))) await sleep(50);
  const { port, accessKeyId, secretAccessKey } = JSON.parse(readFileSync(join(state, 'endpoint.json'), 'utf8'));
  const stop = async () => {
    process.removeListener('exit', onExit);
    child.kill('SIGTERM');
    await ended;
  };
  return { endpoint: `http://127.0.0.1:${port}`, credentials: { accessKeyId, secretAccessKey }, stop };
}

const configOf = ({ endpoint, credentials = { accessKeyId: 'bench', secretAccessKey: 'bench' } }) => ({
  endpoint,
  credentials,
  region: 'us-east-1',
  maxAttempts: 1,
  requestChecksumCalculation: 'WHEN_REQUIRED',
});

/** Milliseconds for an execution, forty of them, eight at a time, followed to their end. */
async function executionMs(where) {
  const sfn = new SFN(configOf(where));
  const { stateMachineArn } = await sfn.createStateMachine({
    name: 'bench',
    roleArn,
    definition: JSON.stringify(definition),
  });
  const one = async () => {
    const name = randomUUID();
    const { executionArn } = await sfn.startExecution({ stateMachineArn, name, input: JSON.stringify(input) });
    for (;;) {
      const { status } = await sfn.describeExecution({ executionArn });
      if (status === 'SUCCEEDED') return;
      if (status !== 'RUNNING') throw new Error(`The execution at ${where.endpoint} ended as ${status}.`);
      await sleep(2);
    }
  };
  return await wallMs(one, 40, 8);
}

async function objectMs(where, { bytes, count, width }) {
  const s3 = new S3({ ...configOf(where), forcePathStyle: true });
  const Bucket = `bench-${bytes}`;
  await s3.createBucket({ Bucket });
  const Body = Buffer.alloc(bytes, 7);
  let key = 0;
  return await wallMs(
    async () => {
      const Key = `object-${key++}`;
      await s3.putObject({ Bucket, Key, Body });
      const got = await s3.getObject({ Bucket, Key });
      if ((await got.Body.transformToByteArray()).byteLength !== bytes) throw new Error('An object came back short.');
    },
    count,
    width,
  );
}

/** Wall-clock milliseconds for one of `count`, `width` at a time; the first round warms up. */
async function wallMs(one, count, width) {
  const rounds = [];
  for (let round = 0; round <= ROUNDS; round++) {
    let left = count;
    const begin = performance.now();
    await Promise.all(
      Array.from({ length: width }, async () => {
        while (left-- > 0) await one();
      }),
    );
    if (round > 0) rounds.push((performance.now() - begin) / count);
  }
  return median(rounds);
}

function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}

async function startMoto() {
  const moto = await startEmulator('moto');
  const config = JSON.stringify({ stepfunctions: { execute_state_machine: true } });
  await fetch(`${moto.endpoint}/moto-api/config`, { method: 'POST', body: config });
  return moto;
}

export async function run() {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-bench-'));
  const started = [];
  try {
    const lines = [];
    const account = await bundle(folder);
    const local = await startAccount(account, folder);
    started.push(local);
    const moto = await startMoto();
    started.push(moto);
    const ministack = await startEmulator('ministack');
    started.push(ministack);
    lines.push({
      what: 'an execution over HTTP, moto',
      ours: await executionMs(local),
      peer: await executionMs(moto),
      unit: 'ms',
      limit: 1 / 5,
    });
    for (const [size, plan] of [
      ['16 KB', { bytes: 16_384, count: 60, width: 8 }],
      ['8 MB', { bytes: 8_388_608, count: 4, width: 2 }],
    ]) {
      const mine = await objectMs(local, plan);
      for (const [what, where] of [
        ['moto', moto],
        ['ministack', ministack],
      ]) {
        lines.push({
          what: `put and get of ${size}, ${what}`,
          ours: mine,
          peer: await objectMs(where, plan),
          unit: 'ms',
          limit: 1,
        });
      }
    }
    return lines;
  } finally {
    for (const each of started) await each.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

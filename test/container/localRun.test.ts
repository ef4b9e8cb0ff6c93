import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { silentLog } from '../../src/core/base/log.ts';
import { storedZip } from '../../src/core/deploy/storedZip.ts';
import type { LocalEnd, LocalNews } from '../../src/core/runs/localRun.ts';
import { NewsQueue } from '../../src/core/runs/newsQueue.ts';
import { runInContainer, type ContainerRun } from '../../src/extension/localRuns/runInContainer.ts';
import { freeImageBytes } from '../../src/processes/docker/engineDisk.ts';
import { findEngine, type Engine } from '../../src/processes/docker/findEngine.ts';
import { ownerLabels, removeLeftovers } from '../../src/processes/docker/leftovers.ts';
import type { ServedCredentials } from '../../src/processes/docker/relay/credentialsServer.ts';
import { rejection } from '../support/rejection.ts';
import { stopAtLine } from './stopAtLine.ts';

// Whole runs, from the engine that is found to what is left when they are over.
const image = {
  reference: process.env['SLUICE_TEST_GLUE_IMAGE'] ?? '',
  glueVersion: '5.1',
  user: 'hadoop',
  home: '/home/hadoop',
};
/** Options of pip for an index that is a folder of the workspace. */
const wheelsOnly = '--no-index --find-links /home/hadoop/workspace/wheels';
let folder: string;
let engine: Engine;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sluice-local-run-'));
  mkdirSync(join(folder, 'wheels'));
  engine = await findEngine('docker', process.env);
});
afterAll(() => {
  for (const packages of ['greeting==1.0', 'debugpy']) {
    const label = `label=dev.sluice.layer=${wheelsOnly} ${packages}`;
    const layers = docker('images', '--quiet', '--filter', label).split('\n').filter(Boolean);
    if (layers.length > 0) docker('rmi', '--force', ...layers);
  }
  rmSync(folder, { recursive: true, force: true });
});

function docker(...args: readonly string[]): string {
  return execFileSync('docker', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();
}

interface Ran {
  readonly end: LocalEnd;
  readonly lines: readonly string[];
}

let count = 0;
async function run(
  script: string,
  job: Partial<ContainerRun['request']['job']> = {},
  extra: Partial<Pick<ContainerRun, 'debug' | 'surroundings'>> = {},
  change: Partial<Pick<ContainerRun['request'], 'sparkUiPort' | 'mappings'>> = {},
): Promise<Ran> {
  count += 1;
  const name = `job${count}.py`;
  writeFileSync(join(folder, name), script);
  const news = new NewsQueue<LocalNews>(1_000);
  const lines: string[] = [];
  const reading = (async () => {
    for (let batch = await news.take(); batch; batch = await news.take()) {
      for (const item of batch) {
        if (item.kind === 'line' || item.kind === 'block') lines.push(...item.text.split('\n'));
      }
    }
  })();
  const options: ContainerRun = {
    engine,
    image,
    request: {
      job: { name: 'job', kind: 'spark', arguments: {}, ...job },
      folder,
      script: name,
      scriptText: script,
      runId: runId(),
      files: new Map(),
      mappings: [],
      env: {},
      ...change,
    },
    surroundings: { reach: 'none', region: 'us-east-1', connectionId: 'machine' },
    log: silentLog,
    ...extra,
  };
  const end = await runInContainer(options, news, new AbortController().signal);
  news.close();
  await reading;
  return { end, lines };
}

function runId(): string {
  return `whole-${process.pid}-${count}`;
}

function containers(): string {
  return docker('ps', '--all', '--quiet', '--filter', `name=${runId()}`);
}

test('the engine is found, and what is in its way is said', async () => {
  expect(engine).toMatchObject({
    kind: 'docker',
    isRemote: false,
  });
  expect(engine.architecture).toMatch(/^(amd|arm)64$/);
  expect(await freeImageBytes(engine)).toBeGreaterThan(0);
  const nowhere = { ...process.env, DOCKER_HOST: 'tcp://127.0.0.1:9' };
  expect(await rejection(findEngine('docker', nowhere))).toMatchObject({ code: 'process-failed' });
  const none = { PATH: folder };
  expect(await rejection(findEngine('auto', none))).toMatchObject({ code: 'program-missing' });
});

test('packages are installed once for their list, without a network where the index is a folder', async () => {
  const files = [
    { path: 'greeting.py', text: 'WORD = "hello from the wheel"\n' },
    { path: 'greeting-1.0.dist-info/METADATA', text: 'Metadata-Version: 2.1\nName: greeting\nVersion: 1.0\n' },
    { path: 'greeting-1.0.dist-info/WHEEL', text: 'Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n' },
    { path: 'greeting-1.0.dist-info/RECORD', text: '' },
  ];
  const bytes = storedZip(files.map(({ path, text }) => ({ path, bytes: new TextEncoder().encode(text) })));
  writeFileSync(join(folder, 'wheels/greeting-1.0-py3-none-any.whl'), bytes);
  const values = {
    '--additional-python-modules': 'greeting==1.0',
    '--python-modules-installer-option': wheelsOnly,
  };
  const first = await run('import greeting; print(greeting.WORD)', { arguments: values });
  expect(first.end, first.lines.join('\n')).toEqual({ kind: 'exited', code: 0 });
  expect(first.lines).toContain('The packages are installed.');
  expect(first.lines).toContain('hello from the wheel');
  const second = await run('import greeting; print(greeting.WORD)', { arguments: values });
  expect(second.lines).toContain('hello from the wheel');
  expect(second.lines).not.toContain('The packages are installed.');
  const missing = { ...values, '--additional-python-modules': 'not-in-the-folder==1.0' };
  const failure = await rejection(run('', { arguments: missing }));
  expect(failure).toMatchObject({ code: 'process-failed' });
  expect(failure.message).toContain('not-in-the-folder');
  expect(docker('ps', '--all', '--quiet', '--filter', `name=sluice-layer-whole-${process.pid}-`)).toBe('');
});

test('a job that takes longer than its timeout is ended, and leaves no container', async () => {
  const { end } = await run('import time\ntime.sleep(600)\n', { timeoutMinutes: 0.1 });
  expect(end).toEqual({ kind: 'timedOut', limitMs: 6_000 });
  expect(containers()).toBe('');
});

test('containers of a window that is gone are removed, and those of one that is there stay', async () => {
  const ended = spawnSync('true').pid;
  const dead = { 'dev.sluice.host': hostname(), 'dev.sluice.pid': String(ended), 'dev.sluice.started': '1' };
  const start = (name: string, labels: Readonly<Record<string, string>>): void => {
    const words = Object.entries(labels).flatMap(([label, value]) => ['--label', `${label}=${value}`]);
    docker('run', '--detach', '--rm', '--name', name, ...words, '--entrypoint', 'sleep', image.reference, '600');
  };
  const [gone, here] = [`sluice-gone-${process.pid}`, `sluice-here-${process.pid}`];
  start(gone, dead);
  start(here, await ownerLabels());
  try {
    expect(await removeLeftovers(engine.program)).toEqual([gone]);
    expect(docker('ps', '--quiet', '--filter', `name=${here}`)).not.toBe('');
  } finally {
    docker('rm', '--force', here);
  }
});

test("Spark reads and writes mapped prefixes of S3; its web interface is on this machine's own port, beside the relay", async () => {
  const [raw, lake] = [join(folder, 'raw'), join(folder, 'lake')];
  for (const path of [raw, lake]) mkdirSync(path);
  writeFileSync(join(raw, 'a.csv'), 'id,n\n1,2\n2,3\n');
  const sparkUiPort = await freePort();
  const url = `http://127.0.0.1:${sparkUiPort}/api/v1/applications`;
  const seen = (async () => {
    for (;;) {
      const reply = await fetch(url).catch(() => undefined);
      if (reply?.ok === true) break;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    writeFileSync(join(folder, 'seen.txt'), '');
  })();
  const script = `import os, time, boto3
print(boto3.Session().get_credentials().access_key)
from pyspark.sql import SparkSession
spark = SparkSession.builder.getOrCreate()
rows = spark.read.csv("s3://raw-bucket/orders/", header=True)
rows.coalesce(1).write.mode("overwrite").json("s3a://lake/sums/")
print("rows", spark.read.json("s3://lake/sums/").count())
while not os.path.exists("seen.txt"): time.sleep(0.1)
`;
  const mappings = [
    { location: 's3://raw-bucket/orders', folder: raw },
    { location: 's3://lake', folder: lake },
  ];
  const credentials = async (): Promise<ServedCredentials> =>
    await Promise.resolve({ accessKeyId: 'AKIARELAY', secretAccessKey: 'a secret of this test' });
  const surroundings = { reach: 'aws', region: 'us-east-1', connectionId: 'aws', credentials } as const;
  const { end, lines } = await run(script, {}, { surroundings }, { sparkUiPort, mappings });
  expect(end, lines.join('\n')).toEqual({ kind: 'exited', code: 0 });
  await seen;
  await expect(fetch(url)).rejects.toThrow();
  expect(lines).toEqual(expect.arrayContaining(['AKIARELAY', 'rows 2']));
  const written = readdirSync(join(lake, 'sums'));
  expect(written.filter((name) => name.endsWith('.json'))).toHaveLength(1);
  expect(written.join(' ')).not.toContain('.crc');
});

test('a debugger stops a script at its breakpoint, in the file of the workspace', async () => {
  const wheels = join(folder, 'wheels');
  execFileSync('python3', ['-m', 'pip', 'download', '--quiet', '--no-deps', '--dest', wheels, 'debugpy'], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const option = { '--python-modules-installer-option': wheelsOnly };
  const port = await freePort();
  const script = 'import sys\norders = 41\norders += 1\nprint("orders", orders, flush=True)\n';
  let debugging: Promise<unknown> | undefined;
  const onWaiting = (): void =>
    void (debugging = stopAtLine({
      port,
      folder,
      file: join(folder, `job${count}.py`),
      line: 4,
      expression: 'orders',
    }));
  const { end, lines } = await run(
    script,
    { arguments: option },
    { debug: { port, onWaiting, onEnd: () => undefined } },
  );
  expect(await debugging).toEqual({ reason: 'breakpoint', line: 4, value: '42' });
  expect(end, lines.join('\n')).toEqual({ kind: 'exited', code: 0 });
  expect(lines).toContain('orders 42');
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return port;
}

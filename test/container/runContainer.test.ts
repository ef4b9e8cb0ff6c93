import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { silentLog } from '../../src/core/base/log.ts';
import { planLocalRun, type LocalRunRequest } from '../../src/core/glue/localRun/index.ts';
import { driverPython } from '../../src/core/glue/localRun/program.ts';
import type { EngineProgram } from '../../src/processes/docker/engineProgram.ts';
import { createCredentialsServer, type CredentialsServer } from '../../src/processes/docker/relay/credentialsServer.ts';
import { openRelay, type Relay } from '../../src/processes/docker/relay/openRelay.ts';
import { runContainer, type ContainerEnd } from '../../src/processes/docker/runContainer.ts';
import { EngineProxy } from './engineProxy.ts';

const image = process.env['SLUICE_TEST_GLUE_IMAGE'] ?? '';
const program = { path: 'docker', env: process.env };
let workspace: string;
beforeAll(() => {
  workspace = mkdtempSync(join(tmpdir(), 'sluice run, "quoted" '));
  chmodSync(workspace, 0o777);
  mkdirSync(join(workspace, 'lib'));
  writeFileSync(join(workspace, 'lib/helper.py'), 'def broken():\n    raise ValueError("from the helper")\n');
});
afterAll(() => rmSync(workspace, { recursive: true, force: true }));

interface Ran {
  readonly end: ContainerEnd;
  readonly out: readonly string[];
  readonly err: readonly string[];
}

let count = 0;
let relay: Relay | undefined;
/** Runs a script as a job, without Spark where `python` says so, and gives what it wrote. */
async function run(
  script: string,
  change: Partial<LocalRunRequest> & { readonly values?: Readonly<Record<string, string>> } = {},
  extra: {
    readonly python?: boolean;
    readonly credentials?: CredentialsServer;
    readonly endpoint?: string;
    readonly signal?: AbortSignal;
    readonly onLine?: (text: string) => void;
    readonly onRelay?: (relay: Relay) => void;
    readonly engine?: EngineProgram;
    /** An engine that says nothing is given up after this time. */
    readonly patienceMs?: number;
  } = {},
): Promise<Ran> {
  count += 1;
  writeFileSync(join(workspace, `job${count}.py`), script);
  const plan = planLocalRun({
    job: { name: 'job', kind: 'spark', arguments: change.values ?? {} },
    stage: { kind: 'run' },
    image: { reference: image, glueVersion: '5.1', user: 'hadoop', home: '/home/hadoop' },
    folder: workspace,
    script: `job${count}.py`,
    scriptText: script,
    runId: `test-${process.pid}-${count}`,
    region: 'us-east-1',
    reach: 'none',
    files: new Map(),
    mappings: [],
    env: {},
    ...change,
  });
  const { command } = plan.container;
  const at = command.indexOf('spark-submit');
  const script_ = command.findIndex((word) => word.endsWith(change.script ?? `job${count}.py`));
  // Spark starts its Python in the same way.
  const python = (change.reach ?? 'none') === 'none' ? 'python3' : driverPython;
  const container = {
    ...plan.container,
    command: extra.python ? [...command.slice(0, at), python, ...command.slice(script_)] : command,
  };
  const { credentials, endpoint, engine = program, patienceMs = 60_000 } = extra;
  const running = runContainer(
    engine,
    container,
    {
      secrets: { AWS_CONTAINER_AUTHORIZATION_TOKEN: credentials?.token ?? '' },
      onReady: () => {
        relay = openRelay(engine, container.name, {
          ...(credentials ? { credentials } : {}),
          ...(endpoint === undefined ? {} : { endpoint: async () => await Promise.resolve(endpoint) }),
          log: silentLog,
        });
        extra.onRelay?.(relay);
      },
      heartbeat: { everyMs: 500, patienceMs },
    },
    extra.signal ?? new AbortController().signal,
  );
  const out: string[] = [];
  const err: string[] = [];
  for await (const { stream, text } of running.lines) {
    (stream === 'stdout' ? out : err).push(text);
    extra.onLine?.(text);
  }
  return { end: await running.end, out, err };
}

/** Ids of what the last run has left. */
function containersOfLast(): string {
  const filter = ['--filter', `name=sluice-job-test-${process.pid}-${count}`];
  return execFileSync('docker', ['ps', '--all', '--quiet', ...filter], { encoding: 'utf8' });
}

test('a Spark job reads its arguments as they were given, whatever they hold', async () => {
  const values = {
    '--spaces': 'two  words ',
    '--quotes': `"double" 'single' \\ $HOME \`id\``,
    '--dash': '--not-a-name',
    '--negative': '-5',
    '--unicode': 'ünïcødé ☂ 日本',
    '--lines': 'one\ntwo\n',
    '--empty': '',
  };
  const names = Object.keys(values).map((key) => key.slice(2));
  const { end, out, err } = await run(
    `import json, sys
from awsglue.utils import getResolvedOptions
args = getResolvedOptions(sys.argv, ["JOB_NAME"] + ${JSON.stringify(names)})
print(json.dumps({key: args[key] for key in ["JOB_NAME"] + ${JSON.stringify(names)}}))`,
    { values },
  );
  expect(end, err.join('\n')).toEqual({ kind: 'exited', code: 0 });
  expect(JSON.parse(out.at(-1) ?? '')).toEqual({
    JOB_NAME: 'job',
    ...Object.fromEntries(Object.entries(values).map(([key, value]) => [key.slice(2), value])),
  });
});

test('a failure in a module of the workspace names the real files', async () => {
  const { end, err } = await run(
    'from helper import broken\nbroken()\n',
    {
      values: { '--extra-py-files': 's3://code/helper.py' },
      files: new Map([['s3://code/helper.py', 'lib/helper.py']]),
    },
    { python: true },
  );
  expect(end).toEqual({ kind: 'exited', code: 1 });
  expect(err.join('\n')).toContain('File "/home/hadoop/workspace/lib/helper.py", line 2, in broken');
  expect(err.at(-1)).toBe('ValueError: from the helper');
});

test('credentials come when they are asked for, again when they end, and from nowhere but the relay', async () => {
  let served = 0;
  const credentials = createCredentialsServer(async () => {
    served += 1;
    return await Promise.resolve({
      accessKeyId: `AKIA${served}`,
      secretAccessKey: 'a secret of this test',
      sessionToken: 'token',
      expiration: new Date(Date.now() + 5_000),
    });
  });
  let inspected = '';
  const { end, out, err } = await run(
    `import os, time, boto3, urllib.request
session = boto3.Session()
print(session.get_credentials().get_frozen_credentials().access_key, flush=True)
time.sleep(1)
print(session.get_credentials().get_frozen_credentials().access_key)
try:
    urllib.request.urlopen(os.environ["AWS_CONTAINER_CREDENTIALS_FULL_URI"])
except urllib.error.HTTPError as error:
    print(error.code)`,
    { reach: 'aws' },
    {
      python: true,
      credentials,
      onLine: () => {
        inspected ||= execFileSync('docker', ['inspect', `sluice-job-test-${process.pid}-${count}`], {
          encoding: 'utf8',
        });
      },
    },
  );
  expect(end, err.join('\n')).toEqual({ kind: 'exited', code: 0 });
  expect(new Set(out.slice(0, 2)).size).toBe(2);
  expect(out[0]).toMatch(/^AKIA\d$/);
  expect(out[2]).toBe('403');
  expect(inspected).toContain('"Running": true');
  expect(inspected).not.toContain('a secret of this test');
});

test('the endpoint of this machine is reached, with large bodies both ways and many requests at once', async () => {
  // As S3 does, it reads a body before it answers: a client reads nothing while it sends.
  const server: Server = createServer((request, response) => {
    void buffer(request).then((body) => response.end(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    const { port } = server.address() as AddressInfo;
    const { end, out, err } = await run(
      `import os, hashlib, urllib.request
from concurrent.futures import ThreadPoolExecutor
body = os.urandom(20 * 1024 * 1024)
url = os.environ["AWS_ENDPOINT_URL"]
back = urllib.request.urlopen(urllib.request.Request(url, data=body)).read()
print(back == body)
small = lambda n: urllib.request.urlopen(urllib.request.Request(url, data=b"x%d" % n)).read() == b"x%d" % n
with ThreadPoolExecutor(16) as pool:
    print(all(pool.map(small, range(100))))`,
      { reach: 'local' },
      {
        python: true,
        endpoint: `http://127.0.0.1:${port}`,
        credentials: createCredentialsServer(async () => await Promise.reject(new Error('none'))),
      },
    );
    expect(end, err.join('\n')).toEqual({ kind: 'exited', code: 0 });
    expect(out).toEqual(['True', 'True']);
  } finally {
    server.closeAllConnections();
    server.close();
  }
});

test('cancel stops the container, also one that does not want to end, and leaves none behind', async () => {
  const stop = new AbortController();
  const { end, out } = await run(
    `import signal, time
signal.signal(signal.SIGTERM, lambda *_: print("asked to end", flush=True))
print("on", flush=True)
while True: time.sleep(0.1)`,
    {},
    { python: true, signal: stop.signal, onLine: (text) => text === 'on' && stop.abort() },
  );
  expect(end).toEqual({ kind: 'stopped' });
  expect(out).toContain('asked to end');
  expect(containersOfLast()).toBe('');
});

test.each(['cut', 'mute'] as const)(
  'an engine that goes away in the middle (%s) ends the run within seconds',
  async (how) => {
    const proxy = await EngineProxy.open();
    const engine = { path: 'docker', env: { ...process.env, DOCKER_HOST: proxy.host } };
    try {
      const script = 'import time\nprint("on", flush=True)\ntime.sleep(600)\n';
      const onLine = (text: string): void => {
        if (text === 'on') proxy[how]();
      };
      const { end, out, err } = await run(script, {}, { python: true, engine, onLine, patienceMs: 3_000 });
      expect(end).toMatchObject({
        kind: 'failed',
        error: { message: 'The container engine went away in the middle of the run.' },
      });
      expect([...out, ...err]).toEqual(['on']);
    } finally {
      proxy.dispose();
      spawnSync('docker', ['rm', '--force', `sluice-job-test-${process.pid}-${count}`]);
    }
  },
);

test.each(['none', 'local'] as const)('a container ends when its editor has gone, with the reach %s', async (reach) => {
  const endpoint = reach === 'local' ? { endpoint: 'http://127.0.0.1:9' } : {};
  const onLine = (text: string): void => {
    // What is left of an editor that was killed: the end of the relay's stdin.
    if (text === 'here') relay?.dispose();
  };
  const script = 'import time\nprint("here", flush=True)\ntime.sleep(600)\n';
  const { end } = await run(script, { reach }, { python: true, onLine, ...endpoint });
  expect([137, 143]).toContain(end.kind === 'exited' && end.code);
  expect(containersOfLast()).toBe('');
});

test.each(['none', 'local'] as const)(
  'a container ends when its editor goes at the very start, with the reach %s',
  async (reach) => {
    const endpoint = reach === 'local' ? { endpoint: 'http://127.0.0.1:9' } : {};
    const onRelay = (opened: Relay): void => opened.dispose();
    const script = 'import time\ntime.sleep(600)\n';
    const { end } = await run(script, { reach }, { python: true, onRelay, ...endpoint });
    expect([137, 143]).toContain(end.kind === 'exited' && end.code);
    expect(containersOfLast()).toBe('');
  },
);

test('two run at once without knowing of each other', async () => {
  const script = 'import sys, time\nfor n in range(5):\n    print(sys.argv[2], n, flush=True)\n    time.sleep(0.1)\n';
  const both = await Promise.all([run(script, {}, { python: true }), run(script, {}, { python: true })]);
  for (const { end, out } of both) {
    expect(end).toEqual({ kind: 'exited', code: 0 });
    expect(out).toHaveLength(5);
  }
});

test('an image that is not there is a failure with its reason', async () => {
  const nowhere = { reference: 'sluice-test/nowhere:1', glueVersion: '5.1', user: 'hadoop', home: '/home/hadoop' };
  const { end } = await run('', { image: nowhere }, { python: true });
  expect(end.kind === 'failed' && end.error.message).toContain('sluice-test/nowhere:1');
});

/** Work for root, which the engine of these tests needs as well wherever it is started here. */
const isRoot = process.getuid?.() === 0;

test.skipIf(!isRoot)('a workspace that only its owner may read is read and written as that owner', async () => {
  const folder = join(workspace, 'of another');
  mkdirSync(folder);
  writeFileSync(
    join(folder, 'own.py'),
    'import os\nopen("made.txt", "w").write(os.path.expanduser("~"))\nimport getpass; print(getpass.getuser())\n',
  );
  for (const path of [folder, join(folder, 'own.py')]) chownSync(path, 1234, 4321);
  chmodSync(folder, 0o700);
  chmodSync(join(folder, 'own.py'), 0o600);
  const { end, out, err } = await run(
    '',
    { folder, script: 'own.py', owner: { uid: 1234, gid: 4321 } },
    { python: true },
  );
  expect(end, err.join('\n')).toEqual({ kind: 'exited', code: 0 });
  expect(out).toEqual(['sluice']);
  const made = statSync(join(folder, 'made.txt'));
  expect([made.uid, made.gid]).toEqual([1234, 4321]);
  expect(readFileSync(join(folder, 'made.txt'), 'utf8')).toBe('/home/hadoop');
});

test.skipIf(!isRoot)(
  'a workspace whose disk is full fails the script in its own words, and leaves no container',
  async () => {
    const folder = join(workspace, 'small');
    mkdirSync(folder);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=256k,mode=777', 'sluice-small', folder]);
    try {
      const script = 'with open("big.bin", "wb") as out:\n    for _ in range(100): out.write(bytes(100_000))\n';
      writeFileSync(join(folder, 'fill.py'), script);
      const { end, err } = await run('', { folder, script: 'fill.py' }, { python: true });
      expect(end).toEqual({ kind: 'exited', code: 1 });
      expect(err.at(-1)).toBe('OSError: [Errno 28] No space left on device');
      expect(err.join('\n')).toContain('File "/home/hadoop/workspace/fill.py", line 2, in <module>');
    } finally {
      execFileSync('umount', [folder]);
    }
    expect(containersOfLast()).toBe('');
  },
);

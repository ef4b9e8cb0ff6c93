import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { silentLog } from '../../src/core/base/log.ts';
import {
  planLocalRun,
  testProgram,
  type TestMode,
  type TestNews,
  type TestResult,
} from '../../src/core/glue/localRun/index.ts';
import { findEngine, type Engine } from '../../src/processes/docker/findEngine.ts';
import { ensureLayer } from '../../src/processes/docker/layer.ts';
import { ownerLabels } from '../../src/processes/docker/leftovers.ts';
import { freePort } from '../../src/extension/localRuns/freePort.ts';
import { ownerOf } from '../../src/processes/docker/ownerOf.ts';
import { stopAtLine } from './stopAtLine.ts';
import { startWarmContainer, type WarmContainer } from '../../src/processes/docker/warmContainer.ts';

// pytest in a container that stays, as the Testing view runs it.
const reference = process.env['SLUICE_TEST_GLUE_IMAGE'] ?? '';
const image = { reference, glueVersion: '5.1', user: 'hadoop', home: '/home/hadoop' };
const workspace = '/home/hadoop/workspace';
let folder: string;
let engine: Engine;
let warm: WarmContainer;
/** The image with the packages of a test. */
let layer: string | undefined;

function file(path: string, text: string): void {
  mkdirSync(join(folder, path, '..'), { recursive: true });
  writeFileSync(join(folder, path), text);
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sluice-tests-'));
  engine = await findEngine('docker', process.env);
  file('jobs/orders.py', 'def total(rows):\n    if not rows:\n        return 0\n    return sum(rows)\n');
  file(
    'tests/conftest.py',
    `import pytest
from pyspark.sql import SparkSession

@pytest.fixture(scope="session")
def spark():
    return SparkSession.builder.config("spark.ui.enabled", "false").getOrCreate()

@pytest.fixture
def broken():
    raise RuntimeError("no such table")
`,
  );
  file(
    'tests/test_orders.py',
    `import sys
import pytest
from awsglue.utils import getResolvedOptions
from jobs.orders import total

@pytest.mark.parametrize("rows", [pytest.param([1, 2], id="a::b"), [3]])
def test_total(rows):
    assert total(rows) == 3

class TestOrders:
    def test_compares(self):
        assert {"orders": [1, 2]} == {"orders": [1, 3]}

def test_options():
    args = getResolvedOptions(["job", "--JOB_NAME", "örders ☂"], ["JOB_NAME"])
    print(args["JOB_NAME"])
    assert args["JOB_NAME"] == "örders ☂"

def test_fixture(broken): ...

@pytest.mark.skip(reason="not today")
def test_skipped(): ...
`,
  );
  file('tests/test_spark.py', 'def test_counts(spark):\n    assert spark.range(5).count() == 5\n');
  file('tests/test_syntax.py', 'import pyspark\ndef test_a(:\n');
  file('tests/test_slow.py', 'import time\ndef test_sleeps():\n    time.sleep(600)\n');
  warm = await start([]);
});
afterAll(async () => {
  await warm.stop();
  if (layer !== undefined) docker('rmi', '--force', layer);
  rmSync(folder, { recursive: true, force: true });
});

function docker(...args: readonly string[]): string {
  return execFileSync('docker', args, { encoding: 'utf8' }).trim();
}

let count = 0;
function name(): string {
  return `sluice-tests-warm-${process.pid}-${count}`;
}

async function start(packages: readonly string[], hostPort = 0): Promise<WarmContainer> {
  count += 1;
  const owner = ownerOf(engine);
  const index = { '--python-modules-installer-option': `--no-index --find-links ${workspace}/wheels` };
  const plan = planLocalRun({
    job: { name: 'tests', kind: 'spark', arguments: packages.length > 0 ? index : {} },
    stage: { kind: 'tests', hostPort, packages },
    image,
    folder,
    script: '',
    scriptText: '',
    runId: `warm-${process.pid}-${count}`,
    region: 'us-east-1',
    reach: 'none',
    files: new Map(),
    mappings: [],
    env: {},
    ...(owner ? { owner } : {}),
  });
  const never = new AbortController().signal;
  const labels = await ownerLabels();
  const options = { runId: name(), labels, onProgress: () => undefined };
  if (plan.layer) layer = await ensureLayer(engine.program, plan.layer, options, never);
  const spec = {
    ...plan.container,
    ...(plan.layer && layer !== undefined ? { image: layer } : {}),
    labels: { ...plan.container.labels, ...labels },
  };
  return await startWarmContainer(engine.program, spec, { ...(owner ? { owner } : {}), log: silentLog }, never);
}

interface Ran {
  readonly code: number | undefined;
  readonly news: readonly TestNews[];
  readonly output: string;
  readonly results: ReadonlyMap<string, TestResult>;
}

async function pytest(
  selectors: readonly string[],
  {
    mode = 'run',
    container = warm,
    onNews,
    signal = new AbortController().signal,
  }: {
    readonly mode?: TestMode;
    readonly container?: WarmContainer;
    readonly onNews?: (news: TestNews) => void;
    readonly signal?: AbortSignal;
  } = {},
): Promise<Ran> {
  const news: TestNews[] = [];
  const command = ['python3', '-u', '-c', testProgram, mode, ...selectors.map((path) => `${workspace}/${path}`)];
  const listen = (item: TestNews): void => {
    news.push(item);
    onNews?.(item);
  };
  const code = await container.exec(command, listen, signal);
  const results = news.flatMap((item) => (item.kind === 'ended' ? [[item.names.join('::'), item] as const] : []));
  const output = news.flatMap((item) => (item.kind === 'output' ? [item.text] : [])).join('');
  return { code, news, output, results: new Map(results) };
}

test('each test has its result, with the line, the calls and both sides of what it compares', async () => {
  const { code, results, output } = await pytest(['tests/test_orders.py']);
  expect(code, output).toBe(1);
  expect([...results].map(([names, { outcome }]) => [names, outcome])).toEqual([
    ['test_total[a::b]', 'passed'],
    ['test_total[rows1]', 'passed'],
    ['TestOrders::test_compares', 'failed'],
    ['test_options', 'passed'],
    ['test_fixture', 'errored'],
    ['test_skipped', 'skipped'],
  ]);
  const failed = results.get('TestOrders::test_compares');
  expect(failed).toMatchObject({ actual: "{'orders': [1, 2]}", expected: "{'orders': [1, 3]}" });
  expect(failed?.frames.at(-1)).toEqual({ path: `${workspace}/tests/test_orders.py`, line: 12, name: 'test_compares' });
  expect(results.get('test_fixture')?.message).toBe('RuntimeError: no such table');
  expect(results.get('test_skipped')?.message).toContain('not today');
  expect(output).toContain('3 passed');
});

test('one test runs alone, with a real Spark', async () => {
  const { code, results, output } = await pytest(['tests/test_spark.py::test_counts']);
  expect(code, output).toBe(0);
  expect([...results.keys()]).toEqual(['test_counts']);
});

test('the snippet of a conftest.py gives tests a Spark, Glue’s context on it and the arguments of a job', async () => {
  const snippets = readFileSync(join(import.meta.dirname, '../../snippets/python.json'), 'utf8');
  const found = Object.values(
    JSON.parse(snippets) as Record<string, { readonly prefix: string; readonly body: string[] }>,
  );
  const body = found.find(({ prefix }) => prefix === 'glue-conftest')?.body ?? [];
  // As the editor inserts it when Tab is pressed through.
  file('snippet/conftest.py', body.join('\n').replaceAll(/\$\{\d+:([^}]*)\}|\$\d/g, '$1'));
  // Glue's own needs the jar that is in AWS's image alone.
  const context = 'class GlueContext:\n    def __init__(self, spark_context): self.spark_context = spark_context\n';
  file(
    'snippet/test_snippet.py',
    `import sys, types
import pytest
from awsglue.utils import getResolvedOptions

@pytest.fixture(scope="session", autouse=True)
def stand_in():
    module = types.ModuleType("awsglue.context")
    exec(${JSON.stringify(context)}, module.__dict__)
    sys.modules["awsglue.context"] = module

def test_arguments(job_arguments):
    job_arguments(day="2026-11-20", note="two words")
    assert getResolvedOptions(sys.argv, ["JOB_NAME", "day", "note"])["note"] == "two words"

def test_spark(spark, glue_context):
    assert glue_context.spark_context is spark.sparkContext
    assert spark.range(7).count() == 7
`,
  );
  const { code, results, output } = await pytest(['snippet/test_snippet.py']);
  expect(code, output).toBe(0);
  expect([...results.values()].map(({ outcome }) => outcome)).toEqual(['passed', 'passed']);
});

test('a file that cannot be read says so, beside those that can', async () => {
  const { news } = await pytest(['tests/test_syntax.py', 'tests/test_orders.py::test_options']);
  const broken = news.find((item) => item.kind === 'broken');
  expect(broken).toMatchObject({ path: `${workspace}/tests/test_syntax.py` });
  expect(broken?.kind === 'broken' && broken.text).toContain('def test_a(:');
});

test('cancel ends what runs and leaves the container for the next run, which finds no file of pytest', async () => {
  const stop = new AbortController();
  const began = Date.now();
  const { results } = await pytest(['tests/test_slow.py'], {
    onNews: ({ kind }) => kind === 'started' && stop.abort(),
    signal: stop.signal,
  });
  expect(Date.now() - began).toBeLessThan(60_000);
  expect(results.size).toBe(0);
  expect(docker('top', name())).not.toContain('test_slow');
  const { code } = await pytest(['tests/test_orders.py::test_options']);
  expect(code).toBe(0);
  expect(execFileSync('find', [folder, '-name', '*cache*'], { encoding: 'utf8' })).toBe('');
});

test('a debugger stops a test in the code that it tests, and coverage names the lines that ran', async () => {
  const wheels = join(folder, 'wheels');
  const pip = ['-m', 'pip', 'download', '--quiet', '--no-deps', '--dest', wheels];
  const forImage = ['--only-binary', ':all:', '--python-version', '3.11', 'debugpy', 'coverage'];
  execFileSync('python3', [...pip, ...forImage], { stdio: ['ignore', 'ignore', 'inherit'] });
  const port = await freePort();
  const container = await start(['debugpy', 'coverage'], port);
  try {
    let debugging: Promise<unknown> | undefined;
    const stop = { port, folder, file: join(folder, 'jobs/orders.py'), line: 4, expression: 'len(rows) + 40' };
    const onNews = ({ kind }: TestNews): void => {
      if (kind === 'waiting') debugging = stopAtLine(stop);
    };
    const { code, results, output } = await pytest(['tests/test_orders.py::test_total[rows1]'], {
      mode: 'debug',
      container,
      onNews,
    });
    expect(debugging, output).toBeDefined();
    expect((await debugging) as object).toMatchObject({ reason: 'breakpoint', line: 4 });
    expect(code, output).toBe(0);
    expect([...results.values()].map(({ outcome }) => outcome)).toEqual(['passed']);

    const covering = await pytest(['tests/test_orders.py::test_total'], { mode: 'coverage', container });
    const covered = covering.news.find((item) => item.kind === 'covered' && item.path.endsWith('jobs/orders.py'));
    expect(covered, covering.output).toMatchObject({
      path: `${workspace}/jobs/orders.py`,
      covered: [1, 2, 4],
      missing: [3],
    });
  } finally {
    await container.stop();
  }
  expect(docker('ps', '--all', '--quiet', '--filter', `name=${name()}`)).toBe('');
});

test('a run in a container that has gone ends as a failure', async () => {
  const container = await start([]);
  spawnSync('docker', ['kill', name()]);
  await container.ended;
  const { code } = await pytest(['tests/test_orders.py'], { container });
  expect(code).not.toBe(0);
});

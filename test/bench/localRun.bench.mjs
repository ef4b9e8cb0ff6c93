// A script in Glue's container, started by Sluice and by `docker run` itself with the same arguments, in turns; its output
// on the way to the run document; and one test in the warm container beside `docker exec` of the same pytest.
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import * as esbuild from 'esbuild';
import { startDockerEngine } from '../support/dockerEngine.mjs';
import { GLUE_IMAGE, buildGlueImage } from '../support/glueImage.mjs';
import { projectRoot } from '../support/paths.mjs';
import { SetupError } from '../support/run.mjs';

export const name = 'Local runs, beside docker itself';
const ROUNDS = 5;
const FLOOD_BYTES = 200 * 1_000_000;
const image = { reference: GLUE_IMAGE, glueVersion: '5.1', user: 'hadoop', home: '/home/hadoop' };
/** The same with a spark-submit that does nothing: what is left is what it takes to run anything. */
const quickImage = { ...image, reference: 'sluice-test/glue-quick:bench' };
const QUICK_ROUNDS = 15;

const spark = `from pyspark.sql import SparkSession
spark = SparkSession.builder.getOrCreate()
print(spark.range(1000).selectExpr("id % 7 as day").groupBy("day").count().count())
`;
const line = `${'2026-01-01 00:00:00,000 INFO orders: a line as long as those of a log are'.padEnd(99, '.')}\\n`;
const flood = `import sys
block = b"${line}" * 10_000
for _ in range(${FLOOD_BYTES / 1_000_000}): sys.stdout.buffer.write(block)
`;
const pytests = 'def test_total():\n    assert sum([1, 2]) == 3\n';

const entry = `
export { planLocalRun, testProgram } from './src/core/glue/localRun/index.ts';
export { followLocalRun } from './src/core/runs/localRun.ts';
export { createNewsQueue } from './src/extension/localRuns/localRuns.ts';
export { runInContainer } from './src/extension/localRuns/runInContainer.ts';
export { containerArguments } from './src/processes/docker/containerArguments.ts';
export { findEngine } from './src/processes/docker/findEngine.ts';
export { findImage } from './src/processes/docker/images.ts';
export { ownerOf } from './src/processes/docker/ownerOf.ts';
export { startWarmContainer } from './src/processes/docker/warmContainer.ts';
export { systemClock } from './src/processes/systemClock.ts';
`;

async function bundle(folder) {
  const outfile = join(folder, 'localRun.mjs');
  await esbuild.build({
    stdin: { contents: entry, resolveDir: projectRoot, loader: 'ts' },
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20.19',
  });
  return await import(pathToFileURL(outfile).href);
}

const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
const surroundings = { reach: 'none', region: 'us-east-1', connectionId: 'machine' };

function requestOf(folder, script, runId) {
  const job = { name: 'bench', kind: 'spark', arguments: {} };
  return { job, folder, script, scriptText: '', runId, files: new Map(), mappings: [], env: {} };
}

/** What Sluice does between a click and the last line in the run document. */
async function ourRun(ours, { program }, { folder, script, count, image: used = image }) {
  const engine = await ours.findEngine('docker', program.env);
  if (!(await ours.findImage(engine.program, used.reference))) throw new Error('The image is gone.');
  const news = ours.createNewsQueue();
  const key = { connectionId: 'machine', kind: 'localRun', resource: script, id: 'bench' };
  const facts = { key, jobName: 'bench', arguments: {}, startedMs: Date.now() };
  const seen = { firstMs: 0, lastMs: 0, peakRss: 0 };
  const reading = (async () => {
    for await (const update of ours.followLocalRun(facts, news, ours.systemClock)) {
      if (update.kind === 'entries' && update.entries.some(({ kind }) => kind === 'log')) {
        seen.lastMs = performance.now();
        seen.firstMs ||= seen.lastMs;
      }
      seen.peakRss = Math.max(seen.peakRss, process.memoryUsage.rss());
    }
  })();
  const request = requestOf(folder, script, `bench-${process.pid}-${count}`);
  const end = await ours.runInContainer(
    { engine, image: used, request, surroundings, log },
    news,
    new AbortController().signal,
  );
  if (end.kind !== 'exited' || end.code !== 0) throw new Error(`The run ended as ${JSON.stringify(end)}.`);
  await news.push({ kind: 'end', end });
  news.close();
  await reading;
  return seen;
}

/** Its output is read and thrown away. Gives when the first and the last of it came. */
async function docker(program, args) {
  const child = spawn(program.path, args, {
    env: { ...process.env, ...program.env },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const seen = { firstMs: 0, lastMs: 0 };
  child.stdout.on('data', () => {
    seen.lastMs = performance.now();
    seen.firstMs ||= seen.lastMs;
  });
  const code = await new Promise((resolve) => child.once('close', resolve));
  if (code !== 0) throw new Error(`docker ${args[0]} ended with ${code}.`);
  return seen;
}

/** The same container without what Sluice adds to it. */
async function bareRun(ours, engine, { folder, script, count, image: used = image }) {
  const runId = `bare-${process.pid}-${count}`;
  const owner = ours.ownerOf(engine);
  const request = { ...requestOf(folder, script, runId), ...surroundings, image: used, stage: { kind: 'run' } };
  const { container } = ours.planLocalRun({ ...request, ...(owner ? { owner } : {}) });
  const command = [
    '-l',
    '-c',
    'exec "$@"',
    'bare',
    ...container.command.slice(container.command.indexOf('spark-submit')),
  ];
  return await docker(engine.program, ours.containerArguments({ ...container, command }));
}

async function timed(work) {
  const begin = performance.now();
  await work();
  return performance.now() - begin;
}

/** Both in turns, and the best of each: what else the machine does can only add. The first round warms up. */
async function inTurns(rounds, ours, peer) {
  const times = { ours: [], peer: [] };
  for (let round = 0; round <= rounds; round++) {
    for (const [side, work] of round % 2 === 0
      ? [
          ['ours', ours],
          ['peer', peer],
        ]
      : [
          ['peer', peer],
          ['ours', ours],
        ]) {
      const ms = await timed(work);
      if (round > 0) times[side].push(ms);
    }
  }
  return { ours: Math.min(...times.ours), peer: Math.min(...times.peer) };
}

/** Milliseconds that a run takes more than `docker run`, whatever its job does: short runs tell it best. */
async function addedMs(ours, engine, job) {
  const name = `sluice-bench-${process.pid}`;
  const { path, env } = engine.program;
  const docker_ = (...args) => execFileSync(path, args, { env: { ...process.env, ...env }, stdio: 'ignore' });
  const doNothing = 'printf "#!/bin/bash\\n" > /usr/local/bin/spark-submit';
  try {
    docker_('run', '--name', name, '--user', '0:0', '--entrypoint', 'bash', image.reference, '-c', doNothing);
    docker_('commit', name, quickImage.reference);
    const quick = () => ({ ...job(), image: quickImage });
    const times = await inTurns(
      QUICK_ROUNDS,
      () => ourRun(ours, engine, quick()),
      () => bareRun(ours, engine, quick()),
    );
    return times.ours - times.peer;
  } finally {
    docker_('rm', '--force', name);
    docker_('rmi', '--force', quickImage.reference);
  }
}

/** Output in megabytes a second, through Sluice and through docker's own client, and what it takes of memory. */
async function floods(ours, engine, at) {
  const best = { ours: 0, peer: 0, grownMb: 0 };
  const note = (side, { firstMs, lastMs }) => {
    best[side] = Math.max(best[side], FLOOD_BYTES / 1_000 / (lastMs - firstMs));
  };
  for (let round = 0; round < 3; round++) {
    globalThis.gc?.();
    const before = process.memoryUsage.rss();
    const seen = await ourRun(ours, engine, { ...at, count: `flood-${round}` });
    note('ours', seen);
    best.grownMb = Math.max(best.grownMb, (seen.peakRss - before) / 1_000_000);
    note('peer', await bareRun(ours, engine, { ...at, count: `flood-${round}` }));
  }
  return best;
}

async function warmTests(ours, engine, folder) {
  const runId = `warm-${process.pid}`;
  const owner = ours.ownerOf(engine);
  const stage = { kind: 'tests', hostPort: 0, packages: [] };
  const request = { ...requestOf(folder, '', runId), ...surroundings, image, stage };
  const { container: spec } = ours.planLocalRun({ ...request, ...(owner ? { owner } : {}) });
  const never = new AbortController().signal;
  const warm = await ours.startWarmContainer(engine.program, spec, { ...(owner ? { owner } : {}), log }, never);
  try {
    const test = `${image.home}/workspace/tests/test_total.py::test_total`;
    const command = ['python3', '-u', '-c', ours.testProgram, 'run', test];
    const user = owner ? ['--user', `${owner.uid}:${owner.gid}`] : [];
    const exec = ['exec', ...user, '--workdir', spec.workdir, spec.name];
    const pytest = ['python3', '-u', '-m', 'pytest', '-p', 'no:cacheprovider', test];
    return await inTurns(
      10,
      async () => {
        const code = await warm.exec(command, () => {}, never);
        if (code !== 0) throw new Error(`pytest ended with ${code}.`);
      },
      () => docker(engine.program, [...exec, ...pytest]),
    );
  } finally {
    await warm.stop();
  }
}

export async function run() {
  let engine;
  const folder = mkdtempSync(join(tmpdir(), 'sluice-bench-'));
  try {
    engine = await startDockerEngine();
    await buildGlueImage(engine.env);
    const ours = await bundle(folder);
    const found = await ours.findEngine('docker', { ...process.env, ...engine.env });
    const workspace = join(folder, 'workspace');
    mkdirSync(join(workspace, 'tests'), { recursive: true });
    writeFileSync(join(workspace, 'spark.py'), spark);
    writeFileSync(join(workspace, 'flood.py'), flood);
    writeFileSync(join(workspace, 'tests/test_total.py'), pytests);
    let count = 0;
    const job = () => ({ folder: workspace, script: 'spark.py', count: ++count });
    const whole = await inTurns(
      ROUNDS,
      () => ourRun(ours, found, job()),
      () => bareRun(ours, found, job()),
    );
    const added = await addedMs(ours, found, job);
    await sleep(500);
    const output = await floods(ours, found, { folder: workspace, script: 'flood.py' });
    const tests = await warmTests(ours, found, workspace);
    return [
      { what: 'a Spark job, from the click to its end', ...whole, unit: 'ms', limit: 1.1 },
      {
        what: 'what a run takes more than docker itself, beside a tenth of that job',
        ours: Math.max(added, 0),
        peer: whole.peer / 10,
        unit: 'ms',
        limit: 1,
      },
      {
        what: 'output: 50 MB/s beside ours, from its first line to its last',
        ours: 50,
        peer: output.ours,
        unit: 'MB/s',
        limit: 1,
      },
      { what: "output of docker's own client beside ours", ours: output.peer, peer: output.ours, unit: 'MB/s' },
      {
        what: 'memory that the output takes beside its size',
        ours: output.grownMb,
        peer: FLOOD_BYTES / 1_000_000,
        unit: 'MB',
        limit: 0.75,
      },
      { what: 'one test in the warm container', ...tests, unit: 'ms', limit: 1.25 },
    ];
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    process.stdout.write(`  !!! NOT MEASURED: ${error.message}\n`);
    return [];
  } finally {
    await engine?.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

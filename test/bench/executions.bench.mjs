// Executions in this process beside aws-local-stepfunctions, by kind of definition. Both sides run to the end and keep the
// events of the run: ours those of AWS (five for a Task), the peer two for each state. CPU time, in turns.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as esbuild from 'esbuild';
import { installOnce } from '../support/installOnce.mjs';
import { cacheRoot, projectRoot } from '../support/paths.mjs';
import { run as runProgram } from '../support/run.mjs';

export const name = 'Executions in process, beside aws-local-stepfunctions';
const PEER = 'aws-local-stepfunctions@3.0.0';
const ROUNDS = 7;
const ROUND_MS = 60;
const FIVE_TIMES = 1 / 5;

/** States one after another. */
function chain(count, stateAt) {
  const states = Array.from({ length: count }, (_, at) => [
    `S${at}`,
    { ...stateAt(at), ...(at === count - 1 ? { End: true } : { Next: `S${at + 1}` }) },
  ]);
  return { StartAt: 'S0', States: Object.fromEntries(states) };
}

const pass = { Type: 'Pass' };
const task = { Type: 'Task', Resource: 'arn:aws:lambda:us-east-1:123456789012:function:load' };
const line = (name, state) => ({ StartAt: name, States: { [name]: { ...state, End: true } } });
const choices = Object.fromEntries(
  Array.from({ length: 9 }, (_, at) => [
    `S${at}`,
    { Type: 'Choice', Choices: [{ Variable: '$.a', NumericEquals: 1, Next: `S${at + 1}` }] },
  ]),
);
const rows = (count) => Array.from({ length: count }, (_, id) => ({ id }));
const shape = { Type: 'Pass', Parameters: { 'id.$': '$.id', 'text.$': "States.Format('{}', $.id)" } };
const pipeline = {
  StartAt: 'Prepare',
  States: {
    Prepare: { Type: 'Pass', Parameters: { 'rows.$': '$.rows', table: 'orders' }, Next: 'Any' },
    Any: {
      Type: 'Choice',
      Choices: [{ Variable: '$.table', StringEquals: 'orders', Next: 'Each' }],
      Default: 'Nothing',
    },
    Each: { Type: 'Map', ItemsPath: '$.rows', Iterator: line('Shape', shape), Next: 'Both' },
    Both: { Type: 'Parallel', Branches: [line('Left', pass), line('Right', pass)], Next: 'Done' },
    Nothing: { Type: 'Fail', Error: 'NoTable' },
    Done: { Type: 'Succeed' },
  },
};

const KINDS = [
  { what: 'a Pass', definition: chain(1, () => pass), input: { a: 1 } },
  { what: 'ten Pass', definition: chain(10, () => pass), input: { a: 1 } },
  {
    what: 'ten Pass that write into their input',
    definition: chain(10, () => ({ ...pass, Result: { x: 1 }, ResultPath: '$.r' })),
    input: { a: 1 },
  },
  {
    what: 'ten Pass that read from their input',
    definition: chain(10, () => ({ ...pass, Parameters: { 'a.$': '$.a' } })),
    input: { a: 1 },
  },
  {
    what: 'nine Choice',
    definition: { StartAt: 'S0', States: { ...choices, S9: { ...pass, End: true } } },
    input: { a: 1 },
  },
  { what: 'a Task', definition: chain(1, () => task), input: { a: 1 }, tasks: 1 },
  { what: 'ten Task', definition: chain(10, () => task), input: { a: 1 }, tasks: 10 },
  {
    what: 'ten Task with Parameters and ResultPath',
    definition: chain(10, () => ({ ...task, Parameters: { 'a.$': '$.a' }, ResultPath: '$.r' })),
    input: { a: 1 },
    tasks: 10,
  },
  {
    what: 'a Map of 100',
    definition: line('Each', { Type: 'Map', ItemsPath: '$.rows', Iterator: line('One', pass) }),
    input: { rows: rows(100) },
  },
  { what: 'ten Pass with 100 kB', definition: chain(10, () => pass), input: { rows: rows(10_000) } },
  { what: 'a small pipeline', definition: pipeline, input: { rows: rows(10) } },
];

async function openPeer() {
  // It is written for Node 22, which has this.
  Promise.withResolvers ??= function withResolvers() {
    let settle;
    const promise = new Promise((resolve, reject) => (settle = { resolve, reject }));
    return { promise, ...settle };
  };
  const folder = join(cacheRoot, 'executionPeer');
  await installOnce(folder, PEER, async (draft) => {
    writeFileSync(join(draft, 'package.json'), '{ "private": true }');
    await runProgram(['npm', 'install', '--prefix', draft, '--no-audit', '--no-fund', '--loglevel=error', PEER]);
  });
  return createRequire(join(folder, 'package.json'))(PEER.split('@')[0]).StateMachine;
}

async function openCore(folder) {
  const outfile = join(folder, 'core.mjs');
  await esbuild.build({
    entryPoints: [join(projectRoot, 'src/core/index.ts')],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    conditions: ['module'],
    external: ['node:path/posix'],
  });
  return await import(pathToFileURL(outfile).href);
}

/** CPU microseconds of one call, over many. */
async function cpuUs(work, times) {
  const before = process.cpuUsage();
  for (let time = 0; time < times; time++) await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / times;
}

/** The least of several rounds of each, in turns: what else the machine does only adds. */
async function inTurns(ours, peer) {
  // Warm, so that what is measured is not the compiler.
  const warmUp = Math.max(3, Math.round((ROUND_MS * 1000) / (await cpuUs(peer, 3))));
  await cpuUs(ours, warmUp);
  const times = Math.max(3, Math.round((ROUND_MS * 1000) / (await cpuUs(peer, warmUp))));
  const least = { ours: Infinity, peer: Infinity };
  for (let round = 0; round < ROUNDS; round++) {
    least.ours = Math.min(least.ours, await cpuUs(ours, times));
    least.peer = Math.min(least.peer, await cpuUs(peer, times));
  }
  return least;
}

export async function run() {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-bench-'));
  try {
    const StateMachine = await openPeer();
    const core = await openCore(folder);
    const lines = [];
    for (const { what, definition, input, tasks = 0 } of KINDS) {
      const names = Array.from({ length: tasks }, (_, at) => `S${at}`);
      const mocks = Object.fromEntries(names.map((name) => [name, [{ output: { rows: 1 } }]]));
      const handlers = Object.fromEntries(names.map((name) => [name, () => ({ rows: 1 })]));
      const machine = new StateMachine(definition);
      const ours = async () => {
        const { status } = await core.execute({ definition, input, mocks });
        if (status !== 'SUCCEEDED') throw new Error(`Our execution of ${what} ended as ${status}.`);
      };
      const peer = async () => await machine.run(input, { overrides: { taskResourceLocalHandlers: handlers } }).result;
      lines.push({ what, ...(await inTurns(ours, peer)), unit: 'us', limit: FIVE_TIMES });
    }
    return lines;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

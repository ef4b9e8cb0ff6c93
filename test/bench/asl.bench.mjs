// What the language server does for a definition, cold and per keystroke, beside amazon-states-language-service, which can
// only read a document as a whole. CPU time of one process, so that other work on the machine counts for neither. A cold
// document is one of which nothing is known, in a process that has read others, as a language server has: V8 is warmed up
// for both by the same number of documents of 1,000 states, which counts for neither. What the very first document of a
// process costs is measured in processes of its own.
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import * as esbuild from 'esbuild';
import { stringify } from 'yaml';
import { installOnce } from '../support/installOnce.mjs';
import { cacheRoot } from '../support/paths.mjs';
import { run as runProgram } from '../support/run.mjs';
import { openPeer } from './aslPeer.mjs';

export const name = 'ASL findings, beside amazon-states-language-service';
const PEER = 'amazon-states-language-service@1.16.1';
const WARM_UP_RUNS = 12;
const RUNS = 5;
/** The service takes seconds for each. */
const LARGE_RUNS = 3;
/** How much more a state may cost in the largest document than in one of 1,000 states. */
const GROWTH_LIMIT = 1.5;
const jsonFile = { fileName: 'machine.asl.json', languageId: 'asl' };
const yamlFile = { fileName: 'machine.asl.yaml', languageId: 'asl-yaml' };

const peerFolder = join(cacheRoot, 'aslPeer');

async function installPeer() {
  await installOnce(peerFolder, PEER, async (draft) => {
    writeFileSync(join(draft, 'package.json'), '{ "private": true }');
    await runProgram(['npm', 'install', '--prefix', draft, '--no-audit', '--no-fund', '--loglevel=error', PEER]);
  });
}

/** Of each ten states four are tasks with Retry and Catch, two Choices, two Passes, a Wait and a Map. */
function machineOf(count, isJsonata) {
  const States = {};
  for (let index = 0; index < count; index++) {
    const next = index + 1 < count ? { Next: `State ${index + 1}` } : { End: true };
    States[`State ${index}`] = { ...stateOf(index, isJsonata, index + 1 < count), ...next };
    if (States[`State ${index}`].Type === 'Choice') delete States[`State ${index}`].Next;
  }
  return { ...(isJsonata && { QueryLanguage: 'JSONata' }), StartAt: 'State 0', States };
}

function stateOf(index, isJsonata, hasNext) {
  const kind = index % 10;
  if (kind < 4) {
    return {
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke',
      ...(isJsonata
        ? { Arguments: { FunctionName: `function${index}`, Payload: '{% $states.input %}' } }
        : { Parameters: { FunctionName: `function${index}`, 'Payload.$': '$' } }),
      Retry: [{ ErrorEquals: ['Lambda.ServiceException'], IntervalSeconds: 2, MaxAttempts: 3, BackoffRate: 2 }],
      Catch: [{ ErrorEquals: ['States.ALL'], Next: 'State 0' }],
      TimeoutSeconds: 60,
    };
  }
  if (kind < 6 && hasNext) {
    const Next = `State ${index + 1}`;
    const rule = isJsonata
      ? { Condition: `{% $states.input.amount > ${index} and $exists($states.input.region) %}`, Next }
      : { Variable: '$.amount', NumericGreaterThan: index, Next };
    return { Type: 'Choice', Choices: [rule], Default: 'State 0' };
  }
  if (kind < 8) {
    if (isJsonata) return { Type: 'Pass', Output: { text: "{% 'item-' & $string($states.input.id) %}" } };
    return { Type: 'Pass', Parameters: { 'text.$': "States.Format('item-{}', $.id)" } };
  }
  if (kind === 8) return { Type: 'Wait', Seconds: 5 };
  const inner = `Item ${index}`;
  return {
    Type: 'Map',
    ...(isJsonata ? { Items: '{% $states.input.items %}' } : { ItemsPath: '$.items' }),
    ItemProcessor: { StartAt: inner, States: { [inner]: { Type: 'Pass', End: true } } },
  };
}

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

async function medianCpuMs(times, act) {
  const took = [];
  for (let time = 0; time < times; time++) {
    const begin = process.cpuUsage();
    await act();
    const { user, system } = process.cpuUsage(begin);
    took.push((user + system) / 1000);
  }
  return median(took);
}

async function warmUp(...acts) {
  for (const act of acts) for (let time = 0; time < WARM_UP_RUNS; time++) await act();
}

async function keystrokeMs(core, text, file) {
  const document = core.openDocument(text, file);
  document.findings();
  const offset = text.indexOf('function', Math.floor(text.length / 2)) + 'function'.length;
  const act = () => {
    document.edit([{ offset, length: 0, text: 'x' }]);
    document.findings();
  };
  await warmUp(act);
  return medianCpuMs(30, act);
}

const textOf = (states, language) => JSON.stringify(machineOf(states, language === 'JSONata'), undefined, 2);

async function besideTheService({ core, validatePeer }, language) {
  const lines = [];
  const validate = (text, file = jsonFile) => core.validate(text, file);
  const small = textOf(1_000, language);
  await warmUp(
    () => validate(small),
    () => validatePeer(small),
  );
  for (const states of [1_000, 5_000]) {
    const text = textOf(states, language);
    const isLarge = states > 1_000;
    const cold = await medianCpuMs(RUNS, () => validate(text));
    const keystroke = await keystrokeMs(core, text, jsonFile);
    // Last, since it leaves so much behind that whoever comes next would pay for the sweeping.
    const peer = await medianCpuMs(isLarge ? LARGE_RUNS : RUNS, () => validatePeer(text));
    const what = `${language}, ${states} states`;
    lines.push(
      { what: `${what}, cold`, ours: cold, peer, unit: 'ms', limit: 1 / (isLarge ? 30 : 8) },
      { what: `${what}, keystroke`, ours: keystroke, peer, unit: 'ms', limit: 1 / (isLarge ? 100 : 20) },
    );
    if (isLarge) continue;
    const yaml = stringify(machineOf(states, language === 'JSONata'));
    await warmUp(() => validate(yaml, yamlFile));
    const inJson = `${what}, in YAML / in JSON`;
    const yamlCold = await medianCpuMs(RUNS, () => validate(yaml, yamlFile));
    const yamlKeystroke = await keystrokeMs(core, yaml, yamlFile);
    lines.push(
      { what: `${inJson}, cold`, ours: yamlCold, peer: cold, unit: 'ms', limit: 10 },
      { what: `${inJson}, keystroke`, ours: yamlKeystroke, peer: keystroke, unit: 'ms', limit: 10 },
    );
  }
  return lines;
}

/** What 1,000 states cost in documents of several sizes, beside what they cost in one of 1,000. */
async function growth(core) {
  const lines = [];
  let first;
  for (const states of [1_000, 2_000, 5_000, 10_000]) {
    const text = textOf(states, 'JSONPath');
    const cold = await medianCpuMs(RUNS, () => core.validate(text, jsonFile));
    const perThousand = cold / (states / 1_000);
    first ??= perThousand;
    const what = `JSONPath, ${states} states, cold, per 1,000 / in the document of 1,000`;
    lines.push({ what, ours: perThousand, peer: first, unit: 'ms', limit: GROWTH_LIMIT });
  }
  return lines;
}

/** The first document of a process, of 1,000 states; the median of a few processes. */
async function firstOfProcess(folder, corePath) {
  const file = join(folder, 'machine.asl.json');
  writeFileSync(file, textOf(1_000, 'JSONPath'));
  const measure = async (...what) => {
    const took = [];
    for (let time = 0; time < RUNS; time++) {
      const { stdout } = await promisify(execFile)(process.execPath, [
        join(import.meta.dirname, 'aslFirst.mjs'),
        file,
        ...what,
      ]);
      took.push(Number(stdout));
    }
    return median(took);
  };
  const ours = await measure('ours', corePath);
  const peer = await measure('peer', peerFolder);
  return { what: 'JSONPath, 1000 states, first document of a process', ours, peer, unit: 'ms' };
}

export async function run() {
  await installPeer();
  const folder = mkdtempSync(join(tmpdir(), 'sluice-bench-'));
  try {
    const outfile = join(folder, 'core.mjs');
    const entryPoints = ['src/core/index.ts'];
    // As dist/core.mjs is built.
    const resolution = { platform: 'neutral', mainFields: ['module', 'main'], conditions: ['module'] };
    const external = ['node:path/posix'];
    await esbuild.build({ entryPoints, outfile, bundle: true, format: 'esm', external, ...resolution });
    const core = await import(pathToFileURL(outfile).href);
    const both = { core, validatePeer: openPeer(peerFolder) };
    return [
      await firstOfProcess(folder, outfile),
      ...(await besideTheService(both, 'JSONPath')),
      ...(await besideTheService(both, 'JSONata')),
      ...(await growth(core)),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

// What the language server does for a definition, cold and per keystroke, beside amazon-states-language-service, which can
// only read a document as a whole. CPU time of one process, so that other work on the machine counts for neither. Both read
// each document the same number of times: first to warm V8 up, which counts for neither, then measured.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as esbuild from 'esbuild';
import { stringify } from 'yaml';
import { installOnce } from '../support/installOnce.mjs';
import { cacheRoot } from '../support/paths.mjs';
import { run as runProgram } from '../support/run.mjs';

export const name = 'ASL findings, beside amazon-states-language-service';
const PEER = 'amazon-states-language-service@1.16.1';
const WARM_UP_RUNS = 3;
const RUNS = 5;
/** The service takes seconds for each. */
const LARGE_WARM_UP_RUNS = 1;
const LARGE_RUNS = 2;
const jsonFile = { fileName: 'machine.asl.json', languageId: 'asl' };
const yamlFile = { fileName: 'machine.asl.yaml', languageId: 'asl-yaml' };

async function openPeer() {
  const folder = join(cacheRoot, 'aslPeer');
  await installOnce(folder, PEER, async (draft) => {
    writeFileSync(join(draft, 'package.json'), '{ "private": true }');
    await runProgram(['npm', 'install', '--prefix', draft, '--no-audit', '--no-fund', '--loglevel=error', PEER]);
  });
  const { TextDocument, getLanguageService } = createRequire(join(folder, 'package.json'))(PEER.split('@')[0]);
  const service = getLanguageService({});
  return (text) => {
    const document = TextDocument.create('file:///machine.asl.json', 'asl', 1, text);
    const settings = { comments: 'error', trailingCommas: 'error' };
    return service.doValidation(document, service.parseJSONDocument(document), settings);
  };
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

async function medianCpuMs({ warmUp, times }, act) {
  for (let time = 0; time < warmUp; time++) await act();
  const took = [];
  for (let time = 0; time < times; time++) {
    const begin = process.cpuUsage();
    await act();
    const { user, system } = process.cpuUsage(begin);
    took.push((user + system) / 1000);
  }
  return median(took);
}

function keystrokeMs(core, text, file, runs) {
  const document = core.openDocument(text, file);
  document.findings();
  const offset = text.indexOf('function', Math.floor(text.length / 2)) + 'function'.length;
  return medianCpuMs(runs, () => {
    document.edit([{ offset, length: 0, text: 'x' }]);
    document.findings();
  });
}

export async function run() {
  const validatePeer = await openPeer();
  const folder = mkdtempSync(join(tmpdir(), 'sluice-bench-'));
  try {
    const outfile = join(folder, 'core.mjs');
    const entryPoints = ['src/core/index.ts'];
    // As dist/core.mjs is built.
    const resolution = { platform: 'neutral', mainFields: ['module', 'main'], conditions: ['module'] };
    const external = ['node:path/posix'];
    await esbuild.build({ entryPoints, outfile, bundle: true, format: 'esm', external, ...resolution });
    const core = await import(pathToFileURL(outfile).href);
    const lines = [];
    for (const language of ['JSONPath', 'JSONata']) {
      for (const states of [1_000, 5_000]) {
        const machine = machineOf(states, language === 'JSONata');
        const text = JSON.stringify(machine, undefined, 2);
        const what = `${language}, ${states} states`;
        const isLarge = states > 1_000;
        const runs = isLarge
          ? { warmUp: LARGE_WARM_UP_RUNS, times: LARGE_RUNS }
          : { warmUp: WARM_UP_RUNS, times: RUNS };
        const peer = await medianCpuMs(runs, () => validatePeer(text));
        const cold = await medianCpuMs(runs, () => core.validate(text, jsonFile));
        const keystroke = await keystrokeMs(core, text, jsonFile, { warmUp: WARM_UP_RUNS, times: 30 });
        lines.push(
          { what: `${what}, cold`, ours: cold, peer, unit: 'ms', limit: 1 / (isLarge ? 30 : 8) },
          { what: `${what}, keystroke`, ours: keystroke, peer, unit: 'ms', limit: 1 / (isLarge ? 100 : 20) },
        );
        if (isLarge) continue;
        const yaml = await keystrokeMs(core, stringify(machine), yamlFile, { warmUp: WARM_UP_RUNS, times: RUNS });
        lines.push({
          what: `${what}, keystroke in YAML / in JSON`,
          ours: yaml,
          peer: keystroke,
          unit: 'ms',
          limit: 10,
        });
      }
    }
    return lines;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

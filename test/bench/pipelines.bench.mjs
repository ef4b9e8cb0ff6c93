// The Pipelines tree over an account of 10,000 jobs: real SDK calls to a scripted endpoint that takes as long as a near
// region does, without an editor around it.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as esbuild from 'esbuild';
import { projectRoot } from '../support/paths.mjs';

export const name = 'An account of 10,000 Glue jobs';

const jobs = 10_000;
const pageSize = 200;
const answerMs = 40;
/** One row of each is read with its last state: what is pinned, and up to 50 that a filter found. */
const pins = ['job-09999-orders', 'job-00007-orders', 'job-05000-orders'];
const found = 'job-0123';
const entry = `
  export { accountAt } from './test/support/awsAccount.ts';
  export { scriptedAws } from './test/support/scriptedAws.ts';
  export { Pipelines } from './src/views/pipelines/loadPipelines.ts';
  export { presentNode } from './src/views/pipelines/present.ts';
  export { localConnection } from './src/core/connections/connection.ts';
`;

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

/** CPU time of one call, so that other work on the machine does not count. */
async function cpuMsEach(words, act) {
  const rounds = 20;
  let begin;
  // The first round warms up.
  for (let round = 0; round <= rounds; round++) {
    if (round === 1) begin = process.cpuUsage();
    for (const word of words) await act(word);
  }
  const { user, system } = process.cpuUsage(begin);
  return (user + system) / 1000 / rounds / words.length;
}

function jobAt(index) {
  const Name = `job-${String(index).padStart(5, '0')}-orders`;
  return {
    Name,
    Role: 'arn:aws:iam::123456789012:role/glue',
    Command: { Name: 'glueetl', ScriptLocation: `s3://scripts/${Name}.py`, PythonVersion: '3' },
    GlueVersion: '5.0',
    WorkerType: 'G.1X',
    NumberOfWorkers: 10,
    DefaultArguments: { '--job-language': 'python', '--TempDir': 's3://scripts/temp/' },
  };
}

async function answer({ operation, input }) {
  await new Promise((resolve) => setTimeout(resolve, answerMs));
  if (operation === 'GetJobs') {
    const from = Number(input.NextToken ?? 0);
    const size = Math.min(input.MaxResults, jobs - from);
    const Jobs = Array.from({ length: size }, (_, index) => jobAt(from + index));
    return { json: { Jobs, ...(from + size < jobs && { NextToken: String(from + size) }) } };
  }
  if (operation === 'GetJob') return { json: { Job: jobAt(Number(/\d+/.exec(input.JobName)[0])) } };
  if (operation === 'GetJobRuns') return { json: { JobRuns: [] } };
  if (operation === 'GetCallerIdentity') {
    const result = '<Arn>arn:aws:iam::123456789012:user/u</Arn><UserId>u</UserId><Account>123456789012</Account>';
    const body = `<GetCallerIdentityResponse><GetCallerIdentityResult>${result}</GetCallerIdentityResult></GetCallerIdentityResponse>`;
    return { body, type: 'text/xml' };
  }
  return { json: {} };
}

export async function run() {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-bench-'));
  let aws;
  try {
    const outfile = join(folder, 'pipelines.cjs');
    const stdin = { contents: entry, resolveDir: projectRoot, loader: 'ts' };
    await esbuild.build({ stdin, outfile, bundle: true, format: 'cjs', platform: 'node', logLevel: 'error' });
    const { default: parts } = await import(pathToFileURL(outfile).href);
    aws = await parts.scriptedAws(answer);
    return await measure(parts, aws);
  } finally {
    await aws?.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measure(parts, aws) {
  const { localConnection: connection } = parts;
  const account = parts.accountAt(aws.endpoint);
  const count = (operation) => aws.requests.filter((request) => request.operation === operation).length;
  const pipelines = new parts.Pipelines({
    clock: { now: Date.now, sleep: async (ms) => await new Promise((resolve) => setTimeout(resolve, ms).unref()) },
    tracked: { of: () => [], onDidChange: () => ({ dispose: () => undefined }) },
    connections: () => [connection],
    account: async () => account,
    pinned: (_, section) => (section === 'jobs' ? pins : []),
  });
  const context = { nowMs: Date.now(), locale: 'en', isProtected: () => false, isSlow: () => false };
  /** Rows of the Glue jobs as the view draws them: an object for each. */
  const draw = async (section) => {
    const rows = await pipelines.children(section);
    for (const row of rows) parts.presentNode(row, context);
    return rows;
  };
  const untilRested = async (section, isThere) => {
    while (!isThere(await pipelines.children(section))) await new Promise((resolve) => setTimeout(resolve, 5));
  };
  try {
    // What the SDK takes to load belongs to neither.
    for await (const _ of account.stepFunctions.listStateMachines()) break;
    const threeCallsMs = [];
    for (let time = 0; time < 5; time++) {
      // An account asks who it is only once.
      const other = parts.accountAt(aws.endpoint);
      const begin = performance.now();
      await other.identity();
      for await (const page of other.glue.listJobs()) if (page.length > 0) break;
      await other.glue.getJob(pins[0]);
      threeCallsMs.push(performance.now() - begin);
      other.dispose();
    }
    const before = count('GetJobs');
    const begin = performance.now();
    const [root] = await pipelines.children();
    const [section] = await pipelines.children(root);
    const first = await draw(section);
    const firstMs = performance.now() - begin;
    const firstCalls = count('GetJobs') - before;

    // A filter that finds too little reads on to the end.
    pipelines.filter = found;
    await untilRested(section, () => section.complete);
    await untilRested(section, () => count('GetJobRuns') >= 10 + pins.length || aws.requests.length > 1_000);
    const listCalls = count('GetJobs') - before;
    const stateCalls = count('GetJobRuns');

    const labels = Array.from({ length: jobs }, (_, index) => jobAt(index).Name);
    const words = ['orders', '99', 'job-0', 'none such', '7', 'job-012', '5000', '-orders', '31'];
    const filterMs = await cpuMsEach(words, async (word) => {
      pipelines.filter = word;
      await draw(section);
    });
    const arrayMs = await cpuMsEach(words, (word) => labels.filter((label) => label.toLowerCase().includes(word)));

    pipelines.filter = '';
    let rows = first;
    while (rows.at(-1)?.kind === 'more') {
      await pipelines.loadMore(rows.at(-1));
      rows = await draw(section);
    }
    const drawMs = await cpuMsEach(['all'], () => draw(section));
    return [
      { what: 'first rows: pages read / 1', ours: firstCalls, peer: 1, unit: 'calls', limit: 1 },
      {
        what: `first ${first.length - 1} rows / identity, one page and one pinned job, one after the other`,
        ours: firstMs,
        peer: median(threeCallsMs),
        unit: 'ms',
        limit: 1.5,
      },
      {
        what: 'all rows: pages read / rows by page size',
        ours: listCalls,
        peer: Math.ceil(jobs / pageSize),
        unit: 'calls',
        limit: 1,
      },
      {
        what: 'last states read / pinned and filtered rows',
        ours: stateCalls,
        peer: 10 + pins.length,
        unit: 'calls',
        limit: 1,
      },
      {
        what: 'filtering all rows and drawing / Array.filter of their names, CPU',
        ours: filterMs,
        peer: arrayMs,
        unit: 'ms',
        limit: 10,
      },
      { what: 'filtering all rows and drawing / a frame, CPU', ours: filterMs, peer: 16, unit: 'ms', limit: 1 },
      { what: `drawing ${rows.length} rows / 100 ms, CPU`, ours: drawMs, peer: 100, unit: 'ms', limit: 1 },
    ];
  } finally {
    pipelines.dispose();
    account.dispose();
  }
}

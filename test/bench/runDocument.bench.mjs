// The text, index and memory of a run document of 100,000 lines, without an editor around it. What an editor does with it is
// in test/integration/runDocument.test.ts.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import * as esbuild from 'esbuild';

export const name = 'Run document of 100,000 lines';

const lines = 100_000;
const startedMs = Date.UTC(2026, 10, 20, 7, 30);

function entries() {
  return Array.from({ length: lines }, (_, index) => ({
    kind: 'log',
    timeMs: startedMs + index * 10,
    late: false,
    path: [`State${Math.floor(index / 1000)}`],
    stream: index % 7 === 0 ? 'err' : 'out',
    level: 'info',
    text: `INFO  Reading s3://raw/orders/part-${index}.json with a line of the usual length, about 110 characters long`,
    jobRunId: 'jr_0123456789abcdef',
  }));
}

export async function run() {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-bench-'));
  try {
    const outfile = join(folder, 'text.mjs');
    const entryPoints = ['src/views/runs/document/presentText.ts'];
    await esbuild.build({ entryPoints, outfile, bundle: true, format: 'esm', platform: 'node', logLevel: 'error' });
    const { RunText } = await import(pathToFileURL(outfile).href);
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc');
    const key = { connectionId: 'local', kind: 'jobRun', resource: 'extract', id: 'jr_0123456789abcdef' };
    const timeline = { steps: [], current: [] };
    const outcome = { state: 'running', awsState: 'RUNNING', startedMs };
    const snapshot = { key, timeline, outcome, jobs: new Map(), status: { kind: 'live' }, entries: entries() };
    collect();
    const before = process.memoryUsage().heapUsed;
    const begin = process.cpuUsage();
    const text = new RunText(snapshot, 'Local');
    const body = text.take(Infinity);
    const { user, system } = process.cpuUsage(begin);
    const tookMs = (user + system) / 1000;
    const chars = body.reduce((sum, line) => sum + line.length + 1, 0);
    collect();
    const mebibytes = (process.memoryUsage().heapUsed - before) / 1024 / 1024;
    return [
      { what: `${body.length} lines of text and index, CPU / 2 s`, ours: tookMs, peer: 2_000, unit: 'ms', limit: 1 },
      {
        what: `memory of text and index / 3 × the text's ${(chars / 1024 / 1024).toFixed(0)} MiB`,
        ours: mebibytes,
        peer: (3 * chars) / 1024 / 1024,
        unit: 'MiB',
        limit: 1,
      },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

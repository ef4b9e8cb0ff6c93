import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, describe, expect, it } from 'vitest';
import { parseInvocation } from '../../../../src/cli/arguments.ts';
import { check } from '../../../../src/cli/check.ts';
import { collectWorkspace } from '../../../../src/core/workspace/collect.ts';
import { readHosted } from '../../../../src/core/workspace/hosted.ts';
import {
  bucketProblem,
  FORMS,
  nameProblem,
  scaffold,
  type ScaffoldPlan,
} from '../../../../src/core/scaffold/scaffold.ts';

const root = mkdtempSync(join(tmpdir(), 'sluice-scaffold-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

async function findings(folder: string): Promise<{ readonly code: number; readonly output: string }> {
  const invocation = parseInvocation(['check', '--max-warnings', '0', folder]);
  if (invocation.kind !== 'check') throw new Error('no check');
  let output = '';
  const streams = {
    input: Readable.from([]),
    output: (text: string) => (output += text),
    errors: (text: string) => (output += text),
  };
  return { code: await check(invocation.options, streams), output };
}

const job = { name: 'daily-orders', bucket: 'orders-scripts' };
const contents = [
  ['a Spark job', { job: { ...job, kind: 'spark' } }],
  ['a Python shell job', { job: { ...job, kind: 'pythonShell' } }],
  ['a pipeline of a Spark job', { job: { ...job, kind: 'spark' }, machine: { name: 'daily_pipeline' } }],
  ['a pipeline of a Python shell job', { job: { ...job, kind: 'pythonShell' }, machine: { name: 'daily' } }],
  ['a state machine', { machine: { name: 'daily' } }],
] as const satisfies readonly (readonly [string, Omit<ScaffoldPlan, 'form'>])[];

describe.each(FORMS)('a new thing as %s', (form) => {
  it.each(contents)('%s passes all checks', async (name, content) => {
    const folder = join(root, `${form} ${name}`);
    mkdirSync(folder);
    const files = scaffold({ form, ...content });
    for (const { path, text } of files) {
      expect(text.endsWith('\n')).toBe(true);
      expect(text).not.toMatch(/SLUICE_|undefined|\n\n\n\n|[ \t]\n/);
      writeFileSync(join(folder, path), text);
    }
    const { code, output } = await findings(folder);
    expect({ code, output }).toMatchObject({ code: 0 });
    expect(files.some(({ isMain }) => isMain)).toBe(true);
    expect(new Set(files.map(({ path }) => path)).size).toBe(files.length);
  });

  it.each(contents)('%s is found with what it is made of', (_name, content) => {
    const files = scaffold({ form, ...content });
    const expected = [...('job' in content ? ['job'] : []), ...('machine' in content ? ['machine'] : [])];
    if (form === 'cli') {
      const { configs, definitions, problems } = collectWorkspace(
        files.map(({ path }) => path),
        new Map(files.map(({ path, text }) => [path, text])),
      );
      expect(problems).toEqual([]);
      expect([...configs.map(({ kind }) => kind), ...definitions.map(() => 'machine')]).toEqual(expected);
      return;
    }
    const hosted = files.flatMap(({ path, text }) => readHosted(path, text)?.resources ?? []);
    expect(hosted.map(({ kind }) => kind).sort()).toEqual(expected);
    for (const resource of hosted) {
      expect(resource.name).toBe(resource.kind === 'job' ? job.name : 'machine' in content ? content.machine.name : '');
    }
  });
});

it('the programs of all forms compile', () => {
  execFileSync('python3', ['-m', 'compileall', '-q', root]);
});

it('tests of new Python shell jobs pass', () => {
  const folder = mkdtempSync(join(root, 'run-'));
  for (const { path, text } of scaffold({ form: 'cli', job: { ...job, kind: 'pythonShell' } }))
    writeFileSync(join(folder, path), text);
  expect(execFileSync('python3', ['daily_orders.py'], { cwd: folder, encoding: 'utf8' })).toBe('DE: 17\nFR: 5\n');
  execFileSync('python3', ['-c', 'import test_daily_orders as t; t.test_adds_up_each_country()'], { cwd: folder });
});

it('names are such as AWS, Python and files take', () => {
  for (const name of ['orders', 'Daily-Orders_2']) expect(nameProblem(name)).toBeUndefined();
  for (const name of ['', '2orders', 'a b', '../x', 'x'.repeat(65)]) expect(nameProblem(name)).toBeDefined();
  expect(bucketProblem('orders-scripts')).toBeUndefined();
  expect(bucketProblem('Orders')).toBeDefined();
});

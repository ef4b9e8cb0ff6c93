import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { silentLog } from '../../src/core/base/log.ts';
import { planLocalRun } from '../../src/core/glue/localRun/index.ts';
import { startPlannedContainer } from '../../src/extension/localRuns/startPlannedContainer.ts';
import { execArguments } from '../../src/processes/docker/containerArguments.ts';
import { findEngine } from '../../src/processes/docker/findEngine.ts';
import { ownerOf } from '../../src/processes/docker/ownerOf.ts';

const image = {
  reference: process.env['SLUICE_TEST_GLUE_IMAGE'] ?? '',
  glueVersion: '5.1',
  user: 'hadoop',
  home: '/home/hadoop',
};

/** Gives a program a terminal, as VS Code does. */
const terminalProgram = 'script';

test('PySpark in a terminal has the job: its arguments, modules and folders; ended with the container', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-repl-'));
  mkdirSync(join(folder, 'lib'));
  writeFileSync(join(folder, 'lib/rates.py'), 'VAT = 19\n');
  writeFileSync(join(folder, 'orders.csv'), 'id\n1\n2\n3\n');
  const engine = await findEngine('docker', process.env);
  const owner = ownerOf(engine);
  const runId = `repl-${process.pid}`;
  const plan = planLocalRun({
    job: {
      name: 'orders',
      kind: 'spark',
      arguments: { '--day': `it's "the" 1st ☂`, '--extra-py-files': 's3://code/rates.py' },
    },
    stage: { kind: 'repl' },
    image,
    folder,
    script: '',
    scriptText: '',
    runId,
    region: 'eu-central-1',
    reach: 'none',
    files: new Map([['s3://code/rates.py', 'lib/rates.py']]),
    mappings: [],
    env: {},
    ...(owner ? { owner } : {}),
  });
  const surroundings = { reach: 'none', region: 'eu-central-1', connectionId: 'machine' } as const;
  const options = { engine, plan, runId, surroundings, log: silentLog };
  const container = await startPlannedContainer(options, () => undefined, new AbortController().signal);
  const { name, workdir } = plan.container;
  try {
    const program = { name, workdir, command: plan.repl ?? [], ...(owner ? { owner } : {}) };
    const words = ['docker', ...execArguments(program, { hasTerminal: true })];
    const line = words.map((word) => `'${word.replaceAll("'", `'"'"'`)}'`).join(' ');
    const terminal = spawn(terminalProgram, ['-qefc', line, '/dev/null'], { env: { ...process.env, TERM: 'dumb' } });
    let said = '';
    terminal.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
    const exit = new Promise<number | null>((resolve) => terminal.once('close', resolve));
    const type = async (text: string, answer: string): Promise<void> => {
      terminal.stdin.write(`${text}\n`);
      await expect.poll(() => said, { timeout: 120_000 }).toContain(answer);
    };
    await expect.poll(() => said, { timeout: 120_000 }).toContain('>>> ');
    expect(said).toContain('version 3.5.6');
    await type('spark.read.csv("orders.csv", header=True).count() + 1000', '1003');
    await type('import rates; rates.VAT * 2', '38');
    await type('import sys; from awsglue.utils import getResolvedOptions as options', '>>> ');
    await type('print(options(sys.argv, ["JOB_NAME", "day"])["day"], 2 + 2, sep="|")', `it's "the" 1st ☂|4`);
    terminal.stdin.write('exit()\n');
    expect(await exit).toBe(0);
  } finally {
    await container.stop();
    rmSync(folder, { recursive: true, force: true });
  }
  expect(execFileSync('docker', ['ps', '--all', '--quiet', '--filter', `name=${name}`], { encoding: 'utf8' })).toBe('');
});

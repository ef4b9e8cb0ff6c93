import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildEntry } from './buildEntry.ts';
import { pythonWithClients } from './pythonClients.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sluice-without-'));
}, 60_000);
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

it.runIf(process.platform !== 'win32')(
  'the lines of docs/local.md start the account and let the aws CLI in',
  { timeout: 300_000 },
  async () => {
    const entry = await buildEntry(folder);
    const python = await pythonWithClients();
    const [, lines = ''] = /```sh\n([\s\S]*?)```/.exec(await readFile('docs/local.md', 'utf8')) ?? [];
    expect(lines).toContain('pytest tests');
    // `exec`, so that what the lines end is the account itself.
    const sluice = `sluice() { exec '${process.execPath}' '${entry}' "$@"; }`;
    const tests = `'${python}' -m awscli glue list-jobs --output json`;
    const script = ['set -e', sluice, lines.replace('pytest tests', tests), 'wait || true'].join('\n');
    const env = { ...process.env, AWS_ENDPOINT_URL: '' };
    const { stdout } = await promisify(execFile)('bash', ['-c', script], { cwd: folder, env });
    expect(stdout).toMatch(/^Local account at http:\/\/127\.0\.0\.1:\d+/);
    expect(stdout).toContain('"JobNames": []');
  },
);

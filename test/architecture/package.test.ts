import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { PackageManager, createVSIX, listFiles } from '@vscode/vsce';
import { afterAll, beforeAll, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'sluice-package-'));
const MAX_BYTES = 3_000_000;

beforeAll(() => {
  execFileSync(process.execPath, ['esbuild.mjs', '--production'], { cwd: root });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('the package holds the files of packagedFiles.txt and no other', async () => {
  const files = await listFiles({ cwd: root, packageManager: PackageManager.None });
  // Chunks are named after their content.
  const named = files.map((file) => file.replace(/^(dist\/(?:chunks|shared)\/).*/, '$1*'));
  const expected = readFileSync(join(import.meta.dirname, 'packagedFiles.txt'), 'utf8');
  expect(`${[...new Set(named)].sort().join('\n')}\n`).toBe(expected);
});

test('sluice.vsix is at most 3 MB', async () => {
  const packagePath = join(folder, 'sluice.vsix');
  await createVSIX({
    cwd: root,
    packagePath,
    dependencies: false,
    allowMissingRepository: true,
    rewriteRelativeLinks: false,
  });
  expect(statSync(packagePath).size).toBeLessThanOrEqual(MAX_BYTES);
});

import { readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { PackageManager, listFiles } from '@vscode/vsce';
import { beforeAll, expect, test } from 'vitest';
import { packageExtension } from '../support/prepare.mjs';

const root = resolve(import.meta.dirname, '../..');
const MAX_BYTES = 3_000_000;

let vsix: string;
beforeAll(async () => {
  vsix = await packageExtension();
});

test('the package holds the files of packagedFiles.txt and no other', async () => {
  const files = await listFiles({ cwd: root, packageManager: PackageManager.None });
  // Chunks are named after their content.
  const named = files.map((file) => file.replace(/^(dist\/(?:chunks|shared)\/).*/, '$1*'));
  const expected = readFileSync(join(import.meta.dirname, 'packagedFiles.txt'), 'utf8');
  expect(`${[...new Set(named)].sort().join('\n')}\n`).toBe(expected);
});

test('sluice.vsix is at most 3 MB', () => {
  expect(statSync(vsix).size).toBeLessThanOrEqual(MAX_BYTES);
});

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { storedZip } from '../../../../src/core/deploy/storedZip.ts';

const files = [
  { path: 'orders/__init__.py', bytes: new TextEncoder().encode('NAME = "orders"\n') },
  { path: 'orders/prüfung.py', bytes: new TextEncoder().encode('def check():\n    return "☂"\n') },
];

test('the same files give the same bytes in any order', () => {
  expect(storedZip(files)).toEqual(storedZip(files.toReversed()));
});

test('Python imports from it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-zip-'));
  try {
    writeFileSync(join(folder, 'orders.zip'), storedZip(files));
    const script = [
      'import sys, zipfile; sys.path.insert(0, "orders.zip"); import orders',
      'archive = zipfile.ZipFile("orders.zip")',
      'print(archive.testzip(), archive.namelist(), orders.NAME, oct(archive.infolist()[0].external_attr >> 16))',
    ].join('\n');
    const env = { ...process.env, PYTHONIOENCODING: 'utf-8' };
    const said = execFileSync('python3', ['-c', script], { cwd: folder, encoding: 'utf8', env });
    expect(said.trim()).toBe("None ['orders/__init__.py', 'orders/prüfung.py'] orders 0o100644");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

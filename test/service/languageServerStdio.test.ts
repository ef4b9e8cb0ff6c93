import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { TestLanguageClient } from '../support/languageClient.ts';

const folder = mkdtempSync(join(tmpdir(), 'sluice-ls-'));
const serverFile = join(folder, 'languageServer.cjs');
let server: ChildProcess | undefined;

beforeAll(async () => {
  await build({
    entryPoints: ['src/language-server/main.ts'],
    outfile: serverFile,
    bundle: true,
    platform: 'node',
    mainFields: ['module', 'main'],
    logLevel: 'error',
  });
});
afterAll(() => {
  server?.kill();
  rmSync(folder, { recursive: true });
});

it('serves any editor over standard input and output, and ends when it is told to', async () => {
  const started = spawn(process.execPath, [serverFile, '--stdio']);
  server = started;
  const ended = new Promise<number | null>((resolve) => started.on('exit', resolve));
  const client = TestLanguageClient.over(started.stdout, started.stdin);
  await client.initialize({}, { rules: { 'asl/unknown-next': 'info' } });
  const uri = 'file:///p.asl.json';
  await client.open(uri, 'json', '{"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "B"}}}');
  const found = await client.diagnostics(uri);
  expect(found.find(({ code }) => code === 'asl/unknown-next')?.severity).toBe(3);
  await client.shutdown();
  expect(await ended).toBe(0);
  client.dispose();
});

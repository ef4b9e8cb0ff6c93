import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchChromium } from '../support/chromium.mjs';

const project = resolve(import.meta.dirname, '../..');
let root: string;
const demoFolder = (): string => join(root, 'demo');

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'sluice-demo-'));
});
afterAll(() => rmSync(root, { recursive: true, force: true, maxRetries: 3 }));

/** `npm run demo`, and what it has printed so far. */
function startDemo(env: NodeJS.ProcessEnv = {}): { child: ChildProcess; printed: () => string } {
  const child = spawn(process.execPath, [join(project, 'test/support/demo.mjs')], {
    env: { ...process.env, SLUICE_DEMO_FOLDER: demoFolder(), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data: Buffer) => (printed += data.toString()));
  return { child, printed: () => printed };
}

test('opens the desktop VS Code where there is one, with a user folder of its own', async () => {
  const bin = join(root, 'bin');
  mkdirSync(bin);
  const told = join(root, 'told');
  // Stands in for the desktop's command: tells its version and keeps what it was called with.
  writeFileSync(
    join(bin, 'code'),
    `#!/bin/sh\n[ "$1" = --version ] && { echo 1.128.0; exit 0; }\nprintf '%s\\n' "$@" > '${told}'\n`,
  );
  chmodSync(join(bin, 'code'), 0o755);
  const { child, printed } = startDemo({ PATH: `${bin}${delimiter}${process.env['PATH'] ?? ''}` });
  const [code] = (await once(child, 'close')) as [number | null];
  expect(code, printed()).toBe(0);
  const words = readFileSync(told, 'utf8').trim().split('\n');
  expect(words).toContain(`--extensionDevelopmentPath=${project}`);
  expect(words).toContain(`--user-data-dir=${join(demoFolder(), 'desktop')}`);
  expect(words.at(-1)).toBe(join(demoFolder(), 'workspace'));
  expect(existsSync(join(demoFolder(), 'workspace/pipelines/orders.asl.json'))).toBe(true);
}, 300_000);

test('serves VS Code where there is none, tells its address, and keeps what was edited for the next start', async () => {
  for (const start of ['first', 'second']) {
    const { child, printed } = startDemo();
    try {
      await expect.poll(printed, { timeout: 240_000, interval: 200 }).toMatch(/http:\S+folder=\S+/);
      const address = /http:\S+folder=\S+/.exec(printed())?.[0] ?? '';
      const browser = await launchChromium();
      try {
        const page = await browser.newPage({ colorScheme: 'dark', viewport: { width: 1400, height: 900 } });
        page.setDefaultTimeout(120_000);
        await page.goto(address);
        await page.locator('.explorer-viewlet .monaco-list-row').first().waitFor();
        await page.locator('.activitybar .action-label[aria-label^="Sluice"]').waitFor();
        await page.locator('.monaco-workbench.vs-dark').first().waitFor();
      } finally {
        await browser.close();
      }
      const edited = join(demoFolder(), 'workspace/jobs/extract_orders.py');
      if (start === 'first') writeFileSync(edited, '# mine\n');
      else expect(readFileSync(edited, 'utf8')).toBe('# mine\n');
    } finally {
      child.kill('SIGINT');
    }
    const [code] = (await once(child, 'close')) as [number | null];
    expect(code, printed()).toBe(0);
  }
}, 600_000);

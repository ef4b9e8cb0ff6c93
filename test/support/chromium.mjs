import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { findProgram, installSystemPackages } from './run.mjs';

const candidates = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];
const macChrome = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';

/** The path of a Chromium, installed first where root and apt are there. `CHROME_PATH` names another. */
export async function ensureChromium() {
  const find = () =>
    process.env.CHROME_PATH ?? findProgram(...candidates) ?? (existsSync(macChrome) ? macChrome : undefined);
  const found = find();
  if (found) return found;
  await installSystemPackages(['chromium'], 'tests in a real VS Code');
  return find();
}

/** A headless browser for the workbench. The caller closes it. */
export async function launchChromium() {
  return await chromium.launch({
    executablePath: await ensureChromium(),
    args: [
      ...['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'],
      ...['--disable-sync', '--no-first-run', '--disable-quic', '--disable-dev-shm-usage'],
    ],
  });
}

import { createVSIX } from '@vscode/vsce';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../support/paths.mjs';
import { packageExtension } from '../support/prepare.mjs';
import { openTestVsCode } from '../support/testVsCode.mjs';
import { installExtension, installVsCodeServer, writeUserSettings } from '../support/vscodeServer.mjs';

export const name = 'Activation, beside the built-in JSON features of the same VS Code (median of 5 starts)';
const STARTS = 5;

/** As a word: VS Code would rewrite what earlier versions took, and open its settings for that. */
const settings = { 'extensions.autoUpdate': 'off' };

/** Any JSON document starts more than what is measured: none is in the workspace, and VS Code need not write its own one. */
function prepare({ data, workspace }) {
  rmSync(workspace, { recursive: true });
  mkdirSync(workspace);
  writeUserSettings(data, [], 'data/User/chatLanguageModels.json');
}

/** Activation milliseconds of both, as "Developer: Show Running Extensions" tells them. */
async function activationMs() {
  const vscode = await openTestVsCode({ name: 'bench', prepare, settings });
  const { page } = vscode;
  try {
    page.setDefaultTimeout(120_000);
    // Tall, because rows out of sight are not rendered.
    await page.setViewportSize({ width: 1400, height: 3000 });
    const stopwatch = page.locator('.statusbar-item').filter({ hasText: 'Stopwatch:' });
    const verdict = await stopwatch.first().innerText();
    if (!verdict.includes('done')) throw new Error(verdict);
    await page.keyboard.press('F1');
    await page.locator('.quick-input-box input').fill('>Developer: Show Running Extensions');
    await page.locator('.quick-input-list .monaco-list-row').filter({ hasText: 'Running Extensions' }).first().click();
    const time = async (extension) => {
      const row = page.locator('.runtime-extensions-editor .monaco-list-row').filter({ hasText: extension });
      const text = await row.locator('.activation-time').first().textContent();
      return Number(/(\d+)\s*ms/.exec(text ?? '')?.[1]);
    };
    return { ours: await time('Sluice'), peer: await time('JSON Language Features') };
  } finally {
    await vscode.close();
  }
}

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

async function packageStopwatch() {
  const vsix = join(projectRoot, '.cache/stopwatch.vsix');
  await createVSIX({
    cwd: join(import.meta.dirname, 'stopwatch'),
    packagePath: vsix,
    allowMissingRepository: true,
    skipLicense: true,
  });
  return vsix;
}

export async function run() {
  await installVsCodeServer();
  const template = join(projectRoot, '.cache/bench-data');
  const python = join(projectRoot, '.cache/bench-python');
  for (const folder of [template, python]) rmSync(folder, { recursive: true, force: true });
  mkdirSync(python, { recursive: true });
  await installExtension(await packageExtension(), template);
  await installExtension(await packageStopwatch(), template);
  Object.assign(process.env, { SLUICE_E2E_DATA: template, SLUICE_E2E_PYTHON: python });
  const samples = [];
  for (let start = 0; start < STARTS; start++) samples.push(await activationMs());
  const [ours, peer] = ['ours', 'peer'].map((key) => median(samples.map((sample) => sample[key])));
  return [{ what: 'Sluice / vscode.json-language-features', ours, peer, unit: 'ms', limit: 1 }];
}

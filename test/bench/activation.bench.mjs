import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../support/paths.mjs';
import { packageExtension } from '../support/prepare.mjs';
import { openTestVsCode } from '../support/testVsCode.mjs';
import { installExtension, installVsCodeServer } from '../support/vscodeServer.mjs';

export const name = 'Activation, beside the built-in JSON features of the same VS Code (median of 5 starts)';
const STARTS = 5;
/** VS Code counts what other extensions do meanwhile into each one's time: the two start one after the other, when all others are done. */
const REST_MS = 5_000;
/** A file that starts the JSON features and none of the others that know JSON. */
const file = 'orders.code-snippets';

function prepare({ workspace }) {
  rmSync(workspace, { recursive: true });
  mkdirSync(workspace);
  writeFileSync(join(workspace, file), '{}\n');
}

/** Activation milliseconds of both, as "Developer: Show Running Extensions" tells them. */
async function activationMs() {
  const vscode = await openTestVsCode({ name: 'bench', prepare });
  const { page } = vscode;
  try {
    page.setDefaultTimeout(60_000);
    // Tall, because rows out of sight are not rendered.
    await page.setViewportSize({ width: 1400, height: 3000 });
    await page.locator('.explorer-viewlet .monaco-list-row').first().waitFor();
    await page.waitForTimeout(REST_MS);
    await page.locator('.activitybar .action-label[aria-label^="Sluice"]').click();
    await page.waitForTimeout(REST_MS);
    await page.keyboard.press('ControlOrMeta+P');
    await page.locator('.quick-input-box input').fill(file);
    // The list may still show something else: what was open before, or that nothing was found yet.
    const row = page.locator('.quick-input-list .monaco-list-row').filter({ hasText: file }).first();
    await row.waitFor();
    await row.click();
    await page.locator('.tabs-container .tab').filter({ hasText: file }).waitFor();
    await page.waitForTimeout(REST_MS);
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

export async function run() {
  await installVsCodeServer();
  const template = join(projectRoot, '.cache/bench-data');
  const python = join(projectRoot, '.cache/bench-python');
  for (const folder of [template, python]) rmSync(folder, { recursive: true, force: true });
  mkdirSync(python, { recursive: true });
  await installExtension(await packageExtension(), template);
  Object.assign(process.env, { SLUICE_E2E_DATA: template, SLUICE_E2E_PYTHON: python });
  const samples = [];
  for (let start = 0; start < STARTS; start++) samples.push(await activationMs());
  const [ours, peer] = ['ours', 'peer'].map((key) => median(samples.map((sample) => sample[key])));
  return [{ what: 'Sluice / vscode.json-language-features', ours, peer, unit: 'ms', limit: 1 }];
}

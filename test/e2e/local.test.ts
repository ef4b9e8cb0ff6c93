import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { HeldScript } from './heldScript.ts';
import { clickUntil } from './quickInput.ts';
import { Workbench } from './workbench.ts';

// The account on this machine: an Express machine, a workflow, and what becomes of it all after a reset.
let workbench: Workbench;
let extract: HeldScript;
/** The first job run on a machine makes a Python environment. */
const SET_UP_MS = 200_000;
const whichInput = 'Which input?';
const greet = {
  Comment: 'Greets. sluice: express',
  StartAt: 'Greet',
  States: { Greet: { Type: 'Pass', Result: { greeting: 'Hello from Local' }, End: true } },
};

beforeAll(async () => {
  workbench = await Workbench.open({
    name: 'local',
    prepare: ({ workspace }) => {
      writeFileSync(join(workspace, 'pipelines/greet.asl.json'), `${JSON.stringify(greet, undefined, 2)}\n`);
      extract = new HeldScript(join(workspace, 'jobs/extract_orders.py'));
    },
  });
  await workbench.openSidebar();
});
afterAll(async () => {
  await workbench.close();
});

/** The window that an action opens, as an address. VS Code there is not waited for. */
async function openedWindow(act: () => Promise<void>): Promise<string> {
  const [page] = await Promise.all([workbench.page.context().waitForEvent('page', { timeout: 120_000 }), act()]);
  await page.waitForURL(/folder=/);
  const url = page.url();
  await page.close();
  return decodeURIComponent(url);
}

async function startGreet(): Promise<void> {
  await workbench.openFile('pipelines/greet.asl.json');
  await workbench.clickCodeLens('Start Execution…', workbench.quickInput.asking(whichInput));
  await workbench.pick(whichInput, 'empty input');
}

test('an Express machine runs at once, shows its result, and runs again from its row', async () => {
  workbench.shootOnFailure('express');
  await startGreet();
  const result = workbench.notification('greet succeeded in').first();
  await result.waitFor();
  await workbench.screenshotInBothThemes('express-result');
  const output = workbench.line('"greeting": "Hello from Local"');
  await clickUntil(result.locator('.monaco-button').filter({ hasText: 'Show Output' }), output);
  await workbench.screenshotInBothThemes('express-output');
  await workbench.clearNotifications();
  await workbench.rowAction(/^greet/, 'Re-run with Same Input', result);
  await workbench
    .treeRow(/^greet/)
    .nth(1)
    .waitFor();
  await workbench.clearNotifications();
});

test('a workflow starts with its properties, is stopped, and its jobs are started no more', async () => {
  workbench.shootOnFailure('workflow');
  const properties = 'Start, or choose what to change';
  await workbench.expand('Glue Workflows');
  const teamRow = workbench.quickInput.row(properties, 'team').first();
  await workbench.rowAction('nightly-orders', 'Start Workflow Run…', teamRow);
  await workbench.screenshotInBothThemes('workflow-properties');
  await workbench.pick(properties, 'Start nightly-orders in Local');
  await workbench.tab('nightly-orders').first().waitFor();
  await workbench.line('extract-orders').first().waitFor({ timeout: SET_UP_MS });
  const row = workbench.treeRow(/^nightly-orders.*Local/).first();
  await workbench.rowAction(/^nightly-orders.*Local/, 'Stop Run', row.locator('.codicon-circle-slash'));
  await workbench.screenshotInBothThemes('workflow-stopped');
});

test('a run tab comes back with the window, with the whole run in it', async () => {
  workbench.shootOnFailure('reloaded-run');
  const [line] = await workbench.line('extract-orders').allTextContents();
  await workbench.reloadKeeping(/sluice-run/);
  await workbench.tab('nightly-orders').first().waitFor();
  await workbench.line('workflow run stopped').first().waitFor();
  expect(await workbench.line('extract-orders').allTextContents()).toContain(line);
  await workbench.openSidebar();
  await workbench
    .treeRow(/^nightly-orders.*Local/)
    .locator('.codicon-circle-slash')
    .first()
    .waitFor();
  await workbench.screenshotInBothThemes('reloaded-run');
});

test('an on-demand trigger starts its workflow from its row', async () => {
  workbench.shootOnFailure('trigger');
  await workbench.expand('Glue Workflows');
  await workbench.expand(/^nightly-orders(?!.*Local)/);
  const running = workbench.treeRow(/^nightly-orders.*Local/).locator('.codicon-loading');
  await workbench.rowAction(/^nightly-orders-start/, 'Start Trigger', running);
  await workbench.screenshotInBothThemes('trigger-started');
  // An account with a run in it is not reset.
  extract.letGo();
  await running.first().waitFor({ state: 'detached', timeout: 120_000 });
});

test('the folder of the S3 objects opens', async () => {
  workbench.shootOnFailure('s3-folder');
  const address = await openedWindow(async () => await workbench.command('Sluice: Open Local S3 Folder'));
  const folder = /folder=([^&]*)/.exec(address)?.[1] ?? '';
  expect(existsSync(join(folder, 'sluice-sample-raw'))).toBe(true);
});

test('after a reset nothing is left, and the next start deploys all of it again', async () => {
  workbench.shootOnFailure('reset');
  await workbench.command('Sluice: Reset Local Account…');
  await workbench.dialog().waitFor();
  await workbench.screenshotInBothThemes('reset-question');
  await workbench.press('Reset');
  await workbench.notification('The local account is empty.').first().waitFor();
  await workbench.treeRow(/^State Machines\s*0/).waitFor();
  await workbench.screenshotInBothThemes('reset-done');
  await workbench.clearNotifications();
  await startGreet();
  await workbench.notification('greet succeeded in').first().waitFor();
  await workbench.treeRow(/^Glue Jobs\s*3/).waitFor();
  await workbench.treeRow(/^State Machines\s*2/).waitFor();
});

test('the sample is put into a folder of choice and opens', async () => {
  workbench.shootOnFailure('open-sample');
  await workbench.command('Sluice: Open Sample Pipeline…');
  const question = 'Folder to put the sample pipeline into';
  await workbench.quickInput.asking(question).waitFor();
  await workbench.screenshotInBothThemes('open-sample');
  const box = workbench.quickInput.asking(question);
  await box.locator('.quick-input-box input').fill(`${workbench.folder.home}/`);
  const address = await openedWindow(async () => {
    await box.locator('.monaco-button').filter({ hasText: 'Put Sample Here' }).click();
    await box.waitFor({ state: 'hidden' });
  });
  expect(address).toContain('sluice-sample');
  expect(existsSync(join(workbench.folder.home, 'sluice-sample/pipelines/orders.asl.json'))).toBe(true);
});

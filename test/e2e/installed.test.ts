import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { installStandInToolkit } from '../support/standInToolkit.mjs';
import { clickUntil } from './quickInput.ts';
import { Workbench } from './workbench.ts';

const definition = 'pipelines/orders.asl.json';
const offer = 'AWS Toolkit opens state machines in its web editor';
const doubled = 'AWS Toolkit checks state machines too';

let workbench: Workbench;
beforeAll(async () => {
  workbench = await Workbench.open({
    name: 'installed',
    prepare: async ({ data, workspace }) => {
      const file = join(workspace, definition);
      writeFileSync(file, readFileSync(file, 'utf8').replace('"StartAt": "Extract', '"StartAt": "Xtract'));
      await installStandInToolkit(data);
    },
  });
});
afterAll(async () => await workbench.close());

test('Sluice is listed among the installed extensions', async () => {
  workbench.shootOnFailure('installed');
  await workbench.command('Extensions: Show Installed Extensions');
  await workbench.treeRow('Sluice: AWS Glue').waitFor();
  await workbench.screenshotInBothThemes('installed');
});

test('beside AWS Toolkit, definitions open as text on a click, and each finding is shown once', async () => {
  workbench.shootOnFailure('beside-toolkit');
  await workbench.quickInput.takeFromPalette('ControlOrMeta+P', definition, /^orders\.asl\.json$/);
  const question = workbench.notification(offer);
  await question.waitFor();
  expect(await workbench.line('"StartAt"').count()).toBe(0);
  await workbench.screenshotInBothThemes('beside-toolkit');
  const asText = question.locator('.monaco-button').filter({ hasText: 'Open as Text' });
  await clickUntil(asText, workbench.line('"StartAt"').first());
  await workbench.tab('orders.asl.json').nth(1).waitFor({ state: 'detached' });
  await workbench.squiggles('error').first().waitFor();
  const advice = workbench.notification(doubled);
  await advice.waitFor();
  await workbench.screenshotInBothThemes('double-checks');
  const turnOff = advice.locator('.monaco-button').filter({ hasText: 'Turn Off Checks of Sluice' });
  await turnOff.click();
  await workbench.squiggles('error').first().waitFor({ state: 'detached' });
});

test('the user is asked once: another definition opens as text at once', async () => {
  workbench.shootOnFailure('toolkit-once');
  await workbench.command('View: Close All Editors');
  await workbench.openFile(definition);
  expect(await workbench.line('"StartAt": "XtractOrders"').count()).toBe(1);
  expect(await workbench.notification(offer).count()).toBe(0);
});

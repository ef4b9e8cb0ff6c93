import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { clickUntil } from './quickInput.ts';
import { Workbench } from './workbench.ts';

// F5 on a script: it stops at a breakpoint, shows its variables, and goes on.
let workbench: Workbench;
/** The first run on a machine makes a Python environment. */
const SET_UP_MS = 180_000;

beforeAll(async () => {
  workbench = await Workbench.open({ name: 'debug' });
});
afterAll(async () => {
  await workbench.close();
});

test('a script stops at a breakpoint with its arguments to look at, and ends', async () => {
  workbench.shootOnFailure('debug');
  const { page } = workbench;
  const script = 'import sys\norders = len(sys.argv)\nprint("orders:", orders)\n';
  writeFileSync(join(workbench.folder.workspace, 'jobs/report_orders.py'), script);
  await workbench.openSidebar();
  await workbench.openFile('jobs/report_orders.py');
  await workbench.goTo(3);
  await page.keyboard.press('F9');
  await page.locator('.codicon-debug-breakpoint').first().waitFor();
  const paused = page.locator('.debug-top-stack-frame-line');
  await workbench.codeLens('Debug').first().waitFor();
  // A double click comes as two commands, and starts the script once.
  await workbench.codeLens('Debug').first().dblclick();
  await workbench.clickCodeLens('Debug', workbench.treeRow('local: report_orders.py'));
  await paused.first().waitFor({ timeout: SET_UP_MS });
  const locals = page.locator('.debug-variables .monaco-list-row').filter({ hasText: 'Locals' });
  const variable = page.locator('.debug-variables .monaco-list-row').filter({ hasText: 'orders' });
  await clickUntil(locals, variable);
  expect(await variable.first().textContent()).toContain('5');
  await workbench.screenshotInBothThemes('debug');
  await page.keyboard.press('F5');
  await workbench.openSidebar();
  expect(await workbench.treeRow('local: report_orders.py').count()).toBe(1);
  await workbench.treeIcon('local: report_orders.py', 'pass-filled').waitFor();
});

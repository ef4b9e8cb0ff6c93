import { appendFileSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { clickUntil } from './quickInput.ts';
import { Workbench } from './workbench.ts';

// A job from its config to an account: what would change, the difference, and then the change.
let workbench: Workbench;
const question = 'Nothing is changed before you choose.';

beforeAll(async () => {
  workbench = await Workbench.open({ name: 'deploy' });
});
afterAll(async () => {
  await workbench.close();
});

test('a job is deployed after a look at what differs, and then only what was edited', async () => {
  workbench.shootOnFailure('deploy');
  const { quickInput } = workbench;
  await workbench.openSidebar();
  await workbench.openFile('jobs/report_orders.glue.json');
  await workbench.clickCodeLens('Deploy…', quickInput.asking(question));
  await quickInput.row(question, 'Upload report_orders.py').first().waitFor();
  await workbench.pick(question, /^.*Deploy2 calls in Local/);
  await workbench.notification('report-orders in Local: report_orders.py uploaded, job created.').first().waitFor();

  const config = join(workbench.folder.workspace, 'jobs/report_orders.glue.json');
  await workbench.expand('Glue Jobs');
  await workbench.treeRow(/^report-orders/).waitFor();
  await says('');
  writeFileSync(config, readFileSync(config, 'utf8').replace('"Timeout": 10', '"Timeout": 20'));
  await workbench.line('"Timeout": 20').first().waitFor();
  await says('differs in 1 change from Local');
  await workbench.clickCodeLens('Deploy…', quickInput.asking(question));
  const update = quickInput.row(question, 'Timeout 10 → 20');
  expect(await quickInput.row(question, 'Upload').count()).toBe(0);
  await clickUntil(update, workbench.page.locator('.monaco-diff-editor .view-line').filter({ hasText: '20' }));
  await update.first().waitFor();
  await workbench.screenshotInBothThemes('deploy');
  await workbench.pick(question, /^.*Deploy1 call in Local/);
  await workbench.notification('report-orders in Local: job updated.').first().waitFor();
  // The difference was shown in its place.
  await workbench.openFile('jobs/report_orders.glue.json');
  await says('');
});

test('what is deployed is saved into the workspace as a template, which does not differ from it', async () => {
  workbench.shootOnFailure('save-into-workspace');
  const { quickInput, page } = workbench;
  const form = 'In which form?';
  const menuRow = page.locator('.monaco-menu .action-item').filter({ hasText: 'Save into Workspace…' });
  await workbench.treeRow(/^report-orders/).click({ button: 'right' });
  await clickUntil(menuRow, quickInput.asking(form));
  await workbench.screenshot('save-into-workspace-form');
  await workbench.pick(form, 'CloudFormation template');
  const dialog = quickInput.asking('Save report-orders into Workspace');
  // It goes into the folder first, and then has the name.
  const path = dialog.locator('input').first();
  await expect
    .poll(async () => await path.inputValue(), { timeout: 60_000 })
    .toMatch(/jobs\/report-orders\.template\.yaml$/);
  await workbench.screenshot('save-into-workspace');
  await path.press('Enter');
  await workbench.line('Type: "AWS::Glue::Job"').first().waitFor();
  await expect.poll(async () => await lensTitle(), { timeout: 60_000 }).toBe('Deploy…');
  await workbench.screenshot('save-into-workspace-saved');
  // Two that describe one job would be the next test's.
  rmSync(join(workbench.folder.workspace, 'jobs/report-orders.template.yaml'));
  await workbench.openFile('jobs/report_orders.glue.json');
  await says('');
});

test('what the account has is exported for checks in CI', async () => {
  workbench.shootOnFailure('export-inventory');
  await workbench.command('Sluice: Export Inventory…');
  const path = workbench.quickInput.asking('Export Inventory').locator('input').first();
  await expect.poll(async () => await path.inputValue(), { timeout: 60_000 }).toMatch(/\/sluice-inventory\.json$/);
  await workbench.screenshot('export-inventory');
  await path.press('Enter');
  const file = join(workbench.folder.workspace, 'sluice-inventory.json');
  await expect
    .poll(() => existsSync(file) && readFileSync(file, 'utf8'), { timeout: 60_000 })
    .toContain('report-orders');
  rmSync(file);
});

test('the lens and the row follow the script, and the account itself', async () => {
  workbench.shootOnFailure('deploy-drift');
  appendFileSync(join(workbench.folder.workspace, 'jobs/report_orders.py'), '# edited elsewhere\n');
  await says('differs in script from Local');
  await workbench.clearNotifications();
  await workbench.screenshotInBothThemes('drift');
  await workbench.command('Sluice: Reset Local Account…');
  await workbench.press('Reset');
  await workbench.treeRow(/^Glue Jobs\s*0/).waitFor();
  await workbench.codeLens('Deploy… (not in Local)').first().waitFor();
});

/** What the lens of the config and the row of the job say beside their names, for as long as nothing else happens. */
async function says(drift: string): Promise<void> {
  const title = drift === '' ? 'Deploy…' : `Deploy… (${drift})`;
  await expect.poll(async () => await lensTitle(), { timeout: 60_000 }).toBe(title);
  const row = workbench.treeRow(/^report-orders/);
  await expect
    .poll(async () => /differs.*Local/.exec(await row.innerText())?.[0] ?? '', { timeout: 60_000 })
    .toBe(drift);
}

async function lensTitle(): Promise<string> {
  // It may be drawn anew just now.
  return await workbench
    .codeLens('Deploy…')
    .first()
    .innerText({ timeout: 1_000 })
    .catch(() => '');
}

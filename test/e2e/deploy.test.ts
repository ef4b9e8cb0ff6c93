import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
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

import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Workbench } from './workbench.ts';

// The first evening with Sluice, on the sample pipeline and the Local connection.
let workbench: Workbench;
/** The first job run on a machine makes a Python environment. */
const SET_UP_MS = 120_000;
const RUN_MS = 60_000;
const whichInput = 'Which input?';

/** The text of the file under `folder` whose path ends in `path`. */
function findFile(folder: string, path: string): string | undefined {
  const found = readdirSync(folder, { recursive: true, encoding: 'utf8' }).find((file) => file.endsWith(path));
  return found === undefined ? undefined : readFileSync(join(folder, found), 'utf8');
}

beforeAll(async () => {
  workbench = await Workbench.open({ name: 'demo' });
});
afterAll(async () => {
  await workbench.close();
});

test('a wrong state name is underlined and listed, and right again nothing is', async () => {
  workbench.shootOnFailure('wrong-state-name');
  await workbench.openFile('pipelines/orders.asl.json');
  await workbench.replace('"Next": "AnyOrders"', '"Next": "AnyOrder"');
  await workbench.squiggles('error').first().waitFor();
  await workbench.screenshotInBothThemes('wrong-state-name');
  const problems = await workbench.problems('Did you mean "AnyOrders"?');
  await problems.first().waitFor();
  await workbench.screenshot('problems');
  await workbench.replace('"Next": "AnyOrder"', '"Next": "AnyOrders"');
  await workbench.squiggles('error').first().waitFor({ state: 'detached' });
  await problems.first().waitFor({ state: 'detached' });
  expect(await workbench.line('"Next": "AnyOrders"').count()).toBe(1);
  await workbench.save();
});

test('the sidebar shows the Local connection and its sections', async () => {
  workbench.shootOnFailure('sidebar');
  await workbench.openSidebar();
  await workbench.treeRow('Local').first().waitFor();
  await workbench.screenshotInBothThemes('sidebar');
});

test('a start deploys to Local, runs the jobs for real, and shows each state and the log', async () => {
  workbench.shootOnFailure('run');
  await workbench.hidePanel();
  await workbench.goTo(1);
  await workbench.clickCodeLens('Start Execution…', workbench.quickInput.asking(whichInput));
  await workbench.pick(whichInput, 'orders.input.json');
  await workbench
    .treeRow(/^orders/)
    .first()
    .waitFor({ timeout: SET_UP_MS });
  await workbench.goTo(44);
  await workbench.line('Reading s3://sluice-sample-lake/extracted/2026-11-20/').first().waitFor({ timeout: SET_UP_MS });
  await workbench.screenshot('running');
  await workbench.treeIcon('orders', 'pass-filled').waitFor({ timeout: RUN_MS });
  await workbench.screenshotInBothThemes('succeeded');
  expect(findFile(workbench.folder.root, 'reports/2026-11-20.csv')).toMatch(
    /^country,orders,total\r?\nGermany,40,9630.76/,
  );
});

test('what was started is in the tree, with its job runs', async () => {
  workbench.shootOnFailure('browse');
  await workbench.expand('State Machines');
  await workbench.treeRow('orders').first().waitFor();
  await workbench.expand('Glue Jobs');
  await workbench.treeRow('extract-orders').first().waitFor();
  // What the account has is as the files say, so nothing is found in them.
  await workbench.page.getByLabel('No Problems').first().waitFor();
  await workbench.screenshotInBothThemes('browse');
});

test('bad data fails the job at its line, and the run says which state and why', async () => {
  workbench.shootOnFailure('failed-run');
  await workbench.command('Sluice: Start Execution…');
  await workbench.pick(whichInput, 'orders.bad-data.input.json');
  await workbench.treeIcon(/^orders.*line \d+/, 'error').waitFor({ timeout: RUN_MS });
  await workbench.screenshotInBothThemes('failed-run');
});

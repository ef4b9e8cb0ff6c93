import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { HeldScript } from './heldScript.ts';
import { clickUntil } from './quickInput.ts';
import { takeFromMenu } from './rowMenu.ts';
import { Workbench } from './workbench.ts';

// The sample on the Local connection: what the side bar shows, and a run from a click to its end.
let workbench: Workbench;
let extract: HeldScript;
const whichInput = 'Which input?';
const whichArgument = 'Start, or choose what to change';

beforeAll(async () => {
  workbench = await Workbench.open({
    name: 'pipelines',
    prepare: ({ workspace }) => {
      extract = new HeldScript(join(workspace, 'jobs/extract_orders.py'));
    },
  });
});
afterAll(async () => {
  await workbench.close();
});

test('a definition starts from its first line, which deploys the workspace, and the run is followed to its end', async () => {
  workbench.shootOnFailure('start-execution');
  await workbench.openSidebar();
  await workbench.openFile('pipelines/orders.asl.json');
  await workbench.clickCodeLens('Start Execution…', workbench.quickInput.row(whichInput, 'orders.input.json'));
  // The machine is known, so the input is the only question.
  await workbench.quickInput.asking('Start orders').waitFor();
  expect(await workbench.quickInput.asking('(2/2)').count()).toBe(0);
  await workbench.screenshotInBothThemes('start-execution-input');
  await workbench.pick(whichInput, 'orders.input.json');
  await workbench.tab('orders').nth(1).waitFor();
  await workbench.expand('Local');
  await workbench.expand('State Machines');
  await workbench
    .treeRow(/orders.*⟳/)
    .first()
    .waitFor();
  await workbench.screenshot('running-execution');
  extract.letGo();
  await workbench.page
    .locator('.sidebar .monaco-list-row')
    .filter({ hasText: /orders.*✓/ })
    .first()
    .waitFor({ timeout: 90_000 });
  // What was deployed is as the workspace has it: neither the first line nor the row says otherwise.
  await workbench.codeLens('not in Local').first().waitFor({ state: 'detached' });
  await workbench.treeRow('not in Local').first().waitFor({ state: 'detached' });
  await workbench.screenshotInBothThemes('succeeded-execution');
});

test('the side bar has what was deployed, with its runs', async () => {
  workbench.shootOnFailure('pipelines');
  await workbench.expand('Glue Jobs');
  await workbench.treeRow('extract-orders').first().waitFor();
  await workbench.expand('Glue Workflows');
  await workbench.treeRow('nightly-orders').first().waitFor();
  // A click on the row opens the definition; the arrow opens the row.
  await workbench.expand(/^orders/);
  await workbench.page.locator('.sidebar .monaco-list-row[aria-level="4"]').first().waitFor();
  await workbench.screenshotInBothThemes('pipelines');
  await workbench.treeRow('transform-orders').first().click();
  await workbench.tab('transform_orders.py').waitFor();
  await workbench.codeLens('Run on Local…').first().waitFor();
  await workbench.screenshot('script-lenses');
});

test('what a row stands for is copied and pinned from its menu', async () => {
  workbench.shootOnFailure('row-menu');
  await workbench.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  const copied = async (): Promise<string> => await workbench.page.evaluate('navigator.clipboard.readText()');
  await takeFromMenu(workbench.treeRow('transform-orders').first(), 'Copy Name');
  await expect.poll(async () => await copied()).toBe('transform-orders');
  await takeFromMenu(workbench.treeRow('transform-orders').first(), 'Copy ARN');
  await expect.poll(async () => await copied()).toMatch(/^arn:aws:glue:[a-z0-9-]+:\d{12}:job\/transform-orders$/);
  const jobs = workbench.treeRow(/^(extract|report|transform)-orders/);
  await jobs
    .filter({ hasText: /^extract/ })
    .first()
    .waitFor();
  expect(await jobs.first().innerText()).toContain('extract-orders');
  await takeFromMenu(workbench.treeRow('transform-orders').first(), 'Pin to Top');
  await expect.poll(async () => await jobs.first().innerText()).toContain('transform-orders');
  await workbench.screenshotInBothThemes('pinned');
  await takeFromMenu(workbench.treeRow('transform-orders').first(), 'Unpin');
  await expect.poll(async () => await jobs.first().innerText()).toContain('extract-orders');
});

test('a job asks for its arguments, and leaving starts nothing', async () => {
  workbench.shootOnFailure('job-arguments');
  const dateRow = workbench.quickInput.row(whichArgument, '--date').first();
  await workbench.rowAction('extract-orders', 'Start Job Run…', dateRow);
  await workbench.screenshotInBothThemes('job-arguments');
  await workbench.quickInput.leave();
  await workbench.rowAction('extract-orders', 'Start Job Run…', dateRow);
  await workbench.pick(whichArgument, '--date');
  await workbench.answer('--date', '2026-11-21');
  await workbench.quickInput.row(whichArgument, 'edited').first().waitFor();
  await workbench.quickInput.leave();
  expect(await workbench.treeRow(/extract-orders.*⟳/).count()).toBe(0);
});

test('a run that fails while nobody looks is told with a way to the line that failed', async () => {
  workbench.shootOnFailure('failed-elsewhere');
  extract.hold();
  await workbench.openFile('pipelines/orders.asl.json');
  await workbench.clickCodeLens('Start Execution…', workbench.quickInput.asking(whichInput));
  await workbench.pick(whichInput, 'orders.bad-data.input.json');
  // Beside that of the run before.
  await workbench.tab('.sluice-run').nth(1).waitFor();
  await workbench
    .treeRow(/^orders.*⟳/)
    .first()
    .waitFor();
  await workbench.command('View: Close All Editors');
  await workbench.tab('.sluice-run').first().waitFor({ state: 'detached' });
  extract.letGo();
  const told = workbench.notification(/orders failed/).first();
  await told.waitFor();
  await workbench.screenshotInBothThemes('failed-elsewhere');
  const goToLine = told.locator('.monaco-button').filter({ hasText: 'Go to Line' });
  await clickUntil(goToLine, workbench.tab('transform_orders.py'));
  await workbench.statusBar(/^Ln 22,/).waitFor();
  await workbench.screenshot('failed-line');
});

test('input that is not JSON is said with its line, and nothing starts', async () => {
  workbench.shootOnFailure('bad-input');
  await workbench.rowAction(/^orders/, 'Start Execution…', workbench.quickInput.asking(whichInput));
  await workbench.pick(whichInput, 'Edit in an editor…');
  await workbench.codeLens('with this input').first().waitFor();
  await workbench.page.keyboard.press('ControlOrMeta+A');
  await workbench.page.keyboard.insertText('{\n  "date": "2026-11-20"\n  "bucket": 1\n}');
  await workbench.clickCodeLens('with this input', workbench.notification('input is not JSON (line 3: expected ",")'));
  await workbench.screenshot('bad-input');
});

test('one state is tested with an error and the retries that it has had', async () => {
  workbench.shootOnFailure('test-state');
  await workbench.openFile('pipelines/orders.asl.json');
  await workbench.goToText('"ExtractOrders": {');
  await workbench.command('Sluice: Test State…');
  const { quickInput } = workbench;
  const whichPlace = quickInput.row('Where?', 'On this machine');
  await whichPlace.or(quickInput.asking('Which input? Choose, or type JSON.')).first().waitFor();
  if (await whichPlace.isVisible()) await workbench.pick('Where?', 'On this machine');
  await workbench.pick('Which input? Choose, or type JSON.', 'orders.input.json');
  await workbench.pick('What does the service answer?', 'An error of mine');
  await workbench.answer('Name of the error', 'Glue.ConcurrentRunsExceededException');
  await workbench.answer('Its cause.', 'One run is on.');
  const howMuch = 'How much to show?';
  await workbench.pick(howMuch, 'Retries so far…');
  await workbench.answer('How many times it has been retried already.', '5');
  await quickInput.row(howMuch, /Retries so far….*5/).waitFor();
  await workbench.screenshotInBothThemes('test-state-options');
  await workbench.pick(howMuch, 'DEBUG');
  await workbench.line('# ExtractOrders: ').first().waitFor();
  await workbench.screenshotInBothThemes('test-state');
  await workbench.line('OrdersFailed').first().waitFor();
});

test('a filter outlives a reload, and is taken away', async () => {
  workbench.shootOnFailure('filter');
  await workbench.command('Sluice: Filter Pipelines…');
  await workbench.answer('Filter Pipelines', 'extract');
  await workbench.treeRow('transform-orders').first().waitFor({ state: 'detached' });
  await workbench.screenshotInBothThemes('filtered');
  await workbench.reloadKeeping(/"pipelinesFilter":"extract"/);
  await workbench.openSidebar();
  await workbench.expand('Glue Jobs');
  await workbench.treeRow('extract-orders').first().waitFor();
  expect(await workbench.treeRow('transform-orders').count()).toBe(0);
  await workbench.command('Sluice: Clear Pipelines Filter');
  await workbench.treeRow('transform-orders').first().waitFor();
});

test('runs that have ended are cleared', async () => {
  workbench.shootOnFailure('clear-runs');
  const run = workbench.treeRow(/^orders.*Local/);
  await run.first().waitFor();
  await workbench.command('Sluice: Clear Run Data');
  await run.first().waitFor({ state: 'detached' });
  await workbench.screenshot('cleared-runs');
});

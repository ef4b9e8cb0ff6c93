import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Workbench } from './workbench.ts';

// A script on this machine: from its lens to its line of failure.
let workbench: Workbench;
/** The first run on a machine makes a Python environment. */
const SET_UP_MS = 120_000;

beforeAll(async () => {
  workbench = await Workbench.open({ name: 'local-run' });
});
afterAll(async () => {
  await workbench.close();
});

test('a Python shell script runs with its job’s arguments, and fails at its line', async () => {
  workbench.shootOnFailure('local-run');
  const script = 'import sys\nprint("got", sys.argv[1:])\nraise ValueError("no orders today")\n';
  writeFileSync(join(workbench.folder.workspace, 'jobs/report_orders.py'), script);
  await workbench.openSidebar();
  await workbench.openFile('jobs/report_orders.py');
  await workbench.codeLens('Run Locally').first().click();
  await workbench.line("got ['--bucket', 'sluice-sample-lake'").first().waitFor({ timeout: SET_UP_MS });
  await workbench.treeIcon(/^local: report_orders.py.*line 3/, 'error').waitFor();
  await workbench.squiggles('error').first().waitFor();
  await workbench.screenshotInBothThemes('local-run');
  expect(await workbench.line('ValueError: no orders today').count()).toBeGreaterThan(0);
});

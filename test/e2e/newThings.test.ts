import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Workbench } from './workbench.ts';

// From nothing to a pipeline: what is asked, and the files that are there afterwards.
let workbench: Workbench;

beforeAll(async () => {
  workbench = await Workbench.open({ name: 'new-things' });
});
afterAll(async () => {
  await workbench.close();
});

test('a state machine comes into being with the job that it runs', async () => {
  workbench.shootOnFailure('new-things');
  const { quickInput } = workbench;
  const folder = workbench.folder.workspace;
  await workbench.command('Sluice: New State Machine…');
  await workbench.pick('What kind?', 'That runs a new Python shell job');
  await workbench.answer('Its name in the account', 'nightly-totals');
  const form = 'How is it described and deployed?';
  await quickInput.row(form, 'Pulumi in Python').waitFor();
  await workbench.screenshotInBothThemes('new-state-machine');
  await workbench.pick(form, 'Files of Sluice and the AWS CLI');
  await workbench.answer('The S3 bucket that the script is kept in', 'nightly-scripts');
  await workbench.codeLens('Start Execution…').first().waitFor();
  await workbench.line('glue:startJobRun.sync').first().waitFor();
  const files = ['nightly-totals.asl.json', 'nightly-totals-job.glue.json', 'nightly_totals_job.py'];
  for (const file of files) expect(existsSync(join(folder, 'nightly-totals', file))).toBe(true);
  expect(await workbench.squiggles('error').count()).toBe(0);
});

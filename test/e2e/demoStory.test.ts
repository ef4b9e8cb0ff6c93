import { afterAll, beforeAll, expect, test } from 'vitest';
import { Workbench } from './workbench.ts';

// The first evening with Sluice, on the sample pipeline and the Local connection.
let workbench: Workbench;
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

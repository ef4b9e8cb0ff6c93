import { afterAll, beforeAll, expect, test } from 'vitest';
import { Workbench } from './workbench.ts';

let workbench: Workbench;
beforeAll(async () => {
  workbench = await Workbench.open({ name: 'installed' });
});
afterAll(async () => await workbench.close());

test('Sluice is listed among the installed extensions', async () => {
  workbench.shootOnFailure('installed');
  await workbench.command('Extensions: Show Installed Extensions');
  await workbench.treeRow('Sluice: AWS Glue').waitFor();
  await workbench.screenshotInBothThemes('installed');
});

test('opens the definition of the sample', async () => {
  workbench.shootOnFailure('definition');
  await workbench.openFile('pipelines/orders.asl.json');
  await workbench.replace('"Next": "AnyOrders"', '"Next": "AnyOrder"');
  expect(await workbench.line('"Next": "AnyOrder"').count()).toBe(1);
  await workbench.save();
});

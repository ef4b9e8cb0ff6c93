import { afterAll, beforeAll, expect, test } from 'vitest';
import { Workbench } from './workbench.ts';

let workbench: Workbench;
beforeAll(async () => {
  workbench = await Workbench.open({ name: 'walkthrough' });
});
afterAll(async () => await workbench.close());

test('four steps, each with a picture, and the first is done where a connection is', async () => {
  workbench.shootOnFailure('walkthrough');
  await workbench.openSidebar();
  await workbench.command('Sluice: Open Walkthrough');
  const steps = workbench.page.locator('.getting-started-step');
  await steps.filter({ hasText: 'Connect' }).first().locator('.codicon.complete').waitFor();
  expect(await steps.filter({ hasText: 'Watch a pipeline' }).first().locator('.codicon.complete').count()).toBe(0);
  for (const title of ['See mistakes while you type', 'Run a script', 'Watch a pipeline']) {
    await steps.filter({ hasText: title }).first().click();
    const picture = workbench.page.locator('.getting-started-media img').first();
    await picture.waitFor();
    await expect
      .poll(async () => await picture.evaluate((image: { naturalWidth?: number }) => image.naturalWidth))
      .toBeGreaterThan(0);
  }
  await workbench.screenshotInBothThemes('walkthrough');
});

import type { FrameLocator } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Workbench } from './workbench.ts';

let workbench: Workbench;
beforeAll(async () => {
  workbench = await Workbench.open({ name: 'graph' });
});
afterAll(async () => {
  await workbench.close();
});

/** The page inside the graph's tab. */
function graph(): FrameLocator {
  return workbench.page.frameLocator('iframe.webview').frameLocator('iframe#active-frame');
}

test('the graph opens from the code lens, follows the text and leads back to it', async () => {
  workbench.shootOnFailure('graph');
  await workbench.openFile('pipelines/orders.asl.json');
  const states = graph().locator('.state');
  await workbench.clickCodeLens('Graph', workbench.tab('Graph'));
  await states.first().waitFor();
  const count = await states.count();
  await workbench.screenshotInBothThemes('graph');

  await graph().locator('.state[data-id="AnyOrders"]').click();
  await workbench.line('"AnyOrders": {').first().waitFor();
  await graph().locator('.state.is-current[data-id="AnyOrders"]').waitFor();

  await workbench.editor().click();
  await workbench.replace('"AnyOrders": {', '"AnyOrder": {');
  await graph().locator('.state[data-id="AnyOrder"]').waitFor();
  expect(await states.count()).toBe(count);
  await workbench.replace('"AnyOrder": {', '"AnyOrders": {');
  await graph().locator('.state[data-id="AnyOrders"]').waitFor();
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import { openFrontDoor, type FrontDoor } from '../support/frontDoor.mjs';
import { Workbench } from './workbench.ts';

// As in Codespaces and behind a team's gateway: the browser knows the machine under another host name and a path, and its
// ports under names of their own.
/** The first job run on a machine makes a Python environment. */
const SET_UP_MS = 200_000;
let frontDoor: FrontDoor;
let workbench: Workbench;

beforeAll(async () => {
  frontDoor = await openFrontDoor();
  workbench = await Workbench.open({ name: 'proxied', frontDoor });
});
afterAll(async () => {
  await workbench.close();
  await frontDoor.close();
});

test('findings, the graph and a whole run come to a browser that knows the machine under another name', async () => {
  workbench.shootOnFailure('proxied');
  const { page } = workbench;
  await workbench.openSidebar();
  await workbench.openFile('pipelines/orders.asl.json');
  await workbench.replace('"Next": "AnyOrders"', '"Next": "AnyOrder"');
  await workbench.squiggles('error').first().waitFor();
  await workbench.replace('"Next": "AnyOrder"', '"Next": "AnyOrders"');
  await workbench.squiggles('error').first().waitFor({ state: 'detached' });
  await workbench.save();

  await workbench.goTo(1);
  await workbench.clickCodeLens('Graph', workbench.tab('Graph'));
  const graph = page.frameLocator('iframe.webview').frameLocator('iframe#active-frame');
  await graph.locator('.state[data-id="AnyOrders"]').waitFor();
  await workbench.screenshot('proxied-graph');

  const whichInput = 'Which input?';
  await workbench.clickCodeLens('Start Execution…', workbench.quickInput.asking(whichInput));
  await workbench.pick(whichInput, 'orders.input.json');
  await workbench.treeIcon(/^orders.*Local/, 'pass-filled').waitFor({ timeout: SET_UP_MS });
  await workbench.line('succeeded after').first().waitFor();
  await workbench.screenshot('proxied-run');
  // All that the browser asked this machine for went through the gateway.
  expect([...frontDoor.hosts]).toEqual([new URL(frontDoor.url).host]);
});

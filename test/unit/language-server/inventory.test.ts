import { afterEach, beforeEach, expect, it } from 'vitest';
import { DiagnosticRefreshRequest } from 'vscode-languageserver-protocol/node';
import { createConnection } from 'vscode-languageserver/node';
import { writeInventory } from '../../../src/core/existence/inventory.ts';
import { startServer } from '../../../src/language-server/server.ts';
import { streamPair, TestLanguageClient } from '../../support/languageClient.ts';

const uri = 'file:///pipelines/orders.asl.json';
const definition = JSON.stringify({
  StartAt: 'Load',
  States: {
    Load: {
      Type: 'Task',
      Resource: 'arn:aws:states:::glue:startJobRun.sync',
      Parameters: { JobName: 'laod-orders' },
      End: true,
    },
  },
});
const inventory = (...jobs: string[]): string =>
  writeInventory({
    place: 'team · eu-west-1',
    region: 'eu-west-1',
    accountId: undefined,
    kinds: { glueJob: { names: new Set(jobs), asOfMs: 0 } },
  });

let client: TestLanguageClient;
let refreshed: (() => void) | undefined;
let known: string | null;

beforeEach(async () => {
  const { toServer, toClient } = streamPair();
  startServer(createConnection(toServer, toClient));
  client = TestLanguageClient.over(toClient, toServer);
  known = null;
  client.connection.onRequest('sluice/inventory', () => known);
  client.connection.onRequest(DiagnosticRefreshRequest.type, () => refreshed?.());
  await client.initialize({ workspace: { diagnostics: { refreshSupport: true } } }, { knowsInventory: true });
  await client.open(uri, 'asl', definition);
});
afterEach(() => client.dispose());

/** Diagnostics after the server has asked for another look, as an editor gives it. */
async function afterChange(next: string | null): Promise<readonly string[]> {
  const asked = new Promise<void>((resolve) => (refreshed = resolve));
  known = next;
  await client.connection.sendNotification('sluice/inventoryChanged');
  await asked;
  const found = await client.diagnostics(uri);
  return found
    .filter(({ code }) => code === 'sluice/not-found')
    .map(({ message }) => (typeof message === 'string' ? message : message.value));
}

it('tells of names that the account has not, once the editor knows the account', async () => {
  expect(await client.diagnostics(uri)).toEqual([]);
  const found = await afterChange(inventory('load-orders'));
  expect(found).toHaveLength(1);
  expect(found[0]).toContain('Did you mean "load-orders"?');
  expect(await afterChange(inventory('laod-orders'))).toEqual([]);
  expect(await afterChange(inventory('other'))).toHaveLength(1);
  expect(await afterChange(null)).toEqual([]);
});

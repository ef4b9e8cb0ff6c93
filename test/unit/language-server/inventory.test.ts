import { afterEach, beforeEach, expect, it } from 'vitest';
import { CompletionRequest, DiagnosticRefreshRequest, HoverRequest } from 'vscode-languageserver-protocol/node';
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

it('says what a document wants to know, by what the editor knows at that moment', async () => {
  const ask = async (): Promise<unknown> => await client.connection.sendRequest('sluice/questions', { uri });
  expect(await ask()).toEqual({ kinds: ['glueJob', 'stateMachine'], unknown: ['glueJob'], about: [] });
  known = inventory('laod-orders');
  expect(await ask()).toEqual({ kinds: ['glueJob', 'stateMachine'], unknown: [], about: [] });
  expect(await client.connection.sendRequest('sluice/questions', { uri: 'file:///other.json' })).toBeNull();
});

it('tells on hover since when a name is known, and offers names that there are', async () => {
  await client.diagnostics(uri);
  await afterChange(inventory('load-orders', 'report'));
  const hover = await client.connection.sendRequest(HoverRequest.type, {
    textDocument: { uri },
    position: { line: 0, character: definition.indexOf('laod-orders') + 4 },
  });
  expect(JSON.stringify(hover)).toMatch(
    /No Glue job `laod-orders` in team · eu-west-1; there is `load-orders` · checked \d+ days ago/,
  );
  await client.open('file:///pipelines/b.asl.json', 'asl', definition.replace('laod-orders', ''));
  const list = await client.connection.sendRequest(CompletionRequest.type, {
    textDocument: { uri: 'file:///pipelines/b.asl.json' },
    position: { line: 0, character: definition.indexOf('laod-orders') },
  });
  expect(JSON.stringify(list)).toContain('"label":"load-orders"');
  await client.open(
    'file:///pipelines/t.glue.json',
    'json',
    '{"Name": "t", "Type": "ON_DEMAND", "Actions": [{"JobName": ""}]}',
  );
  const names = await client.connection.sendRequest(CompletionRequest.type, {
    textDocument: { uri: 'file:///pipelines/t.glue.json' },
    position: { line: 0, character: 59 },
  });
  expect(JSON.stringify(names)).toContain('"label":"report"');
});

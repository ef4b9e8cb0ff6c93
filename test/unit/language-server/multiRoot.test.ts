import { afterEach, beforeEach, expect, it } from 'vitest';
import {
  DefinitionRequest,
  DiagnosticRefreshRequest,
  DidChangeWatchedFilesNotification,
  DocumentLinkRequest,
  FileChangeType,
  type Location,
} from 'vscode-languageserver-protocol/node';
import { createConnection } from 'vscode-languageserver/node';
import { LineIndex } from '../../../src/core/language/lineIndex.ts';
import { startServer } from '../../../src/language-server/server.ts';
import { streamPair, TestLanguageClient } from '../../support/languageClient.ts';

const folders = ['file:///one', 'file:///two%20b'];
const scriptAsking = (name: string) =>
  `import sys\nfrom awsglue.utils import getResolvedOptions\nargs = getResolvedOptions(sys.argv, ['${name}'])\nprint(args['${name}'])\n`;
const job = JSON.stringify({
  Name: 'load-orders',
  Role: 'GlueRole',
  GlueVersion: '5.1',
  Command: { Name: 'glueetl', ScriptLocation: 's3://scripts/load.py' },
});
const machineGiving = (name: string) =>
  JSON.stringify({
    StartAt: 'Load',
    States: {
      Load: {
        Type: 'Task',
        Resource: 'arn:aws:states:::glue:startJobRun.sync',
        Parameters: { JobName: 'load-orders', Arguments: { [`--${name}`]: 's3://in/' } },
        End: true,
      },
    },
  });
const template = `Resources:
  Machine:
    Type: AWS::Serverless::StateMachine
    Properties:
      DefinitionUri: machines/load.asl.json
`;

let files: Map<string, string>;
let client: TestLanguageClient;
let settled: Promise<void>;
let refreshed: () => void;

beforeEach(async () => {
  // The same paths in both folders: only the script's option differs.
  files = new Map(
    folders.flatMap((folder, index) => [
      [`${folder}/jobs/load.py`, scriptAsking(index === 0 ? 'source' : 'sources')],
      [`${folder}/jobs/load.glue.json`, job],
      [`${folder}/machines/load.asl.json`, machineGiving('source')],
      [`${folder}/template.yaml`, template],
    ]),
  );
  const { toServer, toClient } = streamPair();
  startServer(createConnection(toServer, toClient));
  client = TestLanguageClient.over(toClient, toServer);
  settled = new Promise((resolve) => (refreshed = resolve));
  client.connection.onRequest('sluice/listFiles', () =>
    folders.map((folder) => ({ folder, uris: [...files.keys()].filter((uri) => uri.startsWith(`${folder}/`)) })),
  );
  client.connection.onRequest('sluice/readFiles', ({ uris }: { uris: string[] }) =>
    uris.map((uri) => files.get(uri) ?? null),
  );
  client.connection.onRequest('sluice/readFile', ({ uri }: { uri: string }) => files.get(uri) ?? null);
  client.connection.onRequest(DiagnosticRefreshRequest.type, () => refreshed());
  await client.initialize(
    { workspace: { diagnostics: { refreshSupport: true } } },
    { listsFiles: true, readsFiles: true },
  );
  await settled;
});
afterEach(() => client.dispose());

async function open(uri: string, languageId: string): Promise<string> {
  const text = files.get(uri) ?? '';
  await client.open(uri, languageId, text);
  return text;
}

async function linksOf(uri: string): Promise<readonly string[]> {
  const found = await client.connection.sendRequest(DocumentLinkRequest.type, { textDocument: { uri } });
  const text = files.get(uri) ?? '';
  const lines = LineIndex.of(text);
  return (found ?? []).map(
    ({ range, target }) => `${text.slice(lines.offsetAt(range.start), lines.offsetAt(range.end))} → ${target ?? ''}`,
  );
}

it('keeps the folders of a workspace apart', async () => {
  for (const [index, folder] of folders.entries()) {
    const uri = `${folder}/machines/load.asl.json`;
    const text = await open(uri, 'asl');
    const messages = (await client.diagnostics(uri)).map(({ message }) => message);
    expect(JSON.stringify(messages).includes('load.py asks for --sources'), folder).toBe(index === 1);
    const position = LineIndex.of(text).positionAt(text.indexOf('load-orders') + 2);
    const to = await client.connection.sendRequest(DefinitionRequest.type, { textDocument: { uri }, position });
    expect((to as Location[]).map((location) => location.uri)).toEqual([`${folder}/jobs/load.glue.json`]);
  }
});

it('links files of the same folder: a definition, a script, what is named', async () => {
  for (const folder of folders) {
    await open(`${folder}/template.yaml`, 'yaml');
    await open(`${folder}/jobs/load.glue.json`, 'json');
    await open(`${folder}/machines/load.asl.json`, 'asl');
    expect(await linksOf(`${folder}/template.yaml`)).toEqual([
      `machines/load.asl.json → ${folder}/machines/load.asl.json`,
    ]);
    expect(await linksOf(`${folder}/jobs/load.glue.json`)).toEqual([`s3://scripts/load.py → ${folder}/jobs/load.py`]);
    expect(await linksOf(`${folder}/machines/load.asl.json`)).toEqual([
      `load-orders → ${folder}/jobs/load.glue.json#1,10`,
    ]);
  }
});

it('reads the definition of a template from its own folder, and forgets it when it goes', async () => {
  const [, second = ''] = folders;
  const uri = `${second}/template.yaml`;
  await open(uri, 'yaml');
  await client.diagnostics(uri);
  files.delete(`${second}/machines/load.asl.json`);
  settled = new Promise((resolve) => (refreshed = resolve));
  await client.connection.sendNotification(DidChangeWatchedFilesNotification.type, {
    changes: [{ uri: `${second}/machines/load.asl.json`, type: FileChangeType.Deleted }],
  });
  await expect
    .poll(async () => (await client.diagnostics(uri)).map(({ code }) => code), { timeout: 10_000 })
    .toContain('asl/missing-definition-file');
  const other = `${folders[0] ?? ''}/template.yaml`;
  await open(other, 'yaml');
  await client.diagnostics(other);
  expect((await client.diagnostics(other)).map(({ code }) => code)).not.toContain('asl/missing-definition-file');
});

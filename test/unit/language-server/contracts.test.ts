import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  CodeActionRequest,
  DefinitionRequest,
  DiagnosticRefreshRequest,
  DidChangeWatchedFilesNotification,
  FileChangeType,
  PrepareRenameRequest,
  ReferencesRequest,
  RenameRequest,
  type CodeAction,
  type Location,
  type WorkspaceEdit,
} from 'vscode-languageserver-protocol/node';
import { createConnection } from 'vscode-languageserver/node';
import { applyChanges, LineIndex } from '../../../src/core/language/lineIndex.ts';
import { startServer } from '../../../src/language-server/server.ts';
import { filesMissed, folderListed } from '../../../src/language-server/workspaceContracts.ts';
import { streamPair, TestLanguageClient } from '../../support/languageClient.ts';

const folder = 'file:///app';
const script = `import sys
from awsglue.utils import getResolvedOptions

args = getResolvedOptions(sys.argv, ['JOB_NAME', 'source_path'])
print(args['source_path'])
`;
const config = `{
  "Name": "load-orders",
  "Role": "GlueRole",
  "GlueVersion": "5.1",
  "Command": { "Name": "glueetl", "ScriptLocation": "s3://scripts/load.py" },
  "DefaultArguments": {
    "--sourcepath": "s3://in/"
  }
}
`;
const machine = `{
  "StartAt": "Load",
  "States": {
    "Load": {
      "Type": "Task",
      "Resource": "arn:aws:states:::glue:startJobRun.sync",
      "Parameters": { "JobName": "load-orders", "Arguments": { "--source_path.$": "$.path" } },
      "End": true
    }
  }
}
`;

let files: Map<string, string>;
let client: TestLanguageClient;
let refreshed: () => void;
let settled: Promise<void>;

beforeEach(async () => {
  files = new Map([
    [`${folder}/jobs/load.py`, script],
    [`${folder}/jobs/load.glue.json`, config],
    [`${folder}/load.asl.json`, machine],
  ]);
  const { toServer, toClient } = streamPair();
  startServer(createConnection(toServer, toClient));
  client = TestLanguageClient.over(toClient, toServer);
  expectRefresh();
  client.connection.onRequest('sluice/listFiles', () => [{ folder, uris: [...files.keys()] }]);
  client.connection.onRequest('sluice/readFiles', ({ uris }: { uris: string[] }) =>
    uris.map((uri) => files.get(uri) ?? null),
  );
  client.connection.onRequest(DiagnosticRefreshRequest.type, () => refreshed());
  await client.initialize({ workspace: { diagnostics: { refreshSupport: true } } }, { listsFiles: true });
  await settled;
});
afterEach(() => client.dispose());

function expectRefresh(): void {
  settled = new Promise((resolve) => (refreshed = resolve));
}

const languages: Record<string, string> = { py: 'python', json: 'json' };

async function open(path: string): Promise<{ uri: string; text: string }> {
  const uri = `${folder}/${path}`;
  const text = files.get(uri) ?? '';
  await client.open(uri, languages[path.split('.').at(-1) ?? ''] ?? '', text);
  return { uri, text };
}

/** What stands at each place. */
function shown(locations: readonly Location[]): string[] {
  return locations.map(({ uri, range }) => {
    const text = files.get(uri) ?? '';
    const lines = LineIndex.of(text);
    return `${uri.slice(folder.length + 1)}:${range.start.line + 1} ${text.slice(lines.offsetAt(range.start), lines.offsetAt(range.end))}`;
  });
}

function applied(edit: WorkspaceEdit | null): Record<string, string> {
  return Object.fromEntries(
    Object.entries(edit?.changes ?? {}).map(([uri, edits]) => {
      const text = files.get(uri) ?? '';
      const lines = LineIndex.of(text);
      const changes = edits
        .map(({ range, newText }) => {
          const offset = lines.offsetAt(range.start);
          return { offset, length: lines.offsetAt(range.end) - offset, text: newText };
        })
        .sort((a, b) => b.offset - a.offset);
      return [uri.slice(folder.length + 1), applyChanges(text, changes)];
    }),
  );
}

const at = (text: string, word: string) => LineIndex.of(text).positionAt(text.indexOf(word) + 2);

describe('contracts between files in the editor', () => {
  it('finds the slip in the config, says where the script asks, and puts it right', async () => {
    const { uri, text } = await open('jobs/load.glue.json');
    const [found] = await client.diagnostics(uri);
    expect(found).toMatchObject({
      code: 'glue/misspelt-option',
      message: 'load.py does not ask for --sourcepath. Did you mean "--source_path"?',
      relatedInformation: [{ location: { uri: `${folder}/jobs/load.py`, range: { start: { line: 3 } } } }],
    });
    const actions = await client.connection.sendRequest(CodeActionRequest.type, {
      textDocument: { uri },
      range: found!.range,
      context: { diagnostics: [] },
    });
    const fix = (actions as CodeAction[]).find(({ title }) => title === 'Change to --source_path');
    expect(applied(fix?.edit ?? null)['jobs/load.glue.json']).toBe(text.replace('--sourcepath', '--source_path'));
  });

  it('follows what is typed in one file in the findings of another', async () => {
    const { uri } = await open('jobs/load.glue.json');
    const python = await open('jobs/load.py');
    expect((await client.diagnostics(uri)).map(({ code }) => code)).toEqual(['glue/misspelt-option']);
    const start = at(python.text, "'source_path'");
    const from = [start.line, start.character - 1] as const;
    await client.change(python.uri, [from, [from[0], from[1] + 'source_path'.length]], 'sourcepath');
    expect(await client.diagnostics(uri)).toEqual([]);
    expect((await client.diagnostics(python.uri)).map(({ code }) => code)).toEqual(['glue/unasked-option']);
  });

  it('follows files that change on disk', async () => {
    const { uri } = await open('jobs/load.glue.json');
    files.set(`${folder}/jobs/load.py`, script.replaceAll('source_path', 'sourcepath'));
    expectRefresh();
    await client.connection.sendNotification(DidChangeWatchedFilesNotification.type, {
      changes: [{ uri: `${folder}/jobs/load.py`, type: FileChangeType.Changed }],
    });
    await settled;
    expect(await client.diagnostics(uri)).toEqual([]);
    expectRefresh();
    await client.connection.sendNotification(DidChangeWatchedFilesNotification.type, {
      changes: [{ uri: `${folder}/jobs`, type: FileChangeType.Deleted }],
    });
    await settled;
    const { uri: asl, text } = await open('load.asl.json');
    const found = await client.connection.sendRequest(DefinitionRequest.type, {
      textDocument: { uri: asl },
      position: at(text, 'load-orders'),
    });
    expect(shown(found as Location[])).toEqual([]);
  });

  it.each([
    { how: 'deleted', method: DidChangeWatchedFilesNotification.method },
    { how: 'not in its folder', method: folderListed.method },
  ])(
    'counts a file that is $how no more although the editor has not closed it, until it is edited',
    async ({ method }) => {
      const { uri } = await open('jobs/load.glue.json');
      const python = await open('jobs/load.py');
      const codes = async (): Promise<unknown[]> => (await client.diagnostics(uri)).map(({ code }) => code);
      expect(await codes()).toEqual(['glue/misspelt-option']);
      await client.change(
        python.uri,
        [
          [0, 0],
          [0, 0],
        ],
        '# reverted\n',
      );
      files.delete(python.uri);
      expectRefresh();
      await client.connection.sendNotification(method, {
        changes: [{ uri: python.uri, type: FileChangeType.Deleted }],
        folder: `${folder}/jobs`,
        files: [uri],
      });
      await settled;
      expect(await codes()).not.toContain('glue/misspelt-option');
      await client.change(
        python.uri,
        [
          [0, 0],
          [0, 0],
        ],
        '# mine\n',
      );
      expect(await codes()).toEqual(['glue/misspelt-option']);
    },
  );

  it('reads all files anew where the editor could not tell of every one', async () => {
    const { uri } = await open('jobs/load.glue.json');
    const [found] = await client.diagnostics(uri);
    expect(found?.code).toBe('glue/misspelt-option');
    files.set(`${folder}/jobs/load.py`, script.replaceAll('source_path', 'sourcepath'));
    files.set(`${folder}/jobs/late.py`, script);
    files.set(
      `${folder}/late.asl.json`,
      machine.replace('load-orders', 'late').replace('--source_path', '--sourcepath'),
    );
    files.set(`${folder}/jobs/late.glue.json`, config.replace('load-orders', 'late').replace('load.py', 'late.py'));
    expectRefresh();
    await client.connection.sendNotification(filesMissed.method);
    await settled;
    expect(await client.diagnostics(uri)).toEqual([]);
    const late = await open('late.asl.json');
    expect((await client.diagnostics(late.uri)).map(({ message }) => message)).toContain(
      'late.py does not ask for --sourcepath. Did you mean "--source_path"?',
    );
  });

  it('goes from a caller to the script and to the job, and finds every place', async () => {
    const { uri, text } = await open('load.asl.json');
    const textDocument = { uri };
    const argument = at(text, '--source_path');
    const toScript = await client.connection.sendRequest(DefinitionRequest.type, { textDocument, position: argument });
    expect(shown(toScript as Location[])).toEqual(['jobs/load.py:4 source_path']);
    const job = at(text, 'load-orders');
    const toJob = await client.connection.sendRequest(DefinitionRequest.type, { textDocument, position: job });
    expect(shown(toJob as Location[])).toEqual(['jobs/load.glue.json:2 load-orders']);
    const references = await client.connection.sendRequest(ReferencesRequest.type, {
      textDocument,
      position: argument,
      context: { includeDeclaration: true },
    });
    expect(shown(references ?? [])).toEqual([
      'jobs/load.py:4 source_path',
      'jobs/load.py:5 source_path',
      'load.asl.json:7 source_path',
    ]);
    const location = await open('jobs/load.glue.json');
    const toFile = await client.connection.sendRequest(DefinitionRequest.type, {
      textDocument: { uri: location.uri },
      position: at(location.text, 's3://scripts'),
    });
    expect(shown(toFile as Location[])).toEqual(['jobs/load.py:1 ']);
  });

  it('renames an argument and a job in every file', async () => {
    const { uri, text } = await open('jobs/load.py');
    const position = at(text, "args['source_path']");
    const inside = { line: position.line, character: position.character + 6 };
    const textDocument = { uri };
    expect(
      await client.connection.sendRequest(PrepareRenameRequest.type, { textDocument, position: inside }),
    ).toMatchObject({ start: { line: 4 } });
    const renamed = await client.connection.sendRequest(RenameRequest.type, {
      textDocument,
      position: inside,
      newName: 'input_path',
    });
    expect(applied(renamed)).toEqual({
      'jobs/load.py': script.replaceAll('source_path', 'input_path'),
      'load.asl.json': machine.replace('--source_path.$', '--input_path.$'),
    });
    await expect(
      client.connection.sendRequest(RenameRequest.type, { textDocument, position: inside, newName: 'a b' }),
    ).rejects.toThrow('letters, digits');

    const machineFile = await open('load.asl.json');
    const jobRenamed = await client.connection.sendRequest(RenameRequest.type, {
      textDocument: { uri: machineFile.uri },
      position: at(machineFile.text, 'load-orders'),
      newName: 'load-all',
    });
    expect(applied(jobRenamed)).toEqual({
      'jobs/load.glue.json': config.replace('load-orders', 'load-all'),
      'load.asl.json': machine.replace('load-orders', 'load-all'),
    });
  });
});

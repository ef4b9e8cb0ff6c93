import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createConnection } from 'vscode-languageserver/node';
import type { CompletionList, DocumentSymbol, Location, WorkspaceEdit } from 'vscode-languageserver-types';
import { applyChanges, LineIndex } from '../../../src/core/language/lineIndex.ts';
import { startServer } from '../../../src/language-server/server.ts';
import { streamPair, TestLanguageClient } from '../../support/languageClient.ts';

const uri = 'file:///pipelines/orders.asl.json';
const definition = `{
  "StartAt": "Split",
  "States": {
    "Split": {
      "Type": "Parallel",
      "Branches": [
        { "StartAt": "Clean", "States": { "Clean": { "Type": "Task", "Resource": "arn:aws:states:::glue:startJobRun.sync", "End": true } } }
      ],
      "Catch": [{ "ErrorEquals": ["States.ALL"], "Next": "Tell" }],
      "Next": "Tell"
    },
    "Tell": { "Type": "Succeed" }
  }
}`;
const lines = LineIndex.of(definition);

let client: TestLanguageClient;

beforeEach(async () => {
  const { toServer, toClient } = streamPair();
  startServer(createConnection(toServer, toClient));
  client = TestLanguageClient.over(toClient, toServer);
  await client.initialize();
  await client.open(uri, 'asl', definition);
});
afterEach(() => client.dispose());

/** Asks at the place of `marker` in the definition; the text between the ranges that come back. */
async function ask<T>(method: string, marker: string, more: object = {}): Promise<T> {
  const position = lines.positionAt(definition.indexOf(marker) + 2);
  return await client.connection.sendRequest(method, { textDocument: { uri }, position, ...more });
}
const textAt = ({ range }: Location): string =>
  definition.slice(lines.offsetAt(range.start), lines.offsetAt(range.end));

describe('the outline', () => {
  it('shows states with what they do, branches and inner states below', async () => {
    const symbols = await client.connection.sendRequest<DocumentSymbol[]>('textDocument/documentSymbol', {
      textDocument: { uri },
    });
    expect(symbols.map(({ name }) => name)).toEqual(['Split', 'Tell']);
    const [branch] = symbols[0]?.children ?? [];
    expect(branch).toMatchObject({ name: 'Branch 1', detail: 'starts at Clean' });
    expect(branch?.children).toMatchObject([{ name: 'Clean', detail: 'Task · glue:startJobRun.sync' }]);
  });
});

describe('names of states', () => {
  it('lead to the state, and the state to its mentions', async () => {
    const target = await ask<Location>('textDocument/definition', '"Tell" }],');
    expect(lines.offsetAt(target.range.start)).toBe(definition.indexOf('"Tell": {'));
    const mentions = await ask<Location[]>('textDocument/references', '"Tell": {');
    expect(mentions.map(textAt)).toEqual(['"Tell"', '"Tell"', '"Tell"']);
  });

  it('are renamed everywhere in their scope, escapes included', async () => {
    const edit = await ask<WorkspaceEdit>('textDocument/rename', '"Tell": {', { newName: 'Say "so"' });
    const changes = (edit.changes?.[uri] ?? []).map(({ range, newText }) => ({
      offset: lines.offsetAt(range.start),
      length: lines.offsetAt(range.end) - lines.offsetAt(range.start),
      text: newText,
    }));
    const after = applyChanges(
      definition,
      changes.sort((a, b) => b.offset - a.offset),
    );
    expect(after).not.toContain('Tell');
    expect(Object.keys((JSON.parse(after) as { States: object }).States)).toEqual(['Split', 'Say "so"']);
  });

  it("keep AWS's rules: a taken or overlong name is refused with the reason", async () => {
    await expect(ask('textDocument/rename', '"Tell": {', { newName: 'Clean' })).rejects.toThrow('already');
    await expect(ask('textDocument/rename', '"Tell": {', { newName: 'x'.repeat(81) })).rejects.toThrow('80 characters');
  });
});

describe('quick fixes', () => {
  it('offer the name that was meant', async () => {
    const at = definition.indexOf('"Tell"\n');
    const { line, character } = lines.positionAt(at);
    await client.change(
      uri,
      [
        [line, character],
        [line, character + 6],
      ],
      '"Tel"',
    );
    const position = { line, character: character + 2 };
    const actions = await client.connection.sendRequest<{ title: string; edit: WorkspaceEdit }[]>(
      'textDocument/codeAction',
      { textDocument: { uri }, range: { start: position, end: position }, context: { diagnostics: [] } },
    );
    const fix = actions.find(({ title }) => title.includes('Tell'));
    expect(fix?.edit.changes?.[uri]?.[0]?.newText).toBe('"Tell"');
  });
});

describe('completion', () => {
  it('is opened by what begins a string or a step, and replaces the string', async () => {
    const position = lines.positionAt(definition.indexOf('arn:aws:states') + 3);
    const list = await client.connection.sendRequest<CompletionList>('textDocument/completion', {
      textDocument: { uri },
      position,
    });
    expect(list.isIncomplete).toBe(true);
    const item = list.items.find(({ label }) => label === 'athena:startQueryExecution.sync');
    expect(item).toMatchObject({
      filterText: '"arn:aws:states:::athena:startQueryExecution.sync"',
      textEdit: { newText: '"arn:aws:states:::athena:startQueryExecution.sync"' },
    });
  });
});

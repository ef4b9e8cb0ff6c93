import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RegistrationRequest, type RegistrationParams } from 'vscode-languageserver-protocol/node';
import { createConnection } from 'vscode-languageserver/node';
import type { FoldingRange, SelectionRange, SemanticTokens, TextEdit } from 'vscode-languageserver-types';
import { applyChanges, LineIndex } from '../../../src/core/language/lineIndex.ts';
import { TOKEN_TYPES } from '../../../src/core/asl/semanticTokens.ts';
import { startServer } from '../../../src/language-server/server.ts';
import { streamPair, TestLanguageClient } from '../../support/languageClient.ts';

const uri = 'file:///pipelines/orders.asl.json';
const definition = `{
  "QueryLanguage": "JSONata",
  "StartAt": "Load",
  "States": {
    "Load": {
      "Type":  "Task",
      "Resource": "arn:aws:states:::glue:startJobRun.sync",
      "Arguments": { "JobName": "{% $uppercase($states.input.job) %}" },
      "Next": "Done"
    },
    "Done": { "Type": "Succeed" }
  }
}
`;
const lines = LineIndex.of(definition);
const options = { tabSize: 2, insertSpaces: true };

let client: TestLanguageClient;

beforeEach(() => {
  const { toServer, toClient } = streamPair();
  startServer(createConnection(toServer, toClient));
  client = TestLanguageClient.over(toClient, toServer);
});
afterEach(() => client.dispose());

async function ask<T>(method: string, more: object = {}): Promise<T> {
  return await client.connection.sendRequest(method, { textDocument: { uri }, ...more });
}

describe('an open definition', () => {
  beforeEach(async () => {
    await client.initialize();
    await client.open(uri, 'asl', definition);
  });

  it('folds at states and their parts, closing brackets in sight', async () => {
    const folds = await ask<FoldingRange[]>('textDocument/foldingRange');
    expect(folds).toEqual([
      { startLine: 0, endLine: 11 },
      { startLine: 3, endLine: 10 },
      { startLine: 4, endLine: 8 },
    ]);
  });

  it('expands a selection from the name to the string, the property and the state', async () => {
    const position = lines.positionAt(definition.indexOf('input.job'));
    const [range] = await ask<SelectionRange[]>('textDocument/selectionRange', { positions: [position] });
    const texts: string[] = [];
    for (let current = range; current; current = current.parent) {
      texts.push(definition.slice(lines.offsetAt(current.range.start), lines.offsetAt(current.range.end)));
    }
    expect(texts.slice(0, 5)).toEqual([
      'input',
      '$uppercase($states.input.job)',
      '{% $uppercase($states.input.job) %}',
      '"{% $uppercase($states.input.job) %}"',
      '"JobName": "{% $uppercase($states.input.job) %}"',
    ]);
    expect(texts.at(-1)).toBe(definition);
  });

  it('is formatted in its own style', async () => {
    const edits = await ask<TextEdit[]>('textDocument/formatting', { options });
    const changes = edits.map(({ range, newText }) => ({
      offset: lines.offsetAt(range.start),
      length: lines.offsetAt(range.end) - lines.offsetAt(range.start),
      text: newText,
    }));
    expect(applyChanges(definition, changes.reverse())).toBe(definition.replace('"Type":  ', '"Type": '));
  });

  it('is not formatted while it is broken, and says so', async () => {
    await client.change(
      uri,
      [
        [0, 0],
        [0, 1],
      ],
      '',
    );
    await expect(ask('textDocument/formatting', { options })).rejects.toThrow('syntax is broken');
  });

  it('has its names coloured', async () => {
    const { data } = await ask<SemanticTokens>('textDocument/semanticTokens/full');
    const found: string[] = [];
    let line = 0;
    let character = 0;
    for (let index = 0; index < data.length; index += 5) {
      const [deltaLine = 0, deltaStart = 0, length = 0, type = 0] = data.slice(index, index + 5);
      character = deltaLine === 0 ? character + deltaStart : deltaStart;
      line += deltaLine;
      const start = lines.offsetAt({ line, character });
      found.push(`${definition.slice(start, start + length)} ${TOKEN_TYPES[type] ?? ''}`);
    }
    expect(found).toEqual([
      'Load class',
      'Load class',
      'Task type',
      'glue namespace',
      'startJobRun method',
      '.sync keyword',
      '$uppercase function',
      '$states variable',
      'Done class',
      'Done class',
      'Succeed type',
    ]);
  });
});

it('what would displace the providers of other languages is registered for those of Sluice alone', async () => {
  const registered: string[] = [];
  const selectors = new Set<string>();
  client.connection.onRequest(RegistrationRequest.type, ({ registrations }: RegistrationParams) => {
    for (const { method, registerOptions } of registrations) {
      registered.push(method);
      selectors.add(JSON.stringify((registerOptions as { readonly documentSelector: unknown }).documentSelector));
    }
  });
  const dynamicRegistration = true;
  await client.initialize({
    textDocument: {
      formatting: { dynamicRegistration },
      foldingRange: { dynamicRegistration },
      selectionRange: { dynamicRegistration },
      semanticTokens: { dynamicRegistration, requests: {}, tokenTypes: [], tokenModifiers: [], formats: [] },
    },
  });
  await client.open(uri, 'asl', definition);
  await client.diagnostics(uri);
  await expect.poll(() => registered.length).toBe(4);
  expect([...selectors]).toEqual([JSON.stringify([{ language: 'asl' }, { language: 'asl-yaml' }])]);
});

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  CodeActionRequest,
  CompletionRequest,
  DefinitionRequest,
  DiagnosticRefreshRequest,
  DocumentLinkRequest,
  DocumentSymbolRequest,
  HoverRequest,
  InlayHintRequest,
  RenameRequest,
  type CodeAction,
  type TextEdit,
} from 'vscode-languageserver-protocol/node';
import { createConnection } from 'vscode-languageserver/node';
import { applyChanges, LineIndex } from '../../../src/core/language/lineIndex.ts';
import { startServer } from '../../../src/language-server/server.ts';
import { streamPair, TestLanguageClient } from '../../support/languageClient.ts';

let client: TestLanguageClient;

beforeEach(async () => {
  const { toServer, toClient } = streamPair();
  startServer(createConnection(toServer, toClient));
  client = TestLanguageClient.over(toClient, toServer);
  client.connection.onRequest('sluice/readFile', ({ uri }: { uri: string }) =>
    uri === 'file:///app/load.asl.json' ? '{"StartAt": "A", "States": {"A": {"Type": "Succeed"}}}' : null,
  );
  client.connection.onRequest(DiagnosticRefreshRequest.type, () => undefined);
  await client.initialize({ workspace: { diagnostics: { refreshSupport: true } } }, { readsFiles: true });
});
afterEach(() => client.dispose());

const pulumi = `import json
import pulumi_aws as aws

fn = aws.lambda_.Function("extract")
machine = aws.sfn.StateMachine("pipeline", definition=json.dumps({
    'StartAt': 'ExtractData',
    'States': {
        'ExtractData': {'Type': 'Task', 'Resource': f"arn:aws:lambda:{region}:{account}:function:{fn}", 'Next': 'Loda'},
        'Load': {
            'Type': 'Pass',
        },
    },
}))
`;
const sam = `Transform: AWS::Serverless-2016-10-31
Resources:
  Pipeline:
    Type: AWS::Serverless::StateMachine
    Properties:
      DefinitionString: |
        {
          "StartAt": "Extract",
          "States": {
            "Extract": { "Type": "Pass", "Next": "Loda" },
            "Load": { "Type": "Succeed" }
          }
        }
  Other:
    Type: AWS::Serverless::StateMachine
    Properties:
      DefinitionUri: load.asl.json
  Missing:
    Type: AWS::Serverless::StateMachine
    Properties:
      DefinitionUri: laod.asl.json
`;
const terraform = `resource "aws_sfn_state_machine" "load" {
  definition = jsonencode({
    StartAt = "Extract"
    States = {
      Extract = { Type = "Pass", Next = "Loda" }
      Load    = { Type = "Succeed" }
    }
  })
}
`;
const files = [
  ['file:///app/pipeline.py', 'python', pulumi, "'Loda'"],
  ['file:///app/template.yaml', 'yaml', sam, '"Loda"'],
  ['file:///app/main.tf', 'terraform', terraform, '"Loda"'],
] as const;

const at = (text: string, word: string, shift = 1) => LineIndex.of(text).positionAt(text.lastIndexOf(word) + shift);
const textAt = (text: string, range: TextEdit['range']): string => {
  const lines = LineIndex.of(text);
  return text.slice(lines.offsetAt(range.start), lines.offsetAt(range.end));
};
const apply = (text: string, edits: readonly TextEdit[]): string => {
  const lines = LineIndex.of(text);
  return applyChanges(
    text,
    edits.map(({ range, newText }) => {
      const offset = lines.offsetAt(range.start);
      return { offset, length: lines.offsetAt(range.end) - offset, text: newText };
    }),
  );
};

describe.each(files)('%s', (uri, languageId, text, wrong) => {
  const right = 'Load';
  const fixed = text.replace(wrong, wrong.replace('Loda', right));
  const textDocument = { uri };
  beforeEach(async () => await client.open(uri, languageId, text));

  it('underlines the wrong name and puts it right in place', async () => {
    const found = (await client.diagnostics(uri)).find(({ code }) => code === 'asl/unknown-next');
    expect(found && textAt(text, found.range)).toBe(wrong);
    const actions = await client.connection.sendRequest(CodeActionRequest.type, {
      textDocument,
      range: found!.range,
      context: { diagnostics: [], only: ['quickfix'] },
    });
    const edits = (actions as CodeAction[])[0]?.edit?.changes?.[uri] ?? [];
    expect(apply(text, edits)).toBe(fixed);
  });

  it('has an outline, hovers, definitions and a rename of its own', async () => {
    const symbols = await client.connection.sendRequest(DocumentSymbolRequest.type, { textDocument });
    expect(symbols).toHaveLength(1);
    expect(symbols?.[0]).toMatchObject({ children: [{ name: /^Extract/ }, { name: right }] });
    const position = at(text, right);
    expect(await client.connection.sendRequest(HoverRequest.type, { textDocument, position })).toMatchObject({
      contents: { value: expect.stringContaining(`**${right}**`) as string },
    });
    expect(
      await client.connection.sendRequest(HoverRequest.type, { textDocument, position: at(text, '\n') }),
    ).toBeNull();
    await client.open(uri, languageId, fixed);
    const target = await client.connection.sendRequest(DefinitionRequest.type, {
      textDocument,
      position: LineIndex.of(fixed).positionAt(fixed.indexOf(wrong.replace('Loda', right)) + 2),
    });
    expect(target).toMatchObject({
      range: { start: LineIndex.of(fixed).positionAt(fixed.lastIndexOf(right) - (languageId === 'terraform' ? 0 : 1)) },
    });
    const renamed = await client.connection.sendRequest(RenameRequest.type, {
      textDocument,
      position: at(fixed, right),
      newName: 'Write',
    });
    expect(apply(fixed, renamed?.changes?.[uri] ?? [])).toBe(
      fixed.replaceAll(new RegExp(`\\b${right}\\b`, 'g'), 'Write'),
    );
  });

  it('completes names of states where one is due, in the quotes that are there', async () => {
    const answer = await client.connection.sendRequest(CompletionRequest.type, {
      textDocument,
      position: at(text, wrong, 2),
    });
    const items = Array.isArray(answer) ? answer : (answer?.items ?? []);
    const state = items.find(({ label }) => label === right);
    expect((state?.textEdit as TextEdit).newText).toBe(wrong.replace('Loda', right));
  });
});

it('looks at the files that a template names, through the editor', async () => {
  const uri = 'file:///app/template.yaml';
  await client.open(uri, 'yaml', sam);
  await client.diagnostics(uri);
  await expect
    .poll(async () => (await client.diagnostics(uri)).filter(({ code }) => code === 'asl/missing-definition-file'))
    .toMatchObject([{ message: expect.stringContaining('laod.asl.json') as string }]);
});

it('shows where errors go that an outer state catches, what placeholders stand for, and links to definition files', async () => {
  const uri = 'file:///app/template.yaml';
  const text = sam.replace(
    '  Other:',
    `  Mapped:
    Type: AWS::Serverless::StateMachine
    Properties:
      DefinitionSubstitutions: { LoadArn: !GetAtt Load.Arn }
      Definition:
        StartAt: Each
        States:
          Each:
            Type: Map
            ItemProcessor:
              StartAt: Load
              States:
                Load: { Type: Task, Resource: '\${LoadArn}', End: true }
            Catch: [{ ErrorEquals: [States.ALL], Next: Tell }]
            End: true
          Tell: { Type: Fail }
  Other:`,
  );
  await client.open(uri, 'yaml', text);
  const textDocument = { uri };
  const range = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };
  const hints = (await client.connection.sendRequest(InlayHintRequest.type, { textDocument, range })) ?? [];
  const line = text.split('\n').findIndex((one) => one.includes('Load: { Type: Task'));
  expect(hints.map(({ label, position }) => [label, position.line])).toEqual([
    ['errors → Tell', line],
    ['= !GetAtt Load.Arn', line],
  ]);
  const links = await client.connection.sendRequest(DocumentLinkRequest.type, { textDocument });
  expect(links?.map(({ target }) => target)).toEqual(['file:///app/load.asl.json', 'file:///app/laod.asl.json']);
});

it('says nothing about a program without a definition', async () => {
  await client.open('file:///app/plain.py', 'python', 'import json\nprint(json.dumps({"States": 1}))\n');
  expect(await client.diagnostics('file:///app/plain.py')).toEqual([]);
  const textDocument = { uri: 'file:///app/plain.py' };
  expect(await client.connection.sendRequest(DocumentSymbolRequest.type, { textDocument })).toEqual([]);
});

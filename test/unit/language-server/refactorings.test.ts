import { afterEach, describe, expect, it } from 'vitest';
import { CodeActionKind, CodeActionRequest, type CodeAction } from 'vscode-languageserver-protocol/node';
import { createConnection } from 'vscode-languageserver/node';
import { validate } from '../../../src/core/asl/index.ts';
import { execute, type Json, type JsonObject } from '../../../src/core/interpreter/index.ts';
import { applyChanges, LineIndex } from '../../../src/core/language/lineIndex.ts';
import { startServer } from '../../../src/language-server/server.ts';
import { streamPair, TestLanguageClient } from '../../support/languageClient.ts';

let client: TestLanguageClient | undefined;
afterEach(() => client?.dispose());

/** The actions at the first place of `at` in the text. */
async function actionsAt(
  uri: string,
  text: string,
  at: string,
  only?: CodeActionKind[],
): Promise<readonly CodeAction[]> {
  const { toServer, toClient } = streamPair();
  startServer(createConnection(toServer, toClient));
  client = TestLanguageClient.over(toClient, toServer);
  await client.initialize({
    textDocument: { codeAction: { disabledSupport: true } },
    workspace: { workspaceEdit: { resourceOperations: ['rename'] } },
  });
  await client.open(uri, uri.endsWith('.py') ? 'python' : uri.endsWith('.json') ? 'asl' : 'asl-yaml', text);
  const position = LineIndex.of(text).positionAt(text.indexOf(at));
  const found = await client.connection.sendRequest(CodeActionRequest.type, {
    textDocument: { uri },
    range: { start: position, end: position },
    context: { diagnostics: [], ...(only && { only }) },
  });
  return (found ?? []) as CodeAction[];
}

/** The text after the action whose title matches. */
function applied(actions: readonly CodeAction[], title: RegExp, uri: string, text: string): string {
  const edits = actions.find((action) => title.test(action.title))?.edit?.changes?.[uri] ?? [];
  expect(edits).not.toEqual([]);
  const lines = LineIndex.of(text);
  const changes = edits.map(({ range, newText }) => {
    const offset = lines.offsetAt(range.start);
    return { offset, length: lines.offsetAt(range.end) - offset, text: newText };
  });
  // Of insertions at one place, the first stands first: as they are applied from the end, it comes last.
  const fromEnd = changes
    .map((change, index) => ({ ...change, index }))
    .sort((a, b) => b.offset - a.offset || b.index - a.index);
  return applyChanges(text, fromEnd);
}

const uri = 'file:///work/orders.asl.json';
const errors = (text: string): readonly string[] =>
  validate(text, { fileName: 'orders.asl.json' })
    .filter(({ severity }) => severity === 1)
    .map(({ message }) => message);
const json = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`;

async function run(text: string, mocks: Record<string, Json>): Promise<unknown> {
  const all = Object.fromEntries(Object.entries(mocks).map(([name, output]) => [name, [{ output }]]));
  const { status, output } = await execute({
    definition: JSON.parse(text) as JsonObject,
    input: { day: 1 },
    mocks: all,
  });
  return { status, output };
}

describe('rewritings of a state', () => {
  it('convert it to JSONata, also inside a YAML file and a Python program', async () => {
    const yaml =
      'StartAt: A\nStates:\n  A:\n    Type: Pass\n    Parameters:\n      x.$: $.day\n    Next: B\n  B:\n    Type: Succeed\n';
    const file = 'file:///work/a.asl.yaml';
    expect(applied(await actionsAt(file, yaml, 'Pass'), /^Convert state "A"/, file, yaml)).toBe(
      'StartAt: A\nStates:\n  A:\n    Type: Pass\n    Next: B\n    QueryLanguage: JSONata\n    Output:\n      x: "{% $states.input.day %}"\n  B:\n    Type: Succeed\n',
    );
    client?.dispose();
    const program = 'M = {"StartAt": "A", "States": {"A": {"Type": "Wait", "SecondsPath": "$.s", "End": True}}}\n';
    const python = 'file:///work/a.py';
    expect(applied(await actionsAt(python, program, '"Wait"'), /^Convert state "A"/, python, program)).toBe(
      'M = {"StartAt": "A", "States": {"A": {"Type": "Wait", "Seconds": "{% $number($states.input.s) %}", "End": True, "QueryLanguage": "JSONata"}}}\n',
    );
  });

  it('say why one cannot be converted, where the editor shows that', async () => {
    const text = json({ StartAt: 'A', States: { A: { Type: 'Pass', InputPath: '$..x', End: true } } });
    const actions = await actionsAt(uri, text, '"A": {', [CodeActionKind.Refactor]);
    expect(actions.find(({ title }) => title.startsWith('Convert state'))?.disabled?.reason).toMatch(/wildcard/);
  });

  it.each([
    { Parameters: { 'id.$': '$.day' } },
    { ResultSelector: { 'r.$': '$.rows' }, ResultPath: '$.loaded' },
    { OutputPath: '$.rows', Assign: { 'n.$': '$.rows' } },
    { ResultPath: null },
    { QueryLanguage: 'JSONata', Output: { r: '{% $states.result.rows %}', d: '{% $states.input.day %}' } },
  ])('call a function with lambda:invoke, to the same effect: %j', async (fields) => {
    const A = { Type: 'Task', Resource: 'arn:aws:lambda:eu-west-1:111122223333:function:load', ...fields, End: true };
    const before = json({ StartAt: 'A', States: { A } });
    const after = applied(await actionsAt(uri, before, '"A": {'), /lambda:invoke/, uri, before);
    expect(errors(after)).toEqual([]);
    expect(after).toContain('"Resource": "arn:aws:states:::lambda:invoke"');
    const result = { rows: [1, 2] };
    expect(await run(after, { A: { StatusCode: 200, Payload: result } })).toEqual(await run(before, { A: result }));
  });

  it('do not offer it where the result would not be the same', async () => {
    const A = {
      Type: 'Task',
      Resource: 'arn:aws:lambda:eu-west-1:111122223333:function:load',
      ResultPath: '$.r',
      End: true,
    };
    const actions = await actionsAt(uri, json({ StartAt: 'A', States: { A } }), '"A": {');
    expect(actions.filter(({ title }) => title.includes('lambda:invoke'))).toEqual([]);
  });

  it('wait for a Glue job in place of a loop that asks how its run is doing', async () => {
    const text = json({
      StartAt: 'Start',
      States: {
        Start: {
          Type: 'Task',
          Resource: 'arn:aws:states:::glue:startJobRun',
          Parameters: { JobName: 'extract' },
          ResultPath: '$.run',
          Next: 'Wait',
        },
        Wait: { Type: 'Wait', Seconds: 30, Next: 'Ask' },
        Ask: {
          Type: 'Task',
          Resource: 'arn:aws:states:::aws-sdk:glue:getJobRun',
          Parameters: { JobName: 'extract', 'RunId.$': '$.run.JobRunId' },
          ResultPath: '$.asked',
          Next: 'Done?',
        },
        'Done?': {
          Type: 'Choice',
          Choices: [
            { Variable: '$.asked.JobRun.JobRunState', StringEquals: 'SUCCEEDED', Next: 'Load' },
            { Variable: '$.asked.JobRun.JobRunState', StringEquals: 'FAILED', Next: 'Tell' },
          ],
          Default: 'Wait',
        },
        Load: { Type: 'Succeed' },
        Tell: { Type: 'Pass', End: true },
      },
    });
    const after = applied(await actionsAt(uri, text, '"Ask": {'), /instead of polling/, uri, text);
    expect(errors(after)).toEqual([]);
    const { States } = JSON.parse(after) as { States: Record<string, unknown> };
    expect(Object.keys(States)).toEqual(['Start', 'Load', 'Tell']);
    expect(States['Start']).toMatchObject({
      Resource: 'arn:aws:states:::glue:startJobRun.sync',
      Next: 'Load',
      Catch: [{ ErrorEquals: ['States.TaskFailed'], ResultPath: '$.error', Next: 'Tell' }],
    });
  });
});

describe('a definition file in the other format', () => {
  const yaml =
    'StartAt: A # first\nStates:\n  A:\n    Type: Pass\n    Result:\n      answer: "on"\n      text: |\n        two\n        lines\n    End: true\n';

  it('has the same values and the name that goes with it', async () => {
    const file = 'file:///work/a.asl.yaml';
    const actions = await actionsAt(file, yaml, 'Pass', [CodeActionKind.RefactorRewrite]);
    const action = actions.find(({ title }) => title === 'Convert the file to JSON (its comments are lost)');
    const [rename, edit] = action?.edit?.documentChanges ?? [];
    expect(rename).toMatchObject({ kind: 'rename', newUri: 'file:///work/a.asl.json' });
    const text = edit && 'edits' in edit ? (edit.edits[0] as { newText: string }).newText : '';
    client?.dispose();
    const back = await actionsAt(uri, text, 'Pass');
    const [, again] = back.find(({ title }) => title === 'Convert the file to YAML')?.edit?.documentChanges ?? [];
    expect(again && 'edits' in again ? (again.edits[0] as { newText: string }).newText : '').toBe(
      yaml.replace(' # first', ''),
    );
  });

  it('is refused where the syntax is broken', async () => {
    const actions = await actionsAt(uri, '{"StartAt": "A", "States": {"A": {"Type": }}}', 'Type');
    expect(actions.find(({ title }) => title.startsWith('Convert the file'))?.disabled?.reason).toMatch(/syntax/);
  });
});

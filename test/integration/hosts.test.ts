import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';
import { eventually } from './support/eventually.ts';

const sam = `Transform: AWS::Serverless-2016-10-31
Resources:
  Pipeline:
    Type: AWS::Serverless::StateMachine
    Properties:
      Definition:
        StartAt: Extract
        States:
          Extract: { Type: Pass, Next: Laod }
          Load: { Type: Succeed }
`;
const program = `import json

DEFINITION = json.dumps({
    "StartAt": "Extract",
    "States": {
        "Extract": {"Type": "Task", "Resource": f"arn:aws:lambda:{region}:{account}:function:{name}", "Next": "Laod"},
        "Load": {"Type": "Succeed"},
    },
})
`;
const plain = 'import json\n\nprint(json.dumps({"Next": "Laod", "States": {"Type": "Pass"}}))\n';

async function open(language: string, content: string): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument({ language, content });
  await vscode.window.showTextDocument(document);
  return document;
}

function underlined(document: vscode.TextDocument): readonly string[] {
  return vscode.languages
    .getDiagnostics(document.uri)
    .filter(({ source, severity }) => source === 'sluice' && severity === vscode.DiagnosticSeverity.Error)
    .map(({ code, range }) => `${typeof code === 'string' ? code : ''} ${document.getText(range)}`);
}

describe('definitions inside other files', () => {
  it('are checked where they stand in a SAM template and a Python program, and a plain program is left alone', async () => {
    const ordinary = await open('python', plain);
    const template = await open('yaml', sam);
    await eventually(
      'a finding in the template',
      () => underlined(template),
      (found) => found.includes('asl/unknown-next Laod'),
    );
    const python = await open('python', program);
    await eventually(
      'a finding in the program',
      () => underlined(python),
      (found) => found.includes('asl/unknown-next "Laod"'),
    );
    assert.deepEqual(underlined(ordinary), []);
  });

  it('have an outline, a lens and a graph, also when they are typed into an open program', async () => {
    const document = await open('python', plain);
    const edit = new vscode.WorkspaceEdit();
    edit.replace(document.uri, new vscode.Range(0, 0, document.lineCount, 0), program);
    assert.ok(await vscode.workspace.applyEdit(edit));
    await eventually(
      'a finding in what was typed',
      () => underlined(document),
      (found) => found.includes('asl/unknown-next "Laod"'),
    );
    const symbols = await vscode.commands.executeCommand<vscode.DocumentSymbol[]>(
      'vscode.executeDocumentSymbolProvider',
      document.uri,
    );
    assert.deepEqual(
      symbols.flatMap(({ children }) => children.map(({ name }) => name)),
      ['Extract', 'Load'],
    );
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      'vscode.executeCodeLensProvider',
      document.uri,
      10,
    );
    const graph = lenses.find(({ command }) => command?.command === 'sluice.showGraph');
    assert.equal(graph?.range.start.line, 2);
    await vscode.commands.executeCommand('sluice.showGraph', ...((graph.command?.arguments ?? []) as unknown[]));
    await eventually(
      'the graph',
      () => vscode.window.tabGroups.all.flatMap((group) => group.tabs).map(({ label }) => label),
      (labels) => labels.some((label) => label.startsWith('Graph: Untitled')),
    );
  });
});

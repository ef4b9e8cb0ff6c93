import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';
import { eventually } from './support/eventually.ts';

const program = `import json

DEFINITION = json.dumps({
    "StartAt": "Clean",
    "States": {
        "Clean": {"Type": "Pass", "Parameters": {"kept.$": "States.Format('{}!', 'rows')"}, "Next": "Done"},
        "Done": {"Type": "Succeed"},
    },
})
`;

describe('Test State…', () => {
  it('runs the state under the cursor of a Python program and shows its data flow', async () => {
    const document = await vscode.workspace.openTextDocument({ language: 'python', content: program });
    const at = document.positionAt(program.indexOf('"Pass"'));
    await vscode.window.showTextDocument(document, { selection: new vscode.Range(at, at) });
    const tested = vscode.commands.executeCommand('sluice.testState');
    const shown = (): string | undefined =>
      vscode.workspace.textDocuments
        .find(({ uri }) => uri.scheme === 'sluice-output' && uri.path.includes('Clean'))
        ?.getText();
    const text = await eventually(
      'the result',
      async () => {
        // Takes what each question offers first: this machine's answers to input and level.
        if (shown() === undefined) await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
        return shown();
      },
      (found) => found !== undefined,
    );
    await tested;
    assert.match(text ?? '', /^# Clean: succeeded, goes to Done\n/);
    assert.match(text ?? '', /"kept": "rows!"/);
    assert.equal(vscode.window.activeTextEditor?.document, document, 'the focus stays in the program');
  });
});

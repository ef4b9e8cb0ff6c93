import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';
import { eventually } from './support/eventually.ts';

const definition = `{
  "StartAt": "Load",
  "States": {
    "Load": {
      "Type": "Task",
      "Resource": "arn:aws:states:::glue:startJobRun.sync",
      "Parameters": { "JobName": "load-nowhere" },
      "End": true
    }
  }
}
`;

describe('names in the account', () => {
  it('are looked up when a definition is saved, with their age on hover, and not where that is off', async function () {
    this.timeout(120_000);
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
    assert.ok(folder);
    const uri = vscode.Uri.joinPath(folder, 'pipelines', 'names.asl.json');
    const settings = vscode.workspace.getConfiguration('sluice');
    const set = async (value: string | undefined): Promise<void> => {
      await settings.update('checkResources', value, vscode.ConfigurationTarget.Global);
    };
    const missing = (): readonly string[] =>
      vscode.languages
        .getDiagnostics(uri)
        .flatMap(({ code, message }) => (code === 'sluice/not-found' ? [message] : []));
    await vscode.workspace.fs.writeFile(uri, Buffer.from(definition));
    try {
      await set('onSave');
      const document = await vscode.workspace.openTextDocument(uri);
      const editor = await vscode.window.showTextDocument(document);
      const save = async (): Promise<void> => {
        await editor.edit((edit) => edit.insert(document.positionAt(document.getText().length), '\n'));
        await document.save();
      };
      // The server may come up only after the first save: then the next one asks.
      const found = await eventually(
        'what the account lacks',
        async () => {
          if (missing().length === 0) await save();
          return missing();
        },
        (messages) => messages.length > 0,
        90_000,
      );
      assert.match(found[0] ?? '', /^There is no Glue job "load-nowhere" in Local/);
      const at = document.positionAt(definition.indexOf('load-nowhere') + 3);
      const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', uri, at);
      const words = hovers
        .flatMap(({ contents }) => contents)
        .map((one) => (one instanceof vscode.MarkdownString ? one.value : ''));
      assert.match(words.join(), /No Glue job `load-nowhere` in Local.* · checked (?:just now|\d+ min ago)/);
      await set('off');
      await eventually('nothing', missing, (messages) => messages.length === 0);
    } finally {
      await set(undefined);
      await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
      await vscode.workspace.fs.delete(uri);
    }
  });
});

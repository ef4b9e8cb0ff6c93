import assert from 'node:assert/strict';
import { cpSync } from 'node:fs';
import { afterEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { eventually } from './support/eventually.ts';

/** VS Code tells of a new folder, and of what came with it only sometimes. */
describe('a folder that comes with files in it', () => {
  const rootOf = (name: string): vscode.Uri => {
    const open = vscode.workspace.workspaceFolders?.[0];
    assert.ok(open, 'a folder is open');
    return vscode.Uri.joinPath(open.uri, name);
  };
  let came: vscode.Uri | undefined;

  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    if (came) await vscode.workspace.fs.delete(came, { recursive: true });
    came = undefined;
  });

  for (let copy = 1; copy <= 3; copy += 1) {
    it(`is known with all of them, copy ${copy}`, async () => {
      const extension = vscode.extensions.getExtension('sluice.sluice');
      assert.ok(extension);
      came = rootOf(`came${copy}`);
      const fixture = vscode.Uri.joinPath(extension.extensionUri, 'test/fixtures/workspaces/emrCrawler');
      // All at once, as git does it: the folders are there before anybody could watch them.
      cpSync(fixture.fsPath, vscode.Uri.joinPath(came, 'as/deep/as/they/come').fsPath, { recursive: true });
      const program = vscode.Uri.joinPath(came, 'as/deep/as/they/come/dags/lake.py');
      await vscode.window.showTextDocument(program);
      // It names a machine of the template, which no editor shows, with a slip.
      await eventually(
        'the finding that needs the template',
        () => vscode.languages.getDiagnostics(program).map(({ code }) => code),
        (codes) => codes.includes('glue/misspelt-name'),
        120_000,
      );
    }).timeout(150_000);
  }
});

import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { after, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { eventually } from './support/eventually.ts';

const definition = (seconds: number): string =>
  JSON.stringify({ StartAt: 'Wait', States: { Wait: { Type: 'Wait', Seconds: seconds, End: true } } }, undefined, 2);
const Command = { Name: 'pythonshell', ScriptLocation: 's3://scripts/drifting.py', PythonVersion: '3.9' };
const config = (timeout?: number): string =>
  JSON.stringify({ Name: 'drifting', Role: 'r', Command, ...(timeout ? { Timeout: timeout } : {}) }, undefined, 2);
const template = (timeout: number): string =>
  JSON.stringify({
    Resources: {
      Job: { Type: 'AWS::Glue::Job', Properties: { Name: 'drifting', Role: 'r', Command, Timeout: timeout } },
    },
  });

/** What the lenses of deploying say, of a file that is shown. */
async function deployLens(uri: vscode.Uri): Promise<string> {
  const found = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', uri, 50);
  const titles = found.flatMap(({ command }) => (command ? [command.title] : []));
  return titles.find((title) => /^(?:Deploy…|Upload)/.test(title)) ?? '';
}

describe('what differs from the deployed', () => {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  assert.ok(folder);
  const files = {
    machine: vscode.Uri.joinPath(folder, 'pipelines/drifting.asl.json'),
    job: vscode.Uri.joinPath(folder, 'jobs/drifting.glue.json'),
    script: vscode.Uri.joinPath(folder, 'jobs/drifting.py'),
    template: vscode.Uri.joinPath(folder, 'drifting.template.json'),
  };
  const all = Object.values(files);
  const write = (uri: vscode.Uri, text: string): void => writeFileSync(uri.fsPath, text);
  const says = async (uri: vscode.Uri, title: string): Promise<void> => {
    const what = `"${title}" on ${uri.path.split('/').at(-1) ?? ''}`;
    await eventually(
      what,
      async () => await deployLens(uri),
      (found) => found === title,
    );
  };
  // It ends when its message is closed, which nobody does here.
  const deploy = (): Thenable<unknown> => vscode.commands.executeCommand('sluice.deployToLocal');

  before(async () => {
    write(files.machine, definition(0));
    write(files.script, 'print(1)\n');
    write(files.job, config(5));
    write(files.template, template(5));
    for (const uri of all) await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri));
    // The view asks the account, and nothing is compared with one that has never answered.
    await vscode.commands.executeCommand('sluice.pipelines.focus');
  });
  after(async () => {
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    for (const uri of all) rmSync(uri.fsPath, { force: true });
  });

  it('stands on the lenses, before and after a deploy, an edit and a save', async function () {
    this.timeout(300_000);
    for (const uri of all) await says(uri, uri === files.script ? 'Upload (not in Local)' : 'Deploy… (not in Local)');
    void deploy();
    for (const uri of all) await says(uri, uri === files.script ? 'Upload' : 'Deploy…');

    write(files.machine, definition(1));
    write(files.job, config(6));
    await says(files.machine, 'Deploy… (differs in 1 state from Local)');
    await says(files.job, 'Deploy… (differs in 1 change from Local)');
    await says(files.script, 'Upload (differs in 1 change from Local)');
    await says(files.template, 'Deploy…');

    // Saved in the editor: no keystroke follows.
    const document = await vscode.workspace.openTextDocument(files.script);
    const edit = new vscode.WorkspaceEdit();
    edit.insert(files.script, new vscode.Position(0, 0), '# more\n');
    await vscode.workspace.applyEdit(edit);
    await document.save();
    await says(files.script, 'Upload (differs in 1 change and script from Local)');
    await says(files.job, 'Deploy… (differs in 1 change and script from Local)');

    void deploy();
    for (const uri of [files.machine, files.job]) await says(uri, 'Deploy…');
    await says(files.script, 'Upload');
    await says(files.template, 'Deploy… (differs in 1 change from Local)');

    // A field that is taken out is taken out there: deployed from here, it is ours.
    write(files.job, config());
    await says(files.job, 'Deploy… (differs in 1 change from Local)');
  });
});

import assert from 'node:assert/strict';
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
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

  const goings: readonly { readonly how: string; readonly name: string; readonly go: (folder: string) => void }[] = [
    {
      how: 'is forgotten with all of them when it goes',
      name: 'went',
      go: (folder) => rmSync(folder, { recursive: true }),
    },
    {
      how: 'is known anew when another takes its place at once',
      name: 'replaced',
      go: (folder) => {
        rmSync(folder, { recursive: true });
        mkdirSync(folder);
        writeFileSync(`${folder}/other.yaml`, 'a: 1\n');
      },
    },
  ];
  for (const { how, name, go } of goings) {
    it(how, async () => {
      const extension = vscode.extensions.getExtension('sluice.sluice');
      assert.ok(extension);
      came = rootOf(name);
      const fixture = vscode.Uri.joinPath(extension.extensionUri, 'test/fixtures/workspaces/emrCrawler');
      const program = vscode.Uri.joinPath(came, 'dags/lake.py');
      const infra = vscode.Uri.joinPath(came, 'infra');
      const template = vscode.Uri.joinPath(infra, 'stacks/template.yaml');
      cpSync(vscode.Uri.joinPath(fixture, 'dags').fsPath, vscode.Uri.joinPath(came, 'dags').fsPath, {
        recursive: true,
      });
      cpSync(vscode.Uri.joinPath(fixture, 'template.yaml').fsPath, template.fsPath);
      await vscode.window.showTextDocument(program);
      const codes = (): unknown[] => vscode.languages.getDiagnostics(program).map(({ code }) => code);
      const needsTemplate = 'glue/misspelt-name';
      await eventually('the finding that needs the template', codes, (all) => all.includes(needsTemplate), 120_000);
      go(infra.fsPath);
      await eventually('no such finding', codes, (all) => !all.includes(needsTemplate), 60_000);
    }).timeout(200_000);
  }

  it('takes its job configs with it when it goes', async () => {
    came = rootOf('went');
    const script = vscode.Uri.joinPath(came, 'jobs/load_gone.py');
    const configs = vscode.Uri.joinPath(came, 'configs');
    const config = {
      Name: 'load-gone',
      Role: 'arn:aws:iam::123456789012:role/glue',
      Command: { Name: 'glueetl', ScriptLocation: 's3://went/jobs/load_gone.py', PythonVersion: '3' },
      GlueVersion: '5.0',
    };
    const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
    await vscode.workspace.fs.writeFile(script, bytes('import sys\n'));
    await vscode.workspace.fs.writeFile(
      vscode.Uri.joinPath(configs, 'load_gone.glue.json'),
      bytes(JSON.stringify(config)),
    );
    await vscode.window.showTextDocument(script);
    const lenses = async (): Promise<readonly (string | undefined)[]> =>
      (await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', script, 50)).map(
        ({ command }) => command?.title,
      );
    const isOfJob = (titles: readonly (string | undefined)[]): boolean =>
      titles.some((title) => title?.startsWith('load-gone'));
    await eventually('the job of the script', lenses, isOfJob, 120_000);
    rmSync(configs.fsPath, { recursive: true });
    await eventually('no job of the script', lenses, (titles) => !isOfJob(titles), 60_000);
  }).timeout(200_000);
});

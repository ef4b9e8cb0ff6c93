import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { eventually } from './support/eventually.ts';

interface Expected {
  readonly code: string;
  readonly file: string;
  readonly line: number;
  readonly severity: string;
}

const severities = ['error', 'warning', 'info', 'hint'] as const;

function folder(): vscode.Uri {
  const open = vscode.workspace.workspaceFolders?.[0];
  assert.ok(open, 'a folder is open');
  return vscode.Uri.joinPath(open.uri, 'reference');
}

/** The paths of all files below a folder. */
async function filesIn(root: vscode.Uri, prefix = ''): Promise<string[]> {
  const found: string[] = [];
  for (const [name, type] of await vscode.workspace.fs.readDirectory(root)) {
    const path = `${prefix}${name}`;
    if (type === vscode.FileType.Directory) found.push(...(await filesIn(vscode.Uri.joinPath(root, name), `${path}/`)));
    else found.push(path);
  }
  return found;
}

function findingsOf(uri: vscode.Uri, file: string): readonly string[] {
  return vscode.languages
    .getDiagnostics(uri)
    .filter(({ source }) => source === 'sluice')
    .map(
      ({ code, range, severity }) =>
        `${file}:${range.start.line + 1} ${severities[severity]} ${typeof code === 'string' ? code : ''}`,
    );
}

describe('the reference workspaces', () => {
  // What other tests deployed to Local is not what the workspaces are held against.
  const settings = vscode.workspace.getConfiguration('sluice');
  before(async () => {
    await settings.update('checkResources', 'off', vscode.ConfigurationTarget.Global);
  });
  after(async () => {
    await settings.update('checkResources', undefined, vscode.ConfigurationTarget.Global);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.workspace.fs.delete(folder(), { recursive: true });
  });

  it('show the findings that they are made for, each in its file, and no other', async () => {
    const extension = vscode.extensions.getExtension('sluice.sluice');
    assert.ok(extension);
    const fixtures = vscode.Uri.joinPath(extension.extensionUri, 'test/fixtures/workspaces');
    await vscode.workspace.fs.copy(fixtures, folder());
    for (const [name] of await vscode.workspace.fs.readDirectory(folder())) {
      const root = vscode.Uri.joinPath(folder(), name);
      const text = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(root, 'expected.json'));
      const expected = (JSON.parse(new TextDecoder().decode(text)) as Expected[]).map(
        ({ file, line, severity, code }) => `${file}:${line} ${severity} ${code}`,
      );
      const files = await filesIn(root);
      const documents: { readonly file: string; readonly uri: vscode.Uri }[] = [];
      for (const file of files.filter((one) => /\.(?:py|ya?ml|json)$/.test(one))) {
        const uri = vscode.Uri.joinPath(root, file);
        await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview: false });
        documents.push({ file, uri });
      }
      const found = await eventually(
        `the findings of ${name}`,
        () => documents.flatMap(({ file, uri }) => findingsOf(uri, file)).sort(),
        (now) => now.length >= expected.length && expected.every((one) => now.includes(one)),
        120_000,
      );
      assert.deepEqual(found, expected.sort());
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    }
  }).timeout(700_000);
});

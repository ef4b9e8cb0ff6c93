import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';
import { eventually } from './support/eventually.ts';

const wrongName = [
  '{',
  '  "StartAt": "Extract",',
  '  "States": {',
  '    "Extract": { "Type": "Pass", "Next": "Transfrom" },',
  '    "Transform": { "Type": "Succeed" }',
  '  }',
  '}',
].join('\n');

function findingsOf(uri: vscode.Uri): readonly vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'sluice');
}

async function openDefinition(text: string): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument({ language: 'asl', content: text });
  await vscode.window.showTextDocument(document);
  return document;
}

describe('validation while typing', () => {
  it('underlines a wrong state name of an unsaved definition, and lets go once it is right', async () => {
    const document = await openDefinition(wrongName);
    const [found] = await eventually(
      'a finding',
      () => findingsOf(document.uri),
      ({ length }) => length > 0,
    );
    assert.equal(found?.code, 'asl/unknown-next');
    assert.equal(document.getText(found.range), '"Transfrom"');
    assert.equal(found.severity, vscode.DiagnosticSeverity.Error);

    const edit = new vscode.WorkspaceEdit();
    edit.replace(document.uri, found.range, '"Transform"');
    assert.ok(await vscode.workspace.applyEdit(edit));
    await eventually(
      'no finding',
      () => findingsOf(document.uri),
      ({ length }) => length === 0,
    );
  });

  it('goes on by itself after the language server was killed', async () => {
    const document = await openDefinition(wrongName);
    await eventually(
      'a finding',
      () => findingsOf(document.uri),
      ({ length }) => length > 0,
    );
    const extension = vscode.extensions.getExtension('sluice.sluice');
    assert.ok(extension);
    execFileSync('pkill', ['-9', '-f', join(extension.extensionPath, 'dist', 'languageServer.js')]);

    const edit = new vscode.WorkspaceEdit();
    edit.replace(document.uri, new vscode.Range(3, 41, 3, 52), '"Trnsform"');
    assert.ok(await vscode.workspace.applyEdit(edit));
    await eventually(
      'a finding of the new server',
      () => findingsOf(document.uri),
      (found) => found.some(({ message }) => message.includes('Trnsform')),
    );
  });
});

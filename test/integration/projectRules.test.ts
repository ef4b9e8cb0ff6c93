import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';
import { eventually } from './support/eventually.ts';

const wrong = '{"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "Bb"}, "B": {"Type": "Succeed"}}}\n';

describe('sluice.json', () => {
  it('gives rules their severity in the editor as well, as soon as it is saved', async () => {
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
    assert.ok(folder);
    const config = vscode.Uri.joinPath(folder, 'sluice.json');
    const document = await vscode.workspace.openTextDocument({ language: 'asl', content: wrong });
    await vscode.window.showTextDocument(document);
    const severity = (): vscode.DiagnosticSeverity | undefined =>
      vscode.languages.getDiagnostics(document.uri).find(({ code }) => code === 'asl/unknown-next')?.severity;
    const reaches = async (what: string, wanted: vscode.DiagnosticSeverity): Promise<void> => {
      await eventually(what, severity, (found) => found === wanted);
    };
    await reaches('the error', vscode.DiagnosticSeverity.Error);
    try {
      await vscode.workspace.fs.writeFile(config, Buffer.from('{"rules": {"asl/unknown-next": "info"}}'));
      await reaches('the severity of the file', vscode.DiagnosticSeverity.Information);
    } finally {
      await vscode.workspace.fs.delete(config);
    }
    await reaches('the error again', vscode.DiagnosticSeverity.Error);
  });
});

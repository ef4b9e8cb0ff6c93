import { afterEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { eventually } from './support/eventually.ts';

const setting = 'validation.definitions';

async function set(value: boolean | undefined): Promise<void> {
  await vscode.workspace.getConfiguration('sluice').update(setting, value, vscode.ConfigurationTarget.Global);
}

describe('sluice.validation.definitions', () => {
  afterEach(async () => {
    await set(undefined);
  });

  it('takes the findings away beside another extension that has them too, and gives them back', async () => {
    const content = '{"StartAt": "A", "States": {"B": {"Type": "Succeed"}}}';
    const document = await vscode.workspace.openTextDocument({ language: 'asl', content });
    await vscode.window.showTextDocument(document);
    const findings = (): number =>
      vscode.languages.getDiagnostics(document.uri).filter(({ source }) => source === 'sluice').length;
    await eventually('findings', findings, (count) => count > 0);
    await set(false);
    await eventually('no findings', findings, (count) => count === 0);
    await set(true);
    await eventually('findings again', findings, (count) => count > 0);
  });
});

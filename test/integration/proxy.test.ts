import { after, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { replaceAwsFiles } from './support/awsFiles.ts';
import { eventually } from './support/eventually.ts';
import { FakeGlue } from './support/fakeGlue.ts';

// A proxy gets the whole address of a plain HTTP request, which the fake does not look at: it can stand for both.
describe('the proxy of VS Code', () => {
  const proxy = new FakeGlue();
  let restoreAwsFiles: (() => void) | undefined;

  const setProxy = async (address: string | undefined): Promise<void> => {
    await vscode.workspace.getConfiguration('http').update('proxy', address, vscode.ConfigurationTarget.Global);
  };

  before(async () => {
    proxy.lines.push('INFO through the proxy');
    await setProxy(await proxy.start());
    restoreAwsFiles = replaceAwsFiles(
      '[profile behind]\nregion = eu-west-1\nendpoint_url = http://glue.company.example\n',
      '[behind]\naws_access_key_id = AKIAFAKE\naws_secret_access_key = fake\n',
    );
  });

  after(async () => {
    await setProxy(undefined);
    proxy.stop();
    restoreAwsFiles?.();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('carries calls to an endpoint that this machine cannot reach', async () => {
    const key = { connectionId: 'profile:behind@eu-west-1', kind: 'jobRun', resource: 'extract', id: proxy.runId };
    await vscode.commands.executeCommand('sluice.openRun', key);
    await eventually(
      'a line that came through the proxy',
      () => vscode.workspace.textDocuments.map((document) => document.getText()).join('\n'),
      (text) => text.includes('INFO through the proxy'),
      60_000,
    );
  });
});

import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { eventually } from './support/eventually.ts';

describe('the graph', () => {
  beforeEach(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('opens beside its definition, which keeps the focus, and once only', async () => {
    const folder = vscode.workspace.workspaceFolders?.[0];
    assert.ok(folder);
    const definition = vscode.Uri.joinPath(folder.uri, 'pipelines/orders.asl.json');
    await vscode.window.showTextDocument(definition);
    await vscode.commands.executeCommand('sluice.showGraph', definition);
    await vscode.commands.executeCommand('sluice.showGraph', definition);
    const tabs = await eventually(
      'one graph',
      () =>
        vscode.window.tabGroups.all.flatMap((group) => group.tabs).filter(({ label }) => label.startsWith('Graph: ')),
      ({ length }) => length === 1,
    );
    assert.equal(tabs[0]?.label, 'Graph: orders.asl.json');
    assert.equal(vscode.window.activeTextEditor?.document.uri.toString(), definition.toString());
  });

  it('shows a Glue workflow with the triggers of its other files', async () => {
    const folder = vscode.workspace.workspaceFolders?.[0];
    assert.ok(folder);
    const workflow = vscode.Uri.joinPath(folder.uri, 'workflows/nightly_orders.glue.json');
    await vscode.window.showTextDocument(workflow);
    await vscode.commands.executeCommand('sluice.showGraph', workflow);
    await eventually(
      'the graph of the workflow',
      () => vscode.window.tabGroups.all.flatMap((group) => group.tabs).map(({ label }) => label),
      (labels) => labels.includes('Graph: nightly_orders.glue.json'),
    );
  });
});

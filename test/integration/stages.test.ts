import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';
import { eventually } from './support/eventually.ts';

const config = {
  stage: 'dev',
  stages: { dev: { OrdersJob: 'orders-dev' }, prod: { OrdersJob: 'orders-prod' } },
};
const machine = `{
  "StartAt": "Load",
  "States": {
    "Load": {
      "Type": "Task",
      "Resource": "arn:aws:states:::glue:startJobRun.sync",
      "Parameters": { "JobName": "\${OrdersJob}" },
      "End": true
    }
  }
}
`;

describe('Choose Stage', () => {
  it('gives placeholders the values of the chosen stage, in hints and hovers', async () => {
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
    assert.ok(folder);
    const files = [vscode.Uri.joinPath(folder, 'sluice.json'), vscode.Uri.joinPath(folder, 'staged.asl.json')] as const;
    await vscode.workspace.fs.writeFile(files[0], Buffer.from(JSON.stringify(config)));
    await vscode.workspace.fs.writeFile(files[1], Buffer.from(machine));
    try {
      const document = await vscode.workspace.openTextDocument(files[1]);
      await vscode.window.showTextDocument(document);
      const whole = new vscode.Range(0, 0, document.lineCount, 0);
      const labels = async (): Promise<readonly string[]> => {
        const hints = await vscode.commands.executeCommand<vscode.InlayHint[] | undefined>(
          'vscode.executeInlayHintProvider',
          document.uri,
          whole,
        );
        return (hints ?? []).map(({ label }) =>
          typeof label === 'string' ? label : label.map(({ value }) => value).join(''),
        );
      };
      await eventually('the value in the stage of sluice.json', labels, (found) => found.includes('= orders-dev'));
      await vscode.commands.executeCommand('sluice.chooseStage', 'prod');
      await eventually('the value in the chosen stage', labels, (found) => found.includes('= orders-prod'));
      const at = document.positionAt(document.getText().indexOf('OrdersJob}'));
      const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
        'vscode.executeHoverProvider',
        document.uri,
        at,
      );
      const texts = hovers.flatMap(({ contents }) =>
        contents.map((one) => (one instanceof vscode.MarkdownString ? one.value : '')),
      );
      assert.ok(
        texts.some((text) => text.includes('**prod**: `orders-prod`') && text.includes('dev: `orders-dev`')),
        texts.join('\n'),
      );
    } finally {
      await vscode.commands.executeCommand('sluice.chooseStage', '');
      for (const file of files) await vscode.workspace.fs.delete(file);
    }
  });
});

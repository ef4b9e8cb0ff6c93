import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';

describe('tasks of type sluice', () => {
  it('are those of sluice.localRuns, and one fails in its own words where its script is not there', async () => {
    const folder = vscode.workspace.workspaceFolders?.[0];
    assert.ok(folder, 'the sample is open');
    const settings = vscode.workspace.getConfiguration('sluice', folder.uri);
    await settings.update('localRuns', [{ script: 'jobs/not_there.py', name: 'by hand', kind: 'pythonShell' }]);
    try {
      const [task] = await vscode.tasks.fetchTasks({ type: 'sluice' });
      assert.equal(task?.name, 'jobs/not_there.py (by hand)');
      const ended = new Promise<number | undefined>((resolve) => {
        const listener = vscode.tasks.onDidEndTaskProcess(({ execution, exitCode }) => {
          if (execution.task.definition.type !== 'sluice') return;
          listener.dispose();
          resolve(exitCode);
        });
      });
      await vscode.tasks.executeTask(task);
      assert.equal(await ended, 1);
    } finally {
      await settings.update('localRuns', undefined);
    }
  });
});

import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';
import { runToolTask } from '../../src/extension/deploy/toolTask.ts';

describe('a tool that deploys', () => {
  it('runs as a task with the credentials it is given, and its exit code is known', async function () {
    this.timeout(120_000);
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    const extension = vscode.extensions.getExtension('sluice.sluice');
    assert.ok(folder && extension);
    const cwd = mkdtempSync(join(tmpdir(), 'sluice-task-'));
    try {
      const credentials = { accessKeyId: 'AKIATASK', secretAccessKey: 'secret-of-task', region: 'eu-west-1' };
      const code = await runToolTask(join(extension.extensionPath, 'dist/toolLauncher.js'), {
        name: 'tool preview',
        folder,
        cwd,
        program: '/bin/sh',
        args: ['-c', 'env > seen.txt; test -t 1 && echo TERMINAL >> seen.txt; exit 7'],
        given: { credentials },
        asks: false,
      });
      assert.equal(code, 7);
      const seen = readFileSync(join(cwd, 'seen.txt'), 'utf8').split('\n');
      assert.ok(seen.includes('AWS_ACCESS_KEY_ID=AKIATASK'));
      assert.ok(seen.includes('AWS_SECRET_ACCESS_KEY=secret-of-task'));
      assert.ok(seen.includes('AWS_REGION=eu-west-1'));
      // It can ask: it has the terminal itself.
      assert.ok(seen.includes('TERMINAL'));
      assert.ok(!seen.some((line) => /^(?:SLUICE_HAND_OVER|ELECTRON_RUN_AS_NODE)=/.test(line)));
      const kept = vscode.window.terminals.map(({ creationOptions }) => JSON.stringify(creationOptions));
      assert.ok(!kept.join().includes('secret-of-task'));
    } finally {
      for (const terminal of vscode.window.terminals) if (terminal.name.includes('tool preview')) terminal.dispose();
      rmSync(cwd, { recursive: true, force: true });
    }
  });
});

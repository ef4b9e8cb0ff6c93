import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
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
      const end = await runToolTask(join(extension.extensionPath, 'dist/toolLauncher.js'), {
        name: 'tool preview',
        folder,
        cwd,
        program: '/bin/sh',
        args: ['-c', 'env > seen.txt; test -t 1 && echo TERMINAL >> seen.txt; exit 7'],
        given: { credentials },
        asks: false,
      });
      assert.deepEqual(end, { kind: 'exited', code: 7 });
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

  for (const way of ['Cancel', 'closing its terminal'] as const) {
    it(`stops by ${way}: it finishes what it has begun, its children end, and that is known`, async function () {
      this.timeout(120_000);
      const [folder] = vscode.workspace.workspaceFolders ?? [];
      const extension = vscode.extensions.getExtension('sluice.sluice');
      assert.ok(folder && extension);
      const cwd = mkdtempSync(join(tmpdir(), 'sluice-task-'));
      // Its child is one that no interrupt reaches, as a plugin of a tool may be.
      const script =
        'trap "echo interrupted >> seen.txt; rm lock; exit 1" INT; ' +
        `(trap "" INT HUP; exec sleep 300) & echo $! > child; touch lock; ` +
        'touch ready; while :; do sleep 0.1; done';
      try {
        const stop = new AbortController();
        const name = `tool apply ${way}`;
        const ended = runToolTask(
          join(extension.extensionPath, 'dist/toolLauncher.js'),
          {
            name,
            folder,
            cwd,
            program: '/bin/sh',
            args: ['-c', script],
            given: { credentials: { accessKeyId: 'AKIATASK', secretAccessKey: 'secret', region: 'eu-west-1' } },
            asks: false,
          },
          stop.signal,
        );
        while (!existsSync(join(cwd, 'ready'))) await delay(50);
        if (way === 'Cancel') stop.abort();
        else vscode.tasks.taskExecutions.find(({ task }) => task.name === name)?.terminate();
        assert.deepEqual(await ended, { kind: 'stopped', isClean: true, code: 1 });
        assert.equal(readFileSync(join(cwd, 'seen.txt'), 'utf8'), 'interrupted\n');
        assert.ok(!existsSync(join(cwd, 'lock')));
        const child = Number(readFileSync(join(cwd, 'child'), 'utf8'));
        while (isThere(child)) await delay(50);
      } finally {
        for (const terminal of vscode.window.terminals) if (terminal.name.includes('tool apply')) terminal.dispose();
        rmSync(cwd, { recursive: true, force: true });
      }
    });
  }
});

function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

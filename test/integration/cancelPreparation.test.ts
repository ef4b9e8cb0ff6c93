import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { after, before, describe, it } from 'mocha';
import * as vscode from 'vscode';

const script = 'jobs/silent.py';

/** A docker on PATH that never answers, while `task` runs; `asked` has its process once it is asked. */
async function withSilentEngine(task: (asked: () => Promise<number>) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-silent-'));
  const path = process.env['PATH'];
  const docker = join(folder, 'docker');
  writeFileSync(docker, `#!/bin/sh\n[ "$1" = info ] && echo $$ > "${folder}/asked"\nexec sleep 300\n`);
  chmodSync(docker, 0o755);
  process.env['PATH'] = [folder, path ?? ''].join(delimiter);
  try {
    await task(async () => {
      const asked = join(folder, 'asked');
      while (!existsSync(asked) || readFileSync(asked, 'utf8').trim() === '') await delay(50);
      return Number(readFileSync(asked, 'utf8'));
    });
  } finally {
    process.env['PATH'] = path;
    rmSync(folder, { recursive: true, force: true });
  }
}

async function untilGone(pid: number): Promise<void> {
  for (;;) {
    try {
      process.kill(pid, 0);
    } catch {
      return;
    }
    await delay(50);
  }
}

describe('a run that is still being prepared', () => {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(folder);
  const settings = vscode.workspace.getConfiguration('sluice', folder.uri);

  const uri = vscode.Uri.joinPath(folder.uri, script);

  before(async () => {
    writeFileSync(uri.fsPath, 'print(1)\n');
    await settings.update('localRuns', [{ script, name: 'silent', kind: 'spark', aws: false }]);
  });
  after(async () => {
    await settings.update('localRuns', undefined);
    rmSync(uri.fsPath, { force: true });
  });

  it('is cancelled by stopping the debugger before it has begun', async function () {
    this.timeout(120_000);
    await withSilentEngine(async (asked) => {
      const configuration = { type: 'sluice', request: 'launch', name: 'silent', script: uri.fsPath };
      const started = vscode.debug.startDebugging(folder, configuration);
      const pid = await asked();
      await vscode.commands.executeCommand('workbench.action.debug.stop');
      assert.equal(await started, false);
      await untilGone(pid);
    });
  });

  it('is cancelled by ending its task', async function () {
    this.timeout(120_000);
    await withSilentEngine(async (asked) => {
      const found = await vscode.tasks.fetchTasks({ type: 'sluice' });
      const task = found.find(({ name }) => name === `${script} (silent)`);
      assert.ok(task);
      const execution = await vscode.tasks.executeTask(task);
      const pid = await asked();
      execution.terminate();
      await untilGone(pid);
    });
  });
});

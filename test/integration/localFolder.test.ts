import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { eventually } from './support/eventually.ts';

describe('the folder of the Local account', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-chosen-'));
  const settings = (): vscode.WorkspaceConfiguration => vscode.workspace.getConfiguration('sluice');
  const deployed = (): readonly string[] => {
    const jobs = join(folder, 'glue/jobs');
    return existsSync(jobs) ? readdirSync(jobs) : [];
  };

  before(async () => {
    await settings().update('local.folder', folder, vscode.ConfigurationTarget.Global);
  });
  after(async () => {
    await settings().update('local.folder', undefined, vscode.ConfigurationTarget.Global);
    const { pid } = JSON.parse(readFileSync(join(folder, 'endpoint.json'), 'utf8')) as { pid: number };
    process.kill(pid);
    const isAlive = (): boolean => {
      try {
        return process.kill(pid, 0);
      } catch {
        return false;
      }
    };
    await eventually('the end of the account there', isAlive, (alive) => !alive);
    rmSync(folder, { recursive: true, force: true });
  });

  it('is the one that the user chose', async function () {
    this.timeout(150_000);
    // It ends when its message is closed, which nobody does here.
    void vscode.commands.executeCommand('sluice.deployToLocal');
    await eventually('jobs of the workspace there', deployed, (jobs) => jobs.length > 0, 120_000);
    assert.ok(deployed().every((name) => name.endsWith('.json')));
  });
});

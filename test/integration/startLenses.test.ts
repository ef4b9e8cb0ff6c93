import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';
import { eventually } from './support/eventually.ts';

/** Titles of Sluice's lenses, with the line each is at, once there are as many as expected. */
async function lenses(path: string, count: number): Promise<readonly string[]> {
  const uri = await show(path);
  return await eventually(
    `lenses of ${path}`,
    async () => await titlesOf(uri),
    (titles) => titles.length >= count,
  );
}

async function show(path: string): Promise<vscode.Uri> {
  const folder = vscode.workspace.workspaceFolders?.[0];
  assert.ok(folder, 'the sample is open');
  const document = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder.uri, path));
  await vscode.window.showTextDocument(document);
  return document.uri;
}

async function titlesOf(uri: vscode.Uri): Promise<readonly string[]> {
  const found = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', uri, 50);
  return found.flatMap(({ command, range }) => (command ? [`${range.start.line + 1} ${command.title}`] : []));
}

describe('lenses that start', () => {
  it('stand on the first line of a definition', async () => {
    assert.ok((await lenses('pipelines/orders.asl.json', 1)).includes('1 $(play) Start Execution…'));
  });

  it('stand on a job beside its script, and on a workflow', async () => {
    const job = await lenses('jobs/extract_orders.glue.json', 2);
    assert.ok(job.includes('2 $(play) Start Job Run…'));
    assert.ok(job.includes('2 Script'));
    assert.ok((await lenses('workflows/nightly_orders.glue.json', 1)).includes('2 $(play) Start Workflow Run…'));
  });

  it('stand on a script that a job runs, with the connection it would run on', async () => {
    const titles = await lenses('jobs/extract_orders.py', 3);
    assert.ok(titles.includes('1 $(play) Run Locally'));
    assert.ok(titles.includes('1 $(cloud) Run on Local…'));
    assert.ok(titles.includes('1 extract-orders · Python shell · 0.0625 DPU'));
  });

  it('stand on a script in a folder of more files than are listed', async function () {
    this.timeout(200_000);
    const root = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
    const [bulk, late] = ['bulk', 'zz-late'].map((name) => join(root, name));
    assert.ok(bulk !== undefined && late !== undefined);
    try {
      for (let part = 0; part < 21; part += 1) {
        mkdirSync(join(bulk, String(part)), { recursive: true });
        for (let index = 0; index < 1000; index += 1) writeFileSync(join(bulk, String(part), `${index}.txt`), '');
      }
      // VS Code tells of so many new files bit by bit, and of none where they are too many.
      mkdirSync(late);
      writeFileSync(join(late, 'late_orders.py'), 'print(1)\n');
      const Command = { Name: 'pythonshell', ScriptLocation: 's3://scripts/late_orders.py' };
      writeFileSync(join(late, 'late_orders.glue.json'), JSON.stringify({ Name: 'late-orders', Role: 'r', Command }));
      const uri = await show('zz-late/late_orders.py');
      const titles = await eventually(
        'lenses of a script that comes late',
        async () => await titlesOf(uri),
        (found) => found.length >= 3,
        120_000,
      );
      assert.ok(titles.some((title) => title.startsWith('1 late-orders · Python shell')));
    } finally {
      await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
      for (const folder of [bulk, late]) rmSync(folder, { recursive: true, force: true });
    }
  });
});

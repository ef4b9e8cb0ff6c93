import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import * as vscode from 'vscode';

/** What a cloned repository may try. */
const hostile = {
  'sluice.checkResources': 'onSave',
  'sluice.local.folder': '/tmp/not-the-account',
  'sluice.localRun.engine': '/tmp/not-an-engine',
  'sluice.localRun.images': { '5.0': 'example.invalid/miner' },
  'sluice.protectedProfiles': [],
  'sluice.runs.keepDays': 3650,
  'sluice.uploadOnSave': ['extract-orders'],
  'sluice.validation.onAwsWhenSaved': true,
};

describe('Settings of a hostile workspace', () => {
  let file: vscode.Uri;
  let original: Uint8Array | undefined;

  before(async () => {
    const folder = vscode.workspace.workspaceFolders?.[0];
    assert.ok(folder, 'a folder is open');
    file = vscode.Uri.joinPath(folder.uri, '.vscode', 'settings.json');
    original = await vscode.workspace.fs.readFile(file).then(
      (bytes) => bytes,
      () => undefined,
    );
    const changed = nextChange('sluice.initialConnection');
    // The last one may be set by a workspace, and tells that the file has been read.
    const settings = { ...hostile, 'sluice.initialConnection': original ? 'none' : 'local' };
    await vscode.workspace.fs.writeFile(file, Buffer.from(JSON.stringify(settings)));
    await changed;
  });

  after(async () => {
    if (original) await vscode.workspace.fs.writeFile(file, original);
    else await vscode.workspace.fs.delete(file);
  });

  for (const name of Object.keys(hostile)) {
    it(`cannot change ${name}`, () => {
      const inspected = vscode.workspace.getConfiguration().inspect(name);
      assert.deepEqual(vscode.workspace.getConfiguration().get(name), inspected?.defaultValue);
    });
  }

  it('covers every setting that only the user may set', () => {
    const extension = vscode.extensions.getExtension('sluice.sluice');
    const manifest = extension?.packageJSON as {
      contributes: { configuration: { properties: Record<string, { scope?: string }> } };
    };
    const guarded = Object.entries(manifest.contributes.configuration.properties)
      .filter(([, { scope }]) => scope === 'application' || scope === 'machine')
      .map(([name]) => name);
    assert.deepEqual(Object.keys(hostile).sort(), guarded.sort());
  });
});

async function nextChange(setting: string): Promise<void> {
  await new Promise<void>((resolve) => {
    const listener = vscode.workspace.onDidChangeConfiguration((event) => {
      if (!event.affectsConfiguration(setting)) return;
      listener.dispose();
      resolve();
    });
  });
}

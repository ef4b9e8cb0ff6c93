import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';

describe('Sluice in VS Code', () => {
  it('activates', async () => {
    const extension = vscode.extensions.getExtension('sluice.sluice');
    assert.ok(extension, 'the extension is installed');
    await extension.activate();
    assert.equal(extension.isActive, true);
  });
});

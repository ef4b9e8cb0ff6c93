import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { eventually } from './support/eventually.ts';
import { FakeGlue } from './support/fakeGlue.ts';

const connectionId = 'profile:fake@eu-west-1';

describe('run document', () => {
  const glue = new FakeGlue();
  const key = { connectionId, kind: 'jobRun', resource: 'extract', id: glue.runId };
  let document: vscode.TextDocument;

  before(async () => {
    const endpoint = await glue.start();
    const folder = join(homedir(), '.aws');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'config'), `[profile fake]\nregion = eu-west-1\nendpoint_url = ${endpoint}\n`);
    writeFileSync(join(folder, 'credentials'), '[fake]\naws_access_key_id = AKIAFAKE\naws_secret_access_key = fake\n');
    glue.lines.push(...Array.from({ length: 50 }, (_, index) => `INFO reading file ${index}`));
    await vscode.commands.executeCommand('sluice.openRun', key);
    document = await eventually(
      'the document of the run',
      () =>
        vscode.workspace.textDocuments.find(
          ({ uri }) => uri.scheme === 'sluice-run' && uri.query.startsWith(encodeURIComponent(connectionId)),
        ) as vscode.TextDocument,
      (found) => (found as vscode.TextDocument | undefined) !== undefined,
    );
  });

  after(async () => {
    glue.stop();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  const text = (): string => document.getText();
  // What is waited for is not printed: the text may have megabytes.
  const textHas = async (what: string, holds: (now: string) => boolean, timeoutMs = 90_000): Promise<void> => {
    await eventually(what, () => holds(text()), Boolean, timeoutMs);
  };
  const editor = (): vscode.TextEditor => {
    const found = vscode.window.visibleTextEditors.find((each) => each.document === document);
    assert.ok(found, 'the document is seen');
    return found;
  };
  const endInSight = (): boolean => (editor().visibleRanges.at(-1)?.end.line ?? 0) >= document.lineCount - 2;

  it('has its language and begins with what runs', async () => {
    assert.equal(document.languageId, 'sluice-run');
    await textHas('the header', (now) => now.startsWith('extract   fake · eu-west-1   RUNNING   started '));
    await textHas('the first lines', (now) => now.includes('out INFO reading file 49'));
  });

  it('grows by edits, stays read-only and clean, and follows while its end is in sight', async () => {
    for (let round = 1; round <= 4; round += 1) {
      glue.lines.push(...Array.from({ length: 250 }, (_, index) => `WARN round ${round} line ${index}`));
      await textHas(`round ${round}`, (now) => now.includes(`round ${round} line 249`));
    }
    assert.equal(document.isDirty, false);
    await eventually('the end in sight', endInSight, (isSeen) => isSeen);
    const before = text();
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('type', { text: 'typed' });
    await vscode.commands.executeCommand('undo');
    assert.equal(text(), before);
    assert.equal(document.isDirty, false);
    assert.equal(
      new Set(
        text()
          .split('\n')
          .filter((line) => line.includes('WARN')),
      ).size,
      1000,
    );
  });

  it('leaves a reader where he is', async () => {
    editor().revealRange(new vscode.Range(20, 0, 20, 0), vscode.TextEditorRevealType.AtTop);
    const first = await eventually(
      'the place to read',
      () => editor().visibleRanges[0]?.start.line ?? 0,
      (line) => line > 10 && line < 40,
    );
    glue.lines.push(...Array.from({ length: 300 }, (_, index) => `INFO later ${index}`));
    await textHas('later lines', (now) => now.includes('later 299'));
    assert.equal(editor().visibleRanges[0]?.start.line, first);
    assert.equal(endInSight(), false);
  });

  it('follows again when its tab is shown again, if it did when it was hidden', async () => {
    const last = document.lineAt(document.lineCount - 1).range;
    editor().revealRange(last, vscode.TextEditorRevealType.Default);
    await eventually('the end in sight', endInSight, Boolean);
    const [other] = await vscode.workspace.findFiles('README.md');
    assert.ok(other);
    const column = editor().viewColumn ?? vscode.ViewColumn.One;
    await vscode.window.showTextDocument(other, { viewColumn: column, preview: false });
    await eventually(
      'the tab to be hidden',
      () => vscode.window.visibleTextEditors.some((each) => each.document === document),
      (isSeen) => !isSeen,
    );
    glue.lines.push(...Array.from({ length: 300 }, (_, index) => `INFO unseen ${index}`));
    await textHas('unseen lines', (now) => now.includes('unseen 299'));
    // As a click on the tab: nothing tells the editor where to go.
    await vscode.commands.executeCommand('workbench.action.openPreviousRecentlyUsedEditorInGroup');
    await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
    await eventually(
      'the tab to be seen',
      () => vscode.window.visibleTextEditors.some((each) => each.document === document),
      Boolean,
    );
    await eventually('the end in sight', endInSight, Boolean);
    glue.lines.push('INFO seen again');
    await textHas('the line after', (now) => now.includes('seen again'));
    await eventually('the end still in sight', endInSight, Boolean);
  });

  it('takes a hundred thousand lines at once and stays usable', async function () {
    this.timeout(200_000);
    const startedMs = Date.now();
    const heap = process.memoryUsage().heapUsed;
    glue.lines.push(...Array.from({ length: 100_000 }, (_, index) => `INFO bulk ${index} ${'x'.repeat(90)}`));
    await eventually(
      'bulk lines',
      () => document.lineCount,
      (count) => count > 101_600,
      150_000,
    );
    const seconds = ((Date.now() - startedMs) / 1000).toFixed(1);
    const mebibytes = ((process.memoryUsage().heapUsed - heap) / 1024 / 1024).toFixed(0);
    console.log(`100,000 lines in ${seconds} s, ${mebibytes} MiB more in the extension host`);
    await vscode.commands.executeCommand('vscode.executeFoldingRangeProvider', document.uri);
  });

  it('tells how the run ended, with the line that failed as a link, and folds and outlines', async () => {
    glue.lines.push(
      'Traceback (most recent call last):',
      '  File "/tmp/extract_orders.py", line 3, in <module>',
      'KeyError: 1',
    );
    glue.end('FAILED', 'KeyError: 1');
    await textHas('the end', (now) => /\n✗ failed after .*KeyError: 1( .*)?\n$/.test(now));
    assert.match(document.lineAt(0).text, /FAILED 00:0\d:\d\d/);
    const links = await vscode.commands.executeCommand<vscode.DocumentLink[]>(
      'vscode.executeLinkProvider',
      document.uri,
    );
    assert.ok(
      links.some(({ target }) => target?.path === 'sluice.openScriptLine'),
      'the traceback is a link',
    );
  });

  it('shows errors only, and all lines again', async function () {
    this.timeout(200_000);
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('sluice.showRunErrors');
    await textHas('errors', (now) => now.includes('\nOnly errors\n') && !now.includes('INFO'));
    assert.match(text(), /KeyError/);
    await vscode.commands.executeCommand('sluice.showAllRunLines');
    await textHas('all lines', (now) => now.includes('bulk 99999'), 150_000);
  });

  it('squiggles the failing line of the script and says on its first line how it went, until that is edited', async () => {
    const [script] = await vscode.workspace.findFiles('jobs/extract_orders.py');
    assert.ok(script);
    const opened = await vscode.workspace.openTextDocument(script);
    await vscode.window.showTextDocument(opened, { viewColumn: vscode.ViewColumn.One });
    const problems = (): string[] =>
      vscode.languages
        .getDiagnostics(script)
        .filter(({ source }) => source === 'sluice')
        .map(({ range, message }) => `${range.start.line} ${message}`);
    await eventually('the squiggle', problems, (found) => found.includes('2 KeyError: 1'));
    const edit = new vscode.WorkspaceEdit();
    edit.insert(script, new vscode.Position(2, 0), '# mended\n');
    await vscode.workspace.applyEdit(edit);
    await eventually('no squiggle', problems, (found) => found.length === 0);
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });
});

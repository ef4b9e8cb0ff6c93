import { isAbsolute } from 'node:path';
import { Range, Selection, Uri, window, workspace, WorkspaceEdit } from 'vscode';
import { UserError } from '../../core/base/userError.ts';
import { addMockEntry, mockEntryIn } from '../../core/interpreter/mocked/mockEntry.ts';
import { isMockMissed } from '../../views/runs/isMockMissed.ts';
import type { App } from '../app.ts';
import { askRun } from '../runs/runTarget.ts';

/**
 * Writes the mocked response that a run on Local missed into the mock file, with a result for the user to complete, and
 * shows it.
 */
export async function addMock(app: Pick<App, 'runs' | 'settings'>, target?: unknown): Promise<void> {
  const key = await askRun(app, target, 'Add Mock', isMockMissed);
  const run = app.runs.snapshot(key);
  const entry = run && mockEntryIn(run.outcome.cause ?? '');
  if (!entry) {
    throw new UserError('not-found', 'This run did not end for a mock that is missing.', 'Its document says why.');
  }
  const uri = mockFileUri(app.settings.get('local.mockFile'));
  await createIfMissing(uri);
  const document = await workspace.openTextDocument(uri);
  const before = document.getText();
  const edit = new WorkspaceEdit();
  edit.replace(
    uri,
    new Range(document.positionAt(0), document.positionAt(before.length)),
    extended(before, entry, uri),
  );
  await workspace.applyEdit(edit);
  await document.save();
  const text = document.getText();
  const [name = ''] = Object.keys(entry['MockedResponses'] ?? {});
  const at = text.indexOf('"Return"', text.lastIndexOf(`${JSON.stringify(name)}:`));
  const place = document.positionAt(Math.max(at, 0));
  await window.showTextDocument(document, { preview: false, selection: new Selection(place, place) });
}

function mockFileUri(path: string): Uri {
  if (isAbsolute(path)) return Uri.file(path);
  const folder = workspace.workspaceFolders?.[0];
  if (!folder) throw new UserError('not-found', 'No folder is open for the mock file.', 'Open a folder and try again.');
  return Uri.joinPath(folder.uri, path);
}

async function createIfMissing(uri: Uri): Promise<void> {
  try {
    await workspace.fs.stat(uri);
  } catch {
    await workspace.fs.writeFile(uri, new TextEncoder().encode('{}\n'));
  }
}

function extended(text: string, entry: Parameters<typeof addMockEntry>[1], uri: Uri): string {
  try {
    return addMockEntry(text, entry);
  } catch (error) {
    const help = 'Repair the file, then add the mock again.';
    throw new UserError('bad-input', `${workspace.asRelativePath(uri)} is not a JSON object.`, help, {
      file: uri.fsPath,
      cause: error,
    });
  }
}

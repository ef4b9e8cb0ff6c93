import { FileType, Uri, ViewColumn, window, workspace } from 'vscode';
import { UserError } from '../../core/base/userError.ts';
import type { ScaffoldFile } from '../../core/scaffold/scaffold.ts';
import { confirm } from '../prompts/notify.ts';

/** Writes files into a folder and opens the main ones. Asks before it replaces any; rejects with `aborted` where the user declines. */
export async function writeScaffold(folder: Uri, files: readonly ScaffoldFile[]): Promise<void> {
  const located = files.map((file) => ({ ...file, uri: Uri.joinPath(folder, file.path) }));
  const others: string[] = [];
  for (const { uri, text, path } of located) if (await isOther(uri, text)) others.push(path);
  if (others.length > 0) {
    const question = `Replace ${others.length === 1 ? others.join('') : `${others.length} files`} in ${workspace.asRelativePath(folder)}?`;
    if (!(await confirm(question, `What is there now is lost: ${others.join(', ')}.`, 'Replace'))) {
      throw new UserError('aborted', 'Cancelled.');
    }
  }
  for (const { uri, text } of located) await workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  for (const { uri, isMain } of located) {
    if (isMain) await window.showTextDocument(uri, { preview: false, viewColumn: ViewColumn.Active });
  }
}

/** Whether there is a file with another text. */
async function isOther(uri: Uri, text: string): Promise<boolean> {
  try {
    return new TextDecoder().decode(await workspace.fs.readFile(uri)) !== text;
  } catch {
    return false;
  }
}

/** The folder that the explorer named, or that of a file in it; else the workspace folder, of several the one that is chosen. */
export async function parentFolder(target: unknown): Promise<Uri> {
  if (target instanceof Uri) {
    const { type } = await workspace.fs.stat(target);
    return (type & FileType.Directory) !== 0 ? target : Uri.joinPath(target, '..');
  }
  const folders = workspace.workspaceFolders ?? [];
  const [only] = folders;
  if (!only) throw new UserError('not-found', 'No folder is open to make it in.', 'Open a folder and try again.');
  if (folders.length === 1) return only.uri;
  const chosen = await window.showWorkspaceFolderPick({ placeHolder: 'In which folder?' });
  if (!chosen) throw new UserError('aborted', 'Cancelled.');
  return chosen.uri;
}

import { Uri, window, workspace, type TextDocument, type WorkspaceFolder } from 'vscode';
import { UserError } from '../../core/base/userError.ts';

/** A script of the workspace, as it is on disk. */
export interface LocalScript {
  readonly uri: Uri;
  readonly folder: WorkspaceFolder;
  /** From the folder, with `/` between the parts. */
  readonly path: string;
  readonly text: string;
}

/** The script that a command is about: the given one, else that of the editor in front. It is saved first. */
export async function localScript(target: unknown): Promise<LocalScript> {
  const uri = target instanceof Uri ? target : window.activeTextEditor?.document.uri;
  if (uri?.path.endsWith('.py') !== true) {
    const isScala = uri?.path.endsWith('.scala') === true;
    throw new UserError(
      'bad-input',
      isScala ? 'Scala scripts are compiled by AWS Glue and do not run on this machine.' : 'This is no Python script.',
      'Open a Python script, then run it.',
    );
  }
  const folder = workspace.getWorkspaceFolder(uri);
  if (uri.scheme !== 'file' || !folder) {
    throw new UserError(
      'bad-input',
      'A script runs on this machine from a folder that is open and on a disk.',
      'Save it into the workspace, or open the folder that holds it.',
    );
  }
  const document = await workspace.openTextDocument(uri);
  await save(document);
  const head = folder.uri.path.replace(/\/+$/, '').length + 1;
  return { uri, folder, path: uri.path.slice(head), text: document.getText() };
}

async function save(document: TextDocument): Promise<void> {
  if (!document.isDirty || (await document.save())) return;
  throw new UserError('conflict', `${document.fileName} could not be saved.`, 'Save it, then run it.');
}

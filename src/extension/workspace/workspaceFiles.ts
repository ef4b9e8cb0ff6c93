import type { Uri } from 'vscode';
import { RelativePattern, workspace, type WorkspaceFolder } from 'vscode';
import type { WorkspacePath } from '../../core/workspace/workspaceFile.ts';

/** Files of one folder by their path in it. */
export interface FolderFiles {
  readonly folder: WorkspaceFolder;
  readonly uris: ReadonlyMap<WorkspacePath, Uri>;
}

const ignored = '**/{node_modules,.git,.venv,venv,__pycache__,cdk.out,.terraform,dist,.vscode-test}/**';
/** What Sluice looks for by name: never cut off, however many files the folder holds. */
const sought = '**/*.{asl,asl.json,asl.yaml,asl.yml,glue.json,input.json,py,scala,jar,whl,egg,zip,sql}';
/** All else, as data files are, up to this many. */
const fileLimit = 20_000;

/**
 * The files of every workspace folder, those that Sluice looks for by name first; what tools make and keep is left out.
 */
export async function listWorkspaceFiles(): Promise<readonly FolderFiles[]> {
  return await Promise.all((workspace.workspaceFolders ?? []).map(async (folder) => await listFolderFiles(folder)));
}

export async function listFolderFiles(folder: WorkspaceFolder): Promise<FolderFiles> {
  const found = await Promise.all([
    workspace.findFiles(new RelativePattern(folder, sought), ignored),
    workspace.findFiles(new RelativePattern(folder, '**/*'), ignored, fileLimit),
  ]);
  const head = folder.uri.path.endsWith('/') ? folder.uri.path.length : folder.uri.path.length + 1;
  return { folder, uris: new Map(found.flat().map((uri) => [uri.path.slice(head), uri])) };
}

/** What the editor shows of a file, saved or not; else what is on disk. Undefined where it cannot be read. */
export async function readWorkspaceText(uri: Uri): Promise<string | undefined> {
  const open = workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
  if (open) return open.getText();
  try {
    return new TextDecoder().decode(await workspace.fs.readFile(uri));
  } catch {
    return undefined;
  }
}

/** What is on disk; undefined where it cannot be read, as when it was deleted a moment ago. */
export async function readBytes(uri: Uri): Promise<Uint8Array | undefined> {
  try {
    return await workspace.fs.readFile(uri);
  } catch {
    return undefined;
  }
}

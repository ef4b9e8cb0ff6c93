import { workspace, type Uri } from 'vscode';
import type { Deployable } from '../../core/deploy/deployable.ts';
import type { WorkspaceContent } from '../../core/workspace/collect.ts';
import { fileKind } from '../../core/workspace/workspaceFile.ts';
import { listWorkspaceFiles, readWorkspaceText, type FolderFiles } from '../workspace/workspaceFiles.ts';
import { toDeployables, type ContentFolder } from './toDeployables.ts';

/** What the workspace gives an account, and what in it cannot be used. */
export interface WorkspaceDeployables {
  readonly items: readonly Deployable[];
  readonly problems: readonly { readonly uri: Uri; readonly line: number; readonly message: string }[];
}

/** Reads every folder of the workspace. */
export async function readWorkspaceDeployables(
  machineType: ContentFolder['machineType'],
): Promise<WorkspaceDeployables> {
  const folders = await listWorkspaceFiles();
  const all = await Promise.all(folders.map(async (files) => await readFolder(files, machineType)));
  return { items: all.flatMap(({ items }) => items), problems: all.flatMap(({ problems }) => problems) };
}

/** The definitions, configs and files of one folder. */
export async function readFolderContent({ uris }: FolderFiles): Promise<WorkspaceContent> {
  const texts = new Map<string, string>();
  await Promise.all(
    [...uris].map(async ([path, uri]) => {
      const kind = fileKind(path);
      if (kind !== 'definition' && kind !== 'glueConfig') return;
      const text = await readWorkspaceText(uri);
      if (text !== undefined) texts.set(path, text);
    }),
  );
  // The parsers behind it are read with the first config or definition, not at activation.
  const { collectWorkspace } = await import('../../core/workspace/collect.ts');
  return collectWorkspace([...uris.keys()], texts);
}

async function readFolder(
  files: FolderFiles,
  machineType: ContentFolder['machineType'],
): Promise<WorkspaceDeployables> {
  const { uris, folder } = files;
  const content = await readFolderContent(files);
  const uriOf = (path: string): Uri => uris.get(path) ?? folder.uri;
  const items = await toDeployables(content, {
    origin: folder.uri.toString(),
    fileName: (path) => uriOf(path).fsPath,
    stamp: async (path) => {
      const { size, mtime } = await workspace.fs.stat(uriOf(path));
      return `${size} ${mtime}`;
    },
    read: async (path) => await workspace.fs.readFile(uriOf(path)),
    machineType,
  });
  return { items, problems: content.problems.map(({ file, line, message }) => ({ uri: uriOf(file), line, message })) };
}

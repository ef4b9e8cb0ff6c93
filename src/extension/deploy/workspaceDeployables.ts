import { createHash } from 'node:crypto';
import { workspace, type Uri } from 'vscode';
import { deployableId, type Deployable } from '../../core/deploy/deployable.ts';
import { collectWorkspace, type WorkspaceContent } from '../../core/workspace/collect.ts';
import { fileKind } from '../../core/workspace/workspaceFile.ts';
import { listWorkspaceFiles, readWorkspaceText, type FolderFiles } from '../workspace/workspaceFiles.ts';

/** What the workspace gives an account, and what in it cannot be used. */
export interface WorkspaceDeployables {
  readonly items: readonly Deployable[];
  readonly problems: readonly { readonly uri: Uri; readonly line: number; readonly message: string }[];
}

/** Stands in for a role on an account that checks none. */
const localRole = 'arn:aws:iam::000000000000:role/sluice-local';

/** Reads every folder of the workspace. `machineType` says which type a machine of that name has there already. */
export async function readWorkspaceDeployables(
  machineType: (name: string) => 'STANDARD' | 'EXPRESS',
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
  return collectWorkspace([...uris.keys()], texts);
}

async function readFolder(
  files: FolderFiles,
  machineType: (name: string) => 'STANDARD' | 'EXPRESS',
): Promise<WorkspaceDeployables> {
  const { uris, folder } = files;
  const content = await readFolderContent(files);
  const uriOf = (path: string): Uri => uris.get(path) ?? folder.uri;
  const configs = content.configs.map(({ kind, name, input, file, line }): Deployable => {
    const source = { file: uriOf(file).fsPath, line, checksum: checksum(folder.uri, JSON.stringify(input)) };
    return { kind, name, input, id: deployableId(kind, name), ...source };
  });
  const machines = content.definitions.map(({ name, definition, file }): Deployable => {
    const type = machineType(name);
    const source = { file: uriOf(file).fsPath, line: 1, checksum: checksum(folder.uri, type + definition) };
    return {
      kind: 'machine',
      name,
      definition,
      roleArn: localRole,
      type,
      id: deployableId('machine', name),
      ...source,
    };
  });
  const objects = await Promise.all(
    content.objects.map(async ({ location, file, askedBy }): Promise<Deployable> => {
      const uri = uriOf(file);
      const { size, mtime } = await workspace.fs.stat(uri);
      return {
        kind: 'object',
        location,
        id: deployableId('object', location),
        checksum: checksum(uri, `${size} ${mtime}`),
        file: uriOf(askedBy?.file ?? file).fsPath,
        line: askedBy?.line ?? 1,
        read: async () => await workspace.fs.readFile(uri),
      };
    }),
  );
  const problems = content.problems.map(({ file, line, message }) => ({ uri: uriOf(file), line, message }));
  return { items: [...objects, ...configs, ...machines], problems };
}

/** Two workspaces that give an account the same name differ, so that each puts its own in place. */
function checksum(origin: Uri, content: string): string {
  return createHash('sha256').update(`${origin.toString()}\n${content}`).digest('base64');
}

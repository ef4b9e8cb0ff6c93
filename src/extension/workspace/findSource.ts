import type { Uri } from 'vscode';
import { fileKind, fileOfLocation, machineName } from '../../core/workspace/workspaceFile.ts';
import { listWorkspaceFiles } from './workspaceFiles.ts';

/** The workspace's file of a script in S3, by the script's name. */
export async function findScript(location: string): Promise<Uri | undefined> {
  for (const { uris } of await listWorkspaceFiles()) {
    const path = fileOfLocation(location, [...uris.keys()], '');
    if (path !== undefined) return uris.get(path);
  }
  return undefined;
}

/** The workspace's definition of a state machine, by the machine's name. */
export async function findDefinition(name: string): Promise<Uri | undefined> {
  for (const { uris } of await listWorkspaceFiles()) {
    for (const [path, uri] of uris) {
      if (fileKind(path) === 'definition' && machineName(path) === name) return uri;
    }
  }
  return undefined;
}

import { createHash } from 'node:crypto';
import { deployableId, type Deployable } from '../../core/deploy/deployable.ts';
import type { WorkspaceContent } from '../../core/workspace/collect.ts';
import type { WorkspacePath } from '../../core/workspace/workspaceFile.ts';

/** The folder that content was read from. */
export interface ContentFolder {
  /** Its address: two workspaces that give an account the same name differ by it, so that each puts its own in place. */
  readonly origin: string;
  /** What a failure names a file by. */
  fileName(path: WorkspacePath): string;
  /** Changes when the bytes of the file do. */
  stamp(path: WorkspacePath): Promise<string>;
  read(path: WorkspacePath): Promise<Uint8Array>;
  /** Type of the state machine of this name where its definition does not say it. */
  machineType(name: string): 'STANDARD' | 'EXPRESS';
}

/** Stands in for a role on an account that checks none. */
const localRole = 'arn:aws:iam::000000000000:role/sluice-local';

/** What the account on this machine is given of a folder's content. */
export async function toDeployables(content: WorkspaceContent, folder: ContentFolder): Promise<readonly Deployable[]> {
  const checksum = (text: string): string => createHash('sha256').update(`${folder.origin}\n${text}`).digest('base64');
  const configs = content.configs.map(({ kind, name, input, file, line }): Deployable => {
    const source = { file: folder.fileName(file), line, checksum: checksum(JSON.stringify(input)) };
    return { kind, name, input, id: deployableId(kind, name), ...source };
  });
  const machines = content.definitions.map(({ name, definition, file, type: said }): Deployable => {
    const type = said ?? folder.machineType(name);
    const source = { file: folder.fileName(file), line: 1, checksum: checksum(type + definition) };
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
    content.objects.map(async ({ location, file, askedBy }): Promise<Deployable> => ({
      kind: 'object',
      location,
      id: deployableId('object', location),
      checksum: checksum(`${file} ${await folder.stamp(file)}`),
      file: folder.fileName(askedBy?.file ?? file),
      line: askedBy?.line ?? 1,
      read: async () => await folder.read(file),
    })),
  );
  return [...objects, ...configs, ...machines];
}

import { RelativePattern, workspace, type Uri, type WorkspaceFolder } from 'vscode';
import { hostedJobsOfScript } from '../../core/workspace/hosted.ts';
import { baseName } from '../../core/runs/traceback.ts';
import type { HostIndex } from '../workspace/hostIndex.ts';
import { madeFolders } from '../workspace/madeFolders.ts';
import { listFolderFiles } from '../workspace/workspaceFiles.ts';

/** What the project of a tool that deploys has. */
const projectFiles =
  '**/{*.tf,*.tofu,cdk.json,Pulumi.yaml,Pulumi.yml,samconfig.toml,template.yaml,template.yml,template.json}';

/**
 * Whether a template, a program or a Terraform file of the folder has a job with this script. A folder without a sign of
 * such a project is not read for it, unless somebody else has.
 */
export async function isHostedScript(hosts: HostIndex, uri: Uri): Promise<boolean> {
  const folder = workspace.getWorkspaceFolder(uri);
  if (!folder || !(hosts.isRead || (await hasProject(folder)))) return false;
  const name = baseName(uri.path);
  const named = (await hosts.all()).filter(
    (host) =>
      host.folder.uri.toString() === folder.uri.toString() &&
      host.resources.some(
        (resource) => resource.kind === 'job' && baseName(resource.run.script?.replaceAll('\\', '/') ?? '') === name,
      ),
  );
  if (named.length === 0) return false;
  const { uris } = await listFolderFiles(folder);
  const script = [...uris].find(([, each]) => each.toString() === uri.toString())?.[0];
  if (script === undefined) return false;
  const sameName = [...uris.keys()].filter((path) => baseName(path) === name);
  return named.some((host) => hostedJobsOfScript(host, host.path, { script, sameName }).length > 0);
}

async function hasProject(folder: WorkspaceFolder): Promise<boolean> {
  return (await workspace.findFiles(new RelativePattern(folder, projectFiles), madeFolders, 1)).length > 0;
}

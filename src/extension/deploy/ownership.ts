import type { Uri } from 'vscode';
import { projectOf, type ToolProject } from '../../core/deploy/tools/project.ts';
import { TOOLS } from '../../core/deploy/tools/tool.ts';
import { mayBeNamed } from '../../core/workspace/hosted.ts';
import { hasFile, type HostIndex, type IndexedHost } from '../workspace/hostIndex.ts';

/** A file of the workspace that a tool deploys something from, and the tool's project. */
export interface WorkspaceOwner {
  readonly host: IndexedHost;
  readonly project: ToolProject;
}

/** The owner that a file itself is; undefined where nothing in it is deployed by a tool. */
export async function ownerAt({ hosts }: { readonly hosts: HostIndex }, uri: Uri): Promise<WorkspaceOwner | undefined> {
  const host = await hosts.of(uri);
  return host && (await withProject(host));
}

/** What of the workspace deploys a definition in a file of its own. */
export async function ownerOfDefinition(
  { hosts }: { readonly hosts: HostIndex },
  definition: Uri,
): Promise<WorkspaceOwner | undefined> {
  const key = definition.toString();
  const host = (await hosts.all()).find(({ definitions }) => definitions.some((each) => each.toString() === key));
  return host && (await withProject(host));
}

/** What of the workspace deploys a job or a state machine of this name. */
export async function ownerOfName(
  { hosts }: { readonly hosts: HostIndex },
  kind: 'job' | 'machine',
  name: string,
): Promise<WorkspaceOwner | undefined> {
  const isIt = (host: IndexedHost): boolean =>
    host.resources.some((each) => each.kind === kind && mayBeNamed(each.name, name));
  const host = (await hosts.all()).find(isIt);
  return host && (await withProject(host));
}

/** `infra/app.py, which the AWS CDK deploys`. */
export function describeOwner({ host, project }: WorkspaceOwner): string {
  return `${host.path}, which ${TOOLS[project.tool].name} deploys`;
}

async function withProject(host: IndexedHost): Promise<WorkspaceOwner | undefined> {
  const project = await projectOf(host.path, async (path) => await hasFile(host.folder, path));
  return project && { host, project };
}

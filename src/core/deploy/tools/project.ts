import { hostKindOf } from '../../language/hosts/hostKind.ts';
import type { DeployTool } from './tool.ts';

/** Where a tool is run to deploy what a file describes. */
export interface ToolProject {
  readonly tool: DeployTool;
  /** The folder, by its path in the workspace folder; empty for that itself. */
  readonly root: string;
  /** Of SAM: the template, by its path from `root`. */
  readonly template?: string;
}

/** Looks at the workspace folder: whether it has a file of this path. */
export type HasFile = (path: string) => Promise<boolean>;

const MARKERS: readonly (readonly [DeployTool, readonly string[]])[] = [
  ['pulumi', ['Pulumi.yaml', 'Pulumi.yml']],
  ['cdk', ['cdk.json']],
];
const SAM_CONFIGS = ['samconfig.toml', 'samconfig.yaml', 'samconfig.yml'];
const SAM_TEMPLATES = ['template.yaml', 'template.yml', 'template.json'];

/**
 * The project of a template, program or Terraform file: Terraform where the file stands, outside of `modules/`; SAM at the
 * nearest samconfig, else beside the template; Pulumi and the CDK at the nearest file that says so. Undefined for others.
 */
export async function projectOf(path: string, hasFile: HasFile): Promise<ToolProject | undefined> {
  switch (hostKindOf({ fileName: path })) {
    case 'terraform':
      return path.endsWith('.hcl') ? undefined : { tool: 'terraform', root: await terraformRoot(path, hasFile) };
    case 'template':
      return await samProject(path, hasFile);
    case 'python':
    case 'javascript':
      return await programProject(path, hasFile);
    case undefined:
      return undefined;
  }
}

async function programProject(path: string, hasFile: HasFile): Promise<ToolProject | undefined> {
  for (const root of foldersOf(path)) {
    for (const [tool, names] of MARKERS) if (await hasAny(root, names, hasFile)) return { tool, root };
  }
  return undefined;
}

async function samProject(path: string, hasFile: HasFile): Promise<ToolProject> {
  for (const root of foldersOf(path)) {
    if (!(await hasAny(root, SAM_CONFIGS, hasFile))) continue;
    const own = path.slice(root === '' ? 0 : root.length + 1);
    if (!own.includes('/')) return { tool: 'sam', root, template: own };
    // A template further in is nested in the one that is deployed.
    const outer = await firstOf(root, SAM_TEMPLATES, hasFile);
    return { tool: 'sam', root, template: outer ?? own };
  }
  const [root = ''] = foldersOf(path);
  return { tool: 'sam', root, template: path.slice(root === '' ? 0 : root.length + 1) };
}

/** A module is applied by the configuration that uses it, which most often stands above `modules/`. */
async function terraformRoot(path: string, hasFile: HasFile): Promise<string> {
  const [own = ''] = foldersOf(path);
  const above = /^(?:(.*?)\/)?modules\//.exec(`${own}/`);
  if (!above) return own;
  const outer = above[1] ?? '';
  const usual = ['main.tf', 'versions.tf', 'providers.tf', 'main.tofu'];
  return (await hasAny(outer, usual, hasFile)) ? outer : own;
}

/** The folders around a file, the nearest first. */
function foldersOf(path: string): readonly string[] {
  const parts = path.split('/').slice(0, -1);
  return [...parts.keys(), parts.length].reverse().map((count) => parts.slice(0, count).join('/'));
}

async function hasAny(root: string, names: readonly string[], hasFile: HasFile): Promise<boolean> {
  return (await firstOf(root, names, hasFile)) !== undefined;
}

async function firstOf(root: string, names: readonly string[], hasFile: HasFile): Promise<string | undefined> {
  for (const name of names) if (await hasFile(root === '' ? name : `${root}/${name}`)) return name;
  return undefined;
}

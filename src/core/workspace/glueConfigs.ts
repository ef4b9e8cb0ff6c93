import { findNodeAtLocation, getNodeValue, parseTree, type Node } from 'jsonc-parser';
import { findJsonProblem } from '../language/jsonProblem.ts';
import type { WorkspacePath } from './workspaceFile.ts';

/** A create call's members as a `*.glue.json` file gives them. */
export type ConfigInput = Readonly<Record<string, unknown>> & { readonly Name: string };

export interface GlueConfig {
  readonly kind: 'job' | 'workflow' | 'trigger';
  readonly name: string;
  readonly input: ConfigInput;
  readonly file: WorkspacePath;
  /** Of its name, counted from 1. */
  readonly line: number;
  /** Where a job's script is, and the line that says so. */
  readonly script?: { readonly location: string; readonly line: number };
}

/** What keeps a file from being used. */
export interface FileProblem {
  readonly file: WorkspacePath;
  /** Counted from 1. */
  readonly line: number;
  readonly message: string;
}

export interface GlueConfigs {
  readonly configs: readonly GlueConfig[];
  readonly problems: readonly FileProblem[];
}

/**
 * Reads the input of create-job, create-workflow or create-trigger, or a list of them, told apart by content; also what
 * get-job prints. https://docs.aws.amazon.com/cli/latest/reference/glue/create-job.html
 */
export function readGlueConfigs(file: WorkspacePath, text: string): GlueConfigs {
  const problem = findJsonProblem(text);
  const root = problem ? undefined : parseTree(text);
  if (!root) {
    const reason = problem?.message ?? 'empty';
    return { configs: [], problems: [{ file, line: problem?.line ?? 1, message: `Not JSON: ${reason}.` }] };
  }
  const lineOf = (offset: number): number => text.slice(0, offset).split('\n').length;
  const configs: GlueConfig[] = [];
  const problems: FileProblem[] = [];
  for (const node of root.type === 'array' ? (root.children ?? []) : [root]) {
    const config = readOne(file, unwrapped(node), lineOf);
    if (typeof config === 'string') problems.push({ file, line: lineOf(node.offset), message: config });
    else configs.push(config);
  }
  return { configs, problems };
}

/** `{Job: …}` of get-job, `{JobName, JobUpdate}` of update-job, `{Trigger: …}`, `{Workflow: …}`. */
function unwrapped(node: Node): Node {
  for (const wrapper of ['Job', 'JobUpdate', 'Trigger', 'Workflow']) {
    const inner = findNodeAtLocation(node, [wrapper]);
    if (inner?.type === 'object') return inner;
  }
  return node;
}

/** What the service adds to a reply and refuses as input. */
const replyOnly = [
  'CreatedOn',
  'LastModifiedOn',
  'ProfileName',
  'AutoUpgradeMetadata',
  'LastRun',
  'Graph',
  'State',
  'Id',
];

function readOne(file: WorkspacePath, node: Node, lineOf: (offset: number) => number): GlueConfig | string {
  if (node.type !== 'object') return 'Expected the input of create-job, create-workflow or create-trigger.';
  const at = (...path: string[]): Node | undefined => findNodeAtLocation(node, path);
  const nameNode = at('Name') ?? findNodeAtLocation(node.parent?.parent ?? node, ['JobName']);
  const name: unknown = nameNode && getNodeValue(nameNode);
  if (typeof name !== 'string' || name === '') return 'Name is missing.';
  const kind = kindOf(at);
  if (kind === undefined) return 'Neither a job (Command), nor a trigger (Type and Actions), nor a workflow.';
  const members = getNodeValue(node) as Record<string, unknown>;
  const kept = Object.entries(members).filter(([key]) => !replyOnly.includes(key));
  // A reply repeats the capacity in old words beside the workers, and CreateJob refuses both together.
  const fresh = kept.filter(([key]) => !('WorkerType' in members && /^(AllocatedCapacity|MaxCapacity)$/.test(key)));
  const scriptNode = at('Command', 'ScriptLocation');
  const location: unknown = scriptNode && getNodeValue(scriptNode);
  return {
    kind,
    name,
    input: { ...Object.fromEntries(fresh), Name: name },
    file,
    line: lineOf((nameNode ?? node).offset),
    ...(scriptNode && typeof location === 'string' ? { script: { location, line: lineOf(scriptNode.offset) } } : {}),
  };
}

function kindOf(at: (...path: string[]) => Node | undefined): GlueConfig['kind'] | undefined {
  if (at('Command')) return 'job';
  if (at('Actions') || at('Predicate') || at('Type')) return 'trigger';
  const foreign = ['StartAt', 'Targets', 'Role'].some((key) => at(key));
  return foreign ? undefined : 'workflow';
}

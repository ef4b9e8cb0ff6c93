import type { AslDefinition } from '../asl/index.ts';
import { readArn } from '../language/arn.ts';
import { isOpaque } from '../language/placeholders.ts';
import type { Node, StringNode } from '../language/tree.ts';
import type { GlueDocument } from '../glue/index.ts';
import type { ResourceKind } from './inventory.ts';

/** A place that names something of an account. */
export interface Mention {
  readonly kind: ResourceKind;
  readonly name: string;
  readonly node: StringNode;
  /** Of an ARN, where it says so. */
  readonly region?: string;
  readonly accountId?: string;
}

/** The parameter of an action that names something: `service:action` as in the Resource of a Task. */
const PARAMETERS: Readonly<Record<string, readonly [parameter: string, kind: ResourceKind]>> = {
  'glue:startJobRun': ['JobName', 'glueJob'],
  'glue:getJobRun': ['JobName', 'glueJob'],
  'glue:getJob': ['JobName', 'glueJob'],
  'glue:startWorkflowRun': ['Name', 'glueWorkflow'],
  'glue:getWorkflowRun': ['Name', 'glueWorkflow'],
  'states:startExecution': ['StateMachineArn', 'stateMachine'],
  'sfn:startExecution': ['StateMachineArn', 'stateMachine'],
  'sfn:startSyncExecution': ['StateMachineArn', 'stateMachine'],
};

/** What the Tasks of a definition name by a literal. */
export function mentionsInDefinition({ machine }: Pick<AslDefinition, 'machine'>): readonly Mention[] {
  const found: Mention[] = [];
  for (const state of machine?.states ?? []) {
    if (state.type !== 'Task' || state.node.has('Credentials')) continue;
    const resource = state.node.get('Resource');
    const action =
      resource?.kind === 'string' ? /:states:::(?:aws-sdk:)?(\w+:\w+)/.exec(resource.value)?.[1] : undefined;
    const [parameter, kind] = (action === undefined ? undefined : PARAMETERS[action]) ?? [];
    const payload = state.node.get(state.isJsonata ? 'Arguments' : 'Parameters');
    if (parameter === undefined || kind === undefined || payload?.kind !== 'object') continue;
    found.push(...mentionOf(payload.get(parameter), kind));
  }
  return found;
}

/** What the triggers and runs of a config name by a literal, apart from what the document describes itself. */
export function mentionsInGlue({ jobs, triggers, workflows }: GlueDocument['file']): readonly Mention[] {
  const own: Readonly<Partial<Record<ResourceKind, ReadonlySet<string | undefined>>>> = {
    glueJob: new Set(jobs.filter(({ use }) => use !== 'run').map(({ name }) => name)),
    glueWorkflow: new Set(workflows.map(({ name }) => name)),
  };
  const found: Mention[] = [];
  for (const trigger of triggers) {
    found.push(...mentionOf(trigger.part.get('WorkflowName'), 'glueWorkflow'));
    for (const part of [...trigger.actions, ...trigger.conditions]) {
      found.push(...mentionOf(part.get('JobName'), 'glueJob'));
    }
  }
  for (const job of jobs) {
    if (job.use === 'run') found.push(...mentionOf(job.part.get('JobName'), 'glueJob'));
  }
  return found.filter(({ kind, name }) => own[kind]?.has(name) !== true);
}

function mentionOf(node: Node | undefined, kind: ResourceKind): Mention[] {
  if (node?.kind !== 'string' || isOpaque(node) || node.value === '' || /^\{%|^\$/.test(node.value)) return [];
  const arn = readArn(node.value);
  if (arn === undefined) return kind === 'stateMachine' ? [] : [{ kind, name: node.value, node }];
  // A version or an alias of the machine comes after its name.
  const name = /^stateMachine:([^:/]+)/.exec(arn.resource)?.[1];
  if (kind !== 'stateMachine' || name === undefined) return [];
  return [{ kind, name, node, region: arn.region, accountId: arn.account }];
}

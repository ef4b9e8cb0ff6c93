import type { Machine, Scope, State } from '../../asl/index.ts';
import { resourceOf } from '../../asl/rules/task/subject.ts';
import type { Node, StringNode } from '../../language/tree.ts';
import type { StrayMember } from './facts.ts';
import { spanOf } from './spot.ts';

/** What a run of a job is described by. https://docs.aws.amazon.com/glue/latest/webapi/API_JobRun.html */
const JOB_RUN: ReadonlySet<string> = new Set([
  'AllocatedCapacity',
  'Arguments',
  'Attempt',
  'CompletedOn',
  'DPUSeconds',
  'ErrorMessage',
  'ExecutionClass',
  'ExecutionRoleSessionPolicy',
  'ExecutionTime',
  'GlueVersion',
  'Id',
  'JobMode',
  'JobName',
  'JobRunQueuingEnabled',
  'JobRunState',
  'LastModifiedOn',
  'LogGroupName',
  'MaintenanceWindow',
  'MaxCapacity',
  'NotificationProperty',
  'NumberOfWorkers',
  'PredecessorRuns',
  'PreviousRunId',
  'ProfileName',
  'SecurityConfiguration',
  'StartedOn',
  'StateDetail',
  'Timeout',
  'TriggerName',
  'WorkerType',
]);

/** Paths of states that only follow a `glue:startJobRun.sync` and read what its result, their input, does not have. */
export function strayMembers({ scopes }: Machine): readonly StrayMember[] {
  return scopes.flatMap((scope) => [...inScope(scope)]);
}

function* inScope(scope: Scope): Generator<StrayMember> {
  const sources = new Map<State, (State | undefined)[]>();
  const add = (to: State | undefined, from: State | undefined): void => {
    if (to) sources.set(to, [...(sources.get(to) ?? []), from]);
  };
  add(scope.startAt?.to, undefined);
  for (const state of scope.states) {
    // What a catcher passes on is another text.
    for (const { kind, to } of state.transitions) add(to, kind === 'Catch' ? undefined : state);
  }
  for (const [state, before] of sources) {
    const [first] = before;
    if (state.isJsonata || first === undefined || !before.every((one) => one !== undefined && givesJobRun(one)))
      continue;
    for (const node of inputPaths(state)) {
      const member = /^\$(?:\.([A-Za-z_]\w*)|\['([^']+)'\])/.exec(node.value);
      const name = member?.[1] ?? member?.[2];
      if (name === undefined || JOB_RUN.has(name)) continue;
      yield { path: node.value, member: name, task: first.name, span: spanOf(node) };
    }
  }
}

/** Whether the whole output of a state is the description of the job run that it waited for. */
function givesJobRun(state: State): boolean {
  const resource = state.type === 'Task' && !state.isJsonata ? resourceOf(state)?.resource : undefined;
  if (resource?.kind !== 'optimized' || resource.service !== 'glue' || !resource.suffix.startsWith('.sync'))
    return false;
  if (state.node.has('ResultSelector')) return false;
  return ['ResultPath', 'OutputPath'].every((field) => {
    const node = state.node.get(field);
    return node === undefined || (node.kind === 'string' && node.value === '$');
  });
}

const OTHERS: ReadonlySet<string> = new Set([
  'Assign',
  'Branches',
  'Catch',
  'ItemProcessor',
  'Iterator',
  'ItemReader',
  'OutputPath',
  'ResultPath',
  'ResultSelector',
  'Retry',
]);
const PATHS = /^(?:Variable|\w+Path)$/;

/** Texts that AWS reads as paths into the input of a state. */
function inputPaths(state: State): readonly StringNode[] {
  const input = state.node.get('InputPath');
  if (input !== undefined && !(input.kind === 'string' && input.value === '$')) {
    return input.kind === 'string' ? [input] : [];
  }
  const found: StringNode[] = [];
  const look = (node: Node): void => {
    if (node.kind === 'array') for (const item of node.items) look(item);
    if (node.kind !== 'object') return;
    for (const { key, value } of node.properties) {
      if (node === state.node && OTHERS.has(key.value)) continue;
      const isPath = key.value.endsWith('.$') || PATHS.test(key.value);
      if (value.kind === 'string' && isPath) found.push(value);
      else look(value);
    }
  };
  look(state.node);
  return found;
}

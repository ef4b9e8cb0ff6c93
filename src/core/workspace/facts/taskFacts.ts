import type { AslDefinition, State } from '../../asl/index.ts';
import { parameterName, payloadOf, resourceOf } from '../../asl/rules/task/subject.ts';
import { offsetsOf } from '../../language/rules/rule.ts';
import type { Node, ObjectNode } from '../../language/tree.ts';
import { toTextChanges } from '../../language/write.ts';
import {
  ARGUMENT_NAME,
  type GivenArgument,
  type Mention,
  type StartFacts,
  type StrayMember,
  type ThingKind,
} from './facts.ts';
import { strayMembers } from './jobRunMembers.ts';
import { mentionOf, type Reading } from './reference.ts';
import { spanOf, spotIn } from './spot.ts';

export interface TaskFacts {
  readonly starts: StartFacts[];
  readonly mentions: Mention[];
  readonly strayMembers: readonly StrayMember[];
}

/** What the tasks of a definition start, call and watch. */
export function taskFacts(definition: AslDefinition, reading: Reading): TaskFacts {
  const { machine } = definition;
  const facts: TaskFacts = { starts: [], mentions: [], strayMembers: machine ? strayMembers(machine) : [] };
  for (const state of machine?.states ?? []) {
    if (state.type === 'Task') readTask(state, { definition, reading, facts });
  }
  return facts;
}

interface Context {
  readonly definition: AslDefinition;
  readonly reading: Reading;
  readonly facts: TaskFacts;
}

/** Which parameter names what, by service and action. */
const NAMED: Readonly<Record<string, readonly [string, ThingKind]>> = {
  'glue:startJobRun': ['JobName', 'job'],
  'glue:getJobRun': ['JobName', 'job'],
  'glue:getJobRuns': ['JobName', 'job'],
  'glue:batchStopJobRun': ['JobName', 'job'],
  'glue:startCrawler': ['Name', 'crawler'],
  'glue:getCrawler': ['Name', 'crawler'],
  'glue:stopCrawler': ['Name', 'crawler'],
  'glue:startWorkflowRun': ['Name', 'workflow'],
  'glue:getWorkflowRun': ['Name', 'workflow'],
  'glue:startTrigger': ['Name', 'trigger'],
  'states:startExecution': ['StateMachineArn', 'stateMachine'],
  'states:startSyncExecution': ['StateMachineArn', 'stateMachine'],
  'sfn:startExecution': ['StateMachineArn', 'stateMachine'],
  'sfn:startSyncExecution': ['StateMachineArn', 'stateMachine'],
  'lambda:invoke': ['FunctionName', 'function'],
};

function readTask(state: State, context: Context): void {
  const { definition, reading, facts } = context;
  const task = resourceOf(state);
  if (task === undefined) return;
  const { resource, node } = task;
  const put = (name: string): Node | undefined => definition.substitutions?.get(name);
  if (resource.kind === 'lambda') {
    const mention = mentionOf('function', node, reading);
    if (mention) facts.mentions.push(mention);
    return;
  }
  if (resource.kind !== 'optimized' && resource.kind !== 'sdk') return;
  const action = `${resource.service}:${resource.action}`;
  const [parameter, kind] = NAMED[action] ?? [];
  const payload = payloadOf(state);
  if (parameter === undefined || kind === undefined || payload === undefined) return;
  const mention = mentionOf(kind, payload.get(parameter), reading, put);
  if (mention === undefined) return;
  facts.mentions.push(mention);
  if (action === 'glue:startJobRun') facts.starts.push(startOf(state, payload, mention, context));
}

function startOf(
  state: State,
  payload: ObjectNode,
  job: Mention,
  { definition, facts, reading: { text } }: Context,
): StartFacts {
  const list = payload.get('Arguments');
  const isComputed = !state.isJsonata && payload.has('Arguments.$');
  if (list?.kind !== 'object') {
    const isOpen = isComputed || list !== undefined || payload.issues !== undefined;
    return { job, by: 'task', given: [], isOpen, anchor: job.span, addition: undefined };
  }
  const given: GivenArgument[] = [];
  let isOpen = list.issues !== undefined;
  for (const { key, value } of list.properties) {
    const name = parameterName(key.value, state);
    if (/[${<]/.test(name)) {
      isOpen = true;
      continue;
    }
    const from = /^-*/.exec(name)?.[0].length ?? 0;
    given.push({
      name: name.slice(from),
      written: name,
      spot: spotIn(key, text, from, name.length),
      key: spanOf(key),
      value: value.kind === 'string' && name === key.value ? value.value : undefined,
    });
  }
  const isSmall = facts.starts.length < 100 && text.length < 512 * 1024;
  const [addition] = isSmall
    ? toTextChanges([{ kind: 'addProperty', object: list, name: `--${ARGUMENT_NAME}`, value: '' }], definition.tree)
    : [];
  return { job, by: 'task', given, isOpen, anchor: offsetsOf({ kind: 'key', node: list }), addition };
}

import type { ResourceInput } from '../deployable.ts';
import { isPresent } from '../jobInput.ts';

type Members = Readonly<Record<string, unknown>>;

const workflowMembers = ['Description', 'DefaultRunProperties', 'MaxConcurrentRuns'];
const triggerMembers = [
  'WorkflowName',
  'Type',
  'Description',
  'Schedule',
  'Predicate',
  'EventBatchingCondition',
  'Actions',
];

/** A workflow as CreateWorkflow takes it, from what GetWorkflow replies. */
export function toWorkflowInput(reply: Members): ResourceInput {
  return picked(reply, workflowMembers);
}

/**
 * A trigger as CreateTrigger takes it, from what GetTrigger replies. One that waits for its time or its predecessors is
 * asked to do so again: CreateTrigger leaves it off otherwise. It refuses that for the other types.
 * https://docs.aws.amazon.com/glue/latest/webapi/API_CreateTrigger.html
 */
export function toTriggerInput(reply: Members): ResourceInput {
  const { Type: type, State: state } = reply;
  const isOn = (type === 'SCHEDULED' || type === 'CONDITIONAL') && (state === 'ACTIVATED' || state === 'ACTIVATING');
  return { ...picked(reply, triggerMembers), ...(isOn ? { StartOnCreation: true } : {}) };
}

function picked(reply: Members, names: readonly string[]): ResourceInput {
  const { Name: name } = reply;
  const kept = names.filter((key) => isPresent(reply[key])).map((key) => [key, reply[key]] as const);
  return { Name: typeof name === 'string' ? name : '', ...Object.fromEntries(kept) };
}

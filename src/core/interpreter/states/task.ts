import { effectiveInput, leave, type Exit } from '../dataFlow.ts';
import { objectField, textField } from '../fields.ts';
import type { HistoryEventDetails } from '../history.ts';
import { isJsonObject, type Json, type JsonObject } from '../json.ts';
import { isTooLarge } from '../limits.ts';
import type { TaskPort, TaskRequest, TaskTarget } from '../ports.ts';
import { runtimeError, StateError, Stopped } from '../stateError.ts';
import { TaskFailure, TaskTimeout, TaskUnavailable } from '../taskFailure.ts';
import type { Visit } from '../visit.ts';
import { runAttempt } from './attempt.ts';
import { taskLimits, type TaskLimits } from './limits.ts';
import { TaskEvents } from './taskEvents.ts';
import { parseTarget } from './taskTarget.ts';

/** Task: hands its parameters to the task port and records what becomes of it. */
export async function runTask(visit: Visit): Promise<Exit> {
  const resource = textField(visit.state, 'Resource') ?? '';
  const target = parseTarget(resource);
  visit.taskToken = needsToken(target) ? visit.frame.execution.ports.uuid() : undefined;
  const input = effectiveInput(visit);
  const parameters = await taskParameters(visit, input);
  const limits = await taskLimits(visit, input);
  const credentials = await credentialsOf(visit, input);
  const output = await attempt(visit, { resource, target, parameters, limits, ...(credentials && { credentials }) });
  visit.inspect('result', output);
  return await leave(visit, output, { hasSelector: true });
}

/** Parameters or Arguments of a task; without them its input. */
export async function taskParameters(visit: Visit, input: Json): Promise<Json> {
  const field = visit.isJsonata ? 'Arguments' : 'Parameters';
  const template = visit.state[field];
  const parameters = template === undefined ? input : await visit.fill(field, template, { data: input });
  if (!visit.isJsonata || template !== undefined) visit.inspect(`after${field}`, parameters);
  return parameters;
}

async function credentialsOf(visit: Visit, input: Json): Promise<JsonObject | undefined> {
  const template = objectField(visit.state, 'Credentials');
  if (!template) return undefined;
  const credentials = await visit.fill('Credentials', template, { data: input });
  return isJsonObject(credentials) ? credentials : undefined;
}

function needsToken(target: TaskTarget): boolean {
  return target.kind === 'activity' || (target.kind === 'service' && target.pattern !== 'request');
}

interface Call {
  readonly resource: string;
  readonly target: TaskTarget;
  readonly parameters: Json;
  readonly limits: TaskLimits;
  readonly credentials?: JsonObject;
}

async function attempt(visit: Visit, call: Call): Promise<Json> {
  const { frame } = visit;
  const { ports } = frame.execution;
  const events = new TaskEvents(visit, call.target);
  const text = JSON.stringify(call.parameters);
  if (isTooLarge(text)) throw tooLarge(visit.name);
  const request: Omit<TaskRequest, 'signal' | 'heartbeat'> = {
    resource: call.resource,
    target: call.target,
    parameters: call.parameters,
    ...call.limits,
    ...(call.credentials && { credentials: call.credentials }),
    ...(visit.taskToken !== undefined && { taskToken: visit.taskToken }),
    executionArn: frame.execution.executionArn,
    stateName: visit.name,
    retryCount: visit.retryCount,
    iteration: frame.iteration,
    context: visit.context(),
    started: (workerName) => events.started(workerName),
    submitted: (output) => events.submitted(output),
  };
  checkAvailable(ports.tasks, request);
  events.scheduled({ value: call.parameters, text }, { ...call.limits, ...credentialDetails(call.credentials) });
  try {
    const output = await runAttempt(ports, request, call.limits, frame.stop);
    const payload = frame.execution.payloads.payload('output', output);
    if (isTooLarge(payload.text)) throw tooLarge(events.label);
    events.succeeded(payload);
    return output;
  } catch (thrown) {
    throw failed(thrown, events);
  }
}

function checkAvailable(tasks: TaskPort, request: Omit<TaskRequest, 'signal' | 'heartbeat'>): void {
  try {
    tasks.check?.(request);
  } catch (thrown) {
    throw thrown instanceof TaskUnavailable ? runtimeError(thrown.message) : thrown;
  }
}

/** Records how the attempt failed, and gives the error that Retry and Catch see. */
function failed(thrown: unknown, events: TaskEvents): Error {
  if (thrown instanceof Stopped) return thrown;
  const error = toStateError(thrown);
  const details = {
    ...(error.error !== undefined && { error: error.error }),
    ...(error.cause !== undefined && { cause: error.cause }),
  };
  if (thrown instanceof TaskTimeout || (thrown instanceof StateError && thrown.error === 'States.Timeout'))
    events.timedOut(details);
  else events.failed(details);
  return error;
}

function toStateError(thrown: unknown): StateError {
  if (thrown instanceof StateError) return thrown;
  if (thrown instanceof TaskFailure) {
    return new StateError(thrown.error, thrown.cause, {
      isTask: true,
      ...(thrown.error === 'States.Runtime' && { fatal: true }),
    });
  }
  return new StateError('States.TaskFailed', thrown instanceof Error ? thrown.message : String(thrown), {
    isTask: true,
  });
}

/** A payload over 256 KiB, as AWS words it. */
export function tooLarge(label: string): StateError {
  return new StateError(
    'States.DataLimitExceeded',
    `The state/task '${label}' returned a result with a size exceeding the maximum number of bytes service limit.`,
  );
}

function credentialDetails(credentials: JsonObject | undefined): HistoryEventDetails {
  const roleArn = credentials?.['RoleArn'];
  return typeof roleArn === 'string' ? { taskCredentials: { roleArn } } : {};
}

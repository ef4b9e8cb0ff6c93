import { after } from '../after.ts';
import { effectiveInput, leave, type Exit } from '../dataFlow.ts';
import { objectField, textField } from '../fields.ts';
import { isJsonObject, type Json, type JsonObject } from '../json.ts';
import type { TaskPort, TaskRequest, TaskTarget } from '../ports.ts';
import { runtimeError, StateError, Stopped } from '../stateError.ts';
import { TaskFailure, TaskTimeout, TaskUnavailable } from '../taskFailure.ts';
import type { Visit } from '../visit.ts';
import { Attempt, type TaskCall } from './attempt.ts';
import { taskLimits } from './limits.ts';
import { TaskEvents } from './taskEvents.ts';
import { parseTarget } from './taskTarget.ts';

/** Task: hands its parameters to the task port and records what becomes of it. */
export function runTask(visit: Visit): Exit | Promise<Exit> {
  const resource = textField(visit.state, 'Resource') ?? '';
  const target = parseTarget(resource);
  visit.taskToken = needsToken(target) ? visit.frame.execution.ports.uuid() : undefined;
  return after(callOf(visit, resource, target), (call): Exit | Promise<Exit> =>
    after(attempt(visit, call), (output): Exit | Promise<Exit> => {
      visit.inspect('result', output);
      return leave(visit, output, { hasSelector: true });
    }),
  );
}

function callOf(visit: Visit, resource: string, target: TaskTarget): TaskCall | Promise<TaskCall> {
  const input = effectiveInput(visit);
  return after(taskParameters(visit, input), (parameters): TaskCall | Promise<TaskCall> =>
    after(taskLimits(visit, input), (limits): TaskCall | Promise<TaskCall> =>
      after(credentialsOf(visit, input), (credentials) => ({ resource, target, parameters, limits, credentials })),
    ),
  );
}

/** Parameters or Arguments of a task; without them its input. */
function taskParameters(visit: Visit, input: Json): Json | Promise<Json> {
  const field = visit.isJsonata ? 'Arguments' : 'Parameters';
  const template = visit.state[field];
  if (template === undefined) {
    if (!visit.isJsonata) visit.inspect(`after${field}`, input);
    return input;
  }
  return after(visit.fill(field, template, { data: input }), (parameters) => {
    visit.inspect(`after${field}`, parameters);
    return parameters;
  });
}

function credentialsOf(visit: Visit, input: Json): JsonObject | undefined | Promise<JsonObject | undefined> {
  const template = objectField(visit.state, 'Credentials');
  if (!template) return undefined;
  const filled = visit.fill('Credentials', template, { data: input });
  return after(filled, (credentials) => (isJsonObject(credentials) ? credentials : undefined));
}

function needsToken(target: TaskTarget): boolean {
  return target.kind === 'activity' || (target.kind === 'service' && target.pattern !== 'request');
}

function attempt(visit: Visit, call: TaskCall): Json | Promise<Json> {
  const { ports, payloads } = visit.frame.execution;
  const events = new TaskEvents(visit, call.target);
  const parameters = payloads.of(call.parameters);
  if (parameters.isTooLarge) throw tooLarge(visit.name);
  const request = new Attempt(visit, call, events);
  checkAvailable(ports.tasks, request);
  events.scheduled(parameters, call.limits, call.credentials);
  const succeed = (output: Json): Json => {
    const payload = payloads.of(output);
    if (payload.isTooLarge) throw tooLarge(events.label);
    events.succeeded(payload);
    return output;
  };
  const fail = (thrown: unknown): never => {
    throw failed(thrown, events);
  };
  try {
    const output = request.run(ports);
    return output instanceof Promise ? output.then(succeed).catch(fail) : succeed(output);
  } catch (thrown) {
    return fail(thrown);
  }
}

function checkAvailable(tasks: TaskPort, request: TaskRequest): void {
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

import { after } from '../after.ts';
import { effectiveInput, leave, type Exit } from '../dataFlow.ts';
import { objectField, textOrNone } from '../fields.ts';
import { isJsonObject, type Json, type JsonObject } from '../json.ts';
import type { TaskPort, TaskRequest, TaskTarget } from '../ports.ts';
import { runtimeError, StateError, Stopped } from '../stateError.ts';
import { TaskFailure, TaskTimeout, TaskUnavailable } from '../taskFailure.ts';
import type { Visit } from '../visit.ts';
import { Attempt, type TaskCall } from './attempt.ts';
import { jsonataLimits, pathLimits } from './limits.ts';
import { TaskEvents } from './taskEvents.ts';
import { parseTarget } from './taskTarget.ts';

const HAS_SELECTOR = { hasSelector: true };

/** Task: hands its parameters to the task port and records what becomes of it. */
export function runTask(visit: Visit): Exit | Promise<Exit> {
  const resource = textOrNone(visit.state['Resource'], 'Resource') ?? '';
  const target = parseTarget(resource);
  visit.taskToken = needsToken(target) ? visit.frame.execution.ports.uuid() : undefined;
  if (!visit.isJsonata) return runCall(visit, pathCall(visit, resource, target));
  return after(jsonataCall(visit, resource, target), (call): Exit | Promise<Exit> => runCall(visit, call));
}

function runCall(visit: Visit, call: TaskCall): Exit | Promise<Exit> {
  const output = attempt(visit, call);
  return output instanceof Promise ? leaveLater(visit, output) : leaveTask(visit, output);
}

async function leaveLater(visit: Visit, output: Promise<Json>): Promise<Exit> {
  return await leaveTask(visit, await output);
}

function leaveTask(visit: Visit, output: Json): Exit | Promise<Exit> {
  visit.inspect('result', output);
  return leave(visit, output, HAS_SELECTOR);
}

/** What a JSONPath task calls; without Parameters with its input. */
function pathCall(visit: Visit, resource: string, target: TaskTarget): TaskCall {
  const { state } = visit;
  const data = effectiveInput(visit);
  const template = state['Parameters'];
  const parameters = template === undefined ? data : visit.fillPaths(template, { data });
  visit.inspect('afterParameters', parameters);
  const limits = pathLimits(visit, data);
  return { resource, target, parameters, limits, credentials: pathCredentials(visit, data) };
}

function pathCredentials(visit: Visit, data: Json): JsonObject | undefined {
  if (visit.state['Credentials'] === undefined) return undefined;
  const template = objectField(visit.state, 'Credentials');
  return template && objectOrNone(visit.fillPaths(template, { data }));
}

/** What a JSONata task calls; without Arguments with its input. */
function jsonataCall(visit: Visit, resource: string, target: TaskTarget): TaskCall | Promise<TaskCall> {
  return after(jsonataArguments(visit), (parameters): TaskCall | Promise<TaskCall> =>
    after(jsonataLimits(visit), (limits): TaskCall | Promise<TaskCall> =>
      after(jsonataCredentials(visit), (credentials) => ({ resource, target, parameters, limits, credentials })),
    ),
  );
}

function jsonataArguments(visit: Visit): Json | Promise<Json> {
  const template = visit.state['Arguments'];
  if (template === undefined) return visit.input;
  return after(visit.fill('Arguments', template), (parameters) => {
    visit.inspect('afterArguments', parameters);
    return parameters;
  });
}

function jsonataCredentials(visit: Visit): JsonObject | undefined | Promise<JsonObject | undefined> {
  const template = objectField(visit.state, 'Credentials');
  return template && after(visit.fill('Credentials', template), objectOrNone);
}

function objectOrNone(value: Json): JsonObject | undefined {
  return isJsonObject(value) ? value : undefined;
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
  try {
    const output = request.run(ports);
    return output instanceof Promise ? succeedLater(visit, events, output) : succeed(visit, events, output);
  } catch (thrown) {
    throw failed(thrown, events);
  }
}

async function succeedLater(visit: Visit, events: TaskEvents, running: Promise<Json>): Promise<Json> {
  try {
    return succeed(visit, events, await running);
  } catch (thrown) {
    throw failed(thrown, events);
  }
}

function succeed(visit: Visit, events: TaskEvents, output: Json): Json {
  const payload = visit.frame.execution.payloads.of(output);
  if (payload.isTooLarge) throw tooLarge(events.label);
  events.succeeded(payload);
  return output;
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

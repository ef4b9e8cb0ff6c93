import type { Exit } from './dataFlow.ts';
import { findCatcher, leaveByCatcher, planRetry } from './errorHandling.ts';
import { objectField, textField, textOrNone } from './fields.ts';
import type { Frame } from './frame.ts';
import type { Json, JsonObject } from './json.ts';
import { runtimeError, StateError, Stopped } from './stateError.ts';
import { stateTypeOf } from './states/index.ts';
import { tooLarge } from './states/task.ts';
import { assign } from './variables.ts';
import { Visit } from './visit.ts';

/** Runs a machine, branch or item processor from its StartAt to its end. Throws `StateError` or `Stopped`. */
export async function runStates(machine: JsonObject, input: Json, frame: Frame): Promise<Json> {
  const states = objectField(machine, 'States') ?? {};
  const { resume } = frame;
  frame.resume = undefined;
  frame.inner = resume?.inner;
  frame.mapRun = resume?.mapRun;
  if (resume) frame.variables = { ...frame.variables, ...resume.variables };
  let name = resume ? resume.stateName : textField(machine, 'StartAt');
  let value = resume ? resume.input : input;
  while (name !== undefined) {
    const state: JsonObject | undefined = Object.hasOwn(states, name) ? objectField(states, name) : undefined;
    if (!state) throw runtimeError(`The state '${name}' does not exist.`);
    const pause = frame.execution.pace.step(frame.stop);
    if (pause) await pause;
    if (frame.stop.isStopped) throw new Stopped('The run was stopped.');
    const left = runState(frame, name, state, value);
    // The lines of a Parallel or a Map take turns, state by state.
    const exit = left instanceof Promise || frame.isInner ? await left : left;
    frame.inner = undefined;
    frame.mapRun = undefined;
    value = exit.output;
    name = exit.next;
  }
  return value;
}

/** Runs one state; a promise only where it waits for something, or did not succeed at once. */
function runState(frame: Frame, name: string, state: JsonObject, input: Json): Exit | Promise<Exit> {
  const visit = enter(frame, name, state, input);
  try {
    const left = visit.stateType.run(visit);
    return left instanceof Promise ? finish(visit, left) : exit(visit, left);
  } catch (thrown) {
    return goOn(visit, thrown);
  }
}

async function finish(visit: Visit, left: Promise<Exit>): Promise<Exit> {
  try {
    return exit(visit, await left);
  } catch (thrown) {
    return await goOn(visit, thrown);
  }
}

/** What follows a failure: Retry, Catch, or the failure of the whole line. */
async function goOn(visit: Visit, thrown: unknown): Promise<Exit> {
  const { frame, state } = visit;
  const counts: number[] = [];
  for (let failure = thrown; ;) {
    const error = settle(visit, failure);
    const plan = planRetry(state, error, counts);
    if (!plan || plan.isExhausted) return exit(visit, await recover(visit, error));
    counts[plan.index] = (counts[plan.index] ?? 0) + 1;
    visit.retryCount++;
    const { ports, options } = frame.execution;
    const seconds = plan.delaySeconds * (plan.hasJitter ? ports.random() : 1);
    await ports.clock.sleep(seconds * 1000 * (options.waitScale ?? 1), frame.stop.signal);
    if (frame.stop.isStopped) throw new Stopped('The run was stopped.');
    try {
      return exit(visit, await visit.stateType.run(visit));
    } catch (again) {
      failure = again;
    }
  }
}

/** Catch, or the failure of the whole line. */
async function recover(visit: Visit, error: StateError): Promise<Exit> {
  const { frame, name, type } = visit;
  if ((type === 'Map' || type === 'Parallel') && !(error.options.fatal && error.options.isOwn)) {
    frame.execution.recorder.record(frame, `${type}StateFailed`, { stateName: name });
  }
  const found = findCatcher(visit.state, error);
  if (!found) throw error;
  try {
    return await leaveByCatcher(visit, found, error);
  } catch (thrown) {
    throw settle(visit, thrown);
  }
}

function enter(frame: Frame, name: string, state: JsonObject, input: Json): Visit {
  const { recorder, payloads, ports } = frame.execution;
  const stateType = stateTypeOf(textOrNone(state['Type'], 'Type') ?? '');
  const visit = new Visit(frame, name, state, { stateType, input, time: ports.clock.now() });
  frame.open = visit;
  visit.eventId = recorder.record(frame, stateType.entered, {
    stateName: name,
    details: { name },
    input: payloads.of(input),
  });
  return visit;
}

function exit(visit: Visit, left: Exit): Exit {
  const { frame, name, stateType } = visit;
  const { recorder, payloads } = frame.execution;
  const output = payloads.of(left.output);
  if (output.isTooLarge) throw word(visit, tooLarge(name));
  const assignment = left.assigned && assign(frame.variables, left.assigned, name);
  if (assignment) frame.variables = assignment.variables;
  frame.open = undefined;
  recorder.record(frame, stateType.exited, {
    stateName: name,
    details: assignment ? { name, ...assignment.details } : { name },
    output,
  });
  return left;
}

/** The error of this state as its parents and Catch see it; records EvaluationFailed once. Rethrows what is no failure of the state. */
function settle(visit: Visit, thrown: unknown): StateError {
  const { frame } = visit;
  if (thrown instanceof Stopped || frame.stop.isStopped) throw new Stopped('The run was stopped.');
  if (!(thrown instanceof StateError)) throw thrown;
  if (thrown.options.isWorded) return new StateError(thrown.error, thrown.cause, { ...thrown.options, isOwn: false });
  const error = word(visit, thrown);
  if (error.error === 'States.QueryEvaluationError') {
    const { location } = error.options;
    frame.execution.recorder.record(frame, 'EvaluationFailed', {
      stateName: visit.name,
      details: {
        error: error.error,
        cause: error.cause,
        ...(location !== undefined && { location }),
        state: visit.name,
      },
    });
  }
  return error;
}

function word(visit: Visit, error: StateError): StateError {
  const place = `An error occurred while executing the state '${visit.name}' (entered at the event id #${visit.eventId}). `;
  const cause = error.options.inState && error.cause !== undefined ? place + error.cause : error.cause;
  return new StateError(error.error, cause, { ...error.options, isWorded: true, isOwn: true });
}

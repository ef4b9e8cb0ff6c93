import { parseTimestamp } from '../data/timestamp.ts';
import {
  assignPaths,
  effectiveInput,
  effectiveOutput,
  leaveJsonata,
  leaveJsonPath,
  nextOf,
  type Exit,
} from '../dataFlow.ts';
import { objectsField, textField } from '../fields.ts';
import { callIntrinsic } from '../intrinsics/callIntrinsic.ts';
import { isJsonArray, isJsonObject, type Json, type JsonObject } from '../json.ts';
import { typedField } from '../jsonata/typed.ts';
import { queryError, runtimeError, StateError } from '../stateError.ts';
import type { Visit } from '../visit.ts';
import { holds } from './choiceRule.ts';

/** Pass: its Result, or its input after Parameters. */
export function runPass(visit: Visit): Exit | Promise<Exit> {
  const literal = visit.state['Result'];
  if (visit.isJsonata) return leaveWithInput(visit, literal ?? visit.input, nextOf(visit.state));
  if (literal !== undefined) {
    visit.inspect('result', literal);
    return leaveJsonPath(visit, literal);
  }
  const input = effectiveInput(visit);
  const template = visit.state['Parameters'];
  const parameters = template === undefined ? input : visit.fillPaths(template, { data: input });
  visit.inspect('afterParameters', parameters);
  return leaveJsonPath(visit, parameters);
}

/** Leaves a JSONata state that has no result. */
async function leaveWithInput(visit: Visit, fallback: Json, next: string | undefined): Promise<Exit> {
  return { ...(await leaveJsonata(visit, visit.state, {}, fallback)), next };
}

/** Succeed: ends its line of states with its input. */
export function runSucceed(visit: Visit): Exit | Promise<Exit> {
  if (visit.isJsonata) return leaveJsonata(visit, visit.state, {}, visit.input);
  return { output: effectiveOutput(visit, effectiveInput(visit)) };
}

/** Fail: always throws, with the Error and Cause of the state. */
export async function runFail(visit: Visit): Promise<never> {
  const data = visit.isJsonata ? visit.input : effectiveInput(visit);
  const error = await failText(visit, 'Error', data);
  throw new StateError(error, await failText(visit, 'Cause', data));
}

async function failText(visit: Visit, field: 'Error' | 'Cause', data: Json): Promise<string | undefined> {
  if (visit.isJsonata) return await typedField(visit, { name: field, value: visit.state[field], type: 'string' });
  const source = textField(visit.state, `${field}Path`);
  if (source === undefined) return textField(visit.state, field);
  const value = source.startsWith('$')
    ? visit.require(`${field}Path`, source, { data })
    : callIntrinsic(source, visit.roots({ data }), visit.frame.execution.ports);
  if (typeof value === 'string') return value;
  throw runtimeError(`The field '${field}Path' must reference a string, but was: ${JSON.stringify(value)}`);
}

/** Choice: the first rule that holds says what follows. */
export function runChoice(visit: Visit): Exit | Promise<Exit> {
  const rules = objectsField(visit.state, 'Choices');
  if (visit.isJsonata) return choose(visit, rules);
  const data = effectiveInput(visit);
  const chosen = rules.find((rule) => holds(rule, visit, data));
  const next = chosen ? nextOf(chosen) : defaultOf(visit);
  const assigned = assignPaths(visit, chosen ?? visit.state, data);
  return { output: effectiveOutput(visit, data), next, assigned };
}

async function choose(visit: Visit, rules: readonly JsonObject[]): Promise<Exit> {
  for (const [at, rule] of rules.entries()) {
    const location = `Choices[${at}]/`;
    const name = `${location}Condition`;
    const condition = await typedField(visit, { name, value: rule['Condition'], type: 'boolean' });
    if (condition !== true) continue;
    return { ...(await leaveJsonata(visit, rule, { location }, visit.input)), next: nextOf(rule) };
  }
  return await leaveWithInput(visit, visit.input, defaultOf(visit));
}

function defaultOf(visit: Visit): string {
  const next = textField(visit.state, 'Default');
  if (next !== undefined) return next;
  throw new StateError(
    'States.NoChoiceMatched',
    'Failed to transition out of the state. The state does not have a Default and none of its choice rules matched.',
    { inState: true, fatal: true },
  );
}

/** Wait: sleeps for a while or until a moment. */
export async function runWait(visit: Visit): Promise<Exit> {
  const data = visit.isJsonata ? visit.input : effectiveInput(visit);
  const { clock } = visit.frame.execution.ports;
  const delayMs = await waitMs(visit, data, clock.now());
  const scale = visit.frame.execution.options.waitScale ?? 1;
  if (delayMs > 0) await clock.sleep(delayMs * scale, visit.frame.stop.signal);
  if (visit.isJsonata) return await leaveWithInput(visit, visit.input, nextOf(visit.state));
  const assigned = assignPaths(visit, visit.state, data);
  return { output: effectiveOutput(visit, data), next: nextOf(visit.state), assigned };
}

async function waitMs(visit: Visit, data: Json, now: number): Promise<number> {
  const { state } = visit;
  if (state['Seconds'] !== undefined) return (await secondsOf(visit)) * 1000;
  const secondsPath = textField(state, 'SecondsPath');
  if (secondsPath !== undefined) return secondsAt(visit, secondsPath, data) * 1000;
  if (state['Timestamp'] !== undefined) {
    const text = (await typedField(visit, { name: 'Timestamp', value: state['Timestamp'], type: 'string' })) ?? '';
    const moment = parseTimestamp(text);
    if (moment !== undefined) return moment - now;
    const message = `The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time format string: ${text}`;
    throw visit.isJsonata ? queryError(message, 'Timestamp') : runtimeError(message);
  }
  const path = textField(state, 'TimestampPath');
  if (path === undefined) throw runtimeError('A Wait state needs Seconds, SecondsPath, Timestamp or TimestampPath.');
  const value = visit.read(path, { data });
  if (value === undefined) throw runtimeError(`The TimestampPath parameter does not reference an input value: ${path}`);
  const moment = typeof value === 'string' ? parseTimestamp(value) : undefined;
  if (moment !== undefined) return moment - now;
  throw runtimeError(
    `The TimestampPath parameter does not reference a valid ISO-8601 extended offset date-time format string: ${path} == ${shown(value)}`,
  );
}

async function secondsOf(visit: Visit): Promise<number> {
  const seconds = (await typedField(visit, { name: 'Seconds', value: visit.state['Seconds'], type: 'number' })) ?? 0;
  if (Number.isInteger(seconds) && seconds >= 0) return seconds;
  const message = `The Seconds field must be a whole number that is not negative: ${seconds}`;
  throw visit.isJsonata ? queryError(message, 'Seconds') : runtimeError(message);
}

function secondsAt(visit: Visit, path: string, data: Json): number {
  const value = visit.read(path, { data });
  if (value === undefined) throw runtimeError(`The SecondsPath parameter does not reference an input value: ${path}`);
  const seconds = typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value;
  if (typeof seconds !== 'number' || !Number.isInteger(seconds)) {
    throw runtimeError(`The SecondsPath parameter cannot be parsed as a long value: ${path} == ${shown(value)}`);
  }
  if (seconds < 0) throw runtimeError(`The SecondsPath parameter references a negative value: ${path} == ${seconds}`);
  return seconds;
}

function shown(value: Json): string {
  return isJsonArray(value) || isJsonObject(value) || value === null ? JSON.stringify(value) : String(value);
}

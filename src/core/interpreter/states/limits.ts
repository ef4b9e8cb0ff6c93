import { after } from '../after.ts';
import { textField } from '../fields.ts';
import type { Json, JsonObject } from '../json.ts';
import { queryError, runtimeError } from '../stateError.ts';
import type { Visit } from '../visit.ts';
import { typedField, unexpectedType } from '../jsonata/typed.ts';

/** How long a task may take, in seconds. */
export interface TaskLimits {
  readonly timeoutSeconds: number | undefined;
  readonly heartbeatSeconds: number | undefined;
}

const TIMEOUT = { name: 'TimeoutSeconds', path: 'TimeoutSecondsPath' } as const;
const HEARTBEAT = { name: 'HeartbeatSeconds', path: 'HeartbeatSecondsPath' } as const;

const NO_LIMITS: TaskLimits = { timeoutSeconds: undefined, heartbeatSeconds: undefined };

/** Those of a JSONPath state. */
export function pathLimits(visit: Visit, data: Json): TaskLimits {
  if (!hasLimits(visit.state)) return NO_LIMITS;
  return { timeoutSeconds: pathLimit(visit, TIMEOUT, data), heartbeatSeconds: pathLimit(visit, HEARTBEAT, data) };
}

/** Those of a JSONata state. */
export function jsonataLimits(visit: Visit): TaskLimits | Promise<TaskLimits> {
  if (!hasLimits(visit.state)) return NO_LIMITS;
  return after(jsonataLimit(visit, TIMEOUT), (timeoutSeconds): TaskLimits | Promise<TaskLimits> =>
    after(jsonataLimit(visit, HEARTBEAT), (heartbeatSeconds) => ({ timeoutSeconds, heartbeatSeconds })),
  );
}

function hasLimits(state: JsonObject): boolean {
  return (
    state['TimeoutSeconds'] !== undefined ||
    state['TimeoutSecondsPath'] !== undefined ||
    state['HeartbeatSeconds'] !== undefined ||
    state['HeartbeatSecondsPath'] !== undefined
  );
}

type Limit = typeof TIMEOUT | typeof HEARTBEAT;

function pathLimit(visit: Visit, { name, path: pathName }: Limit, data: Json): number | undefined {
  const path = textField(visit.state, pathName);
  if (path !== undefined) return positive(visit, pathName, wholeNumber(visit.require(pathName, path, { data })));
  const literal = visit.state[name];
  if (literal === undefined) return undefined;
  if (typeof literal === 'number') return positive(visit, name, literal);
  throw unexpectedType({ name, source: literal, type: 'number' }, literal);
}

function jsonataLimit(visit: Visit, { name }: Limit): number | undefined | Promise<number | undefined> {
  const given = typedField(visit, { name, value: visit.state[name], type: 'number' });
  return after(given, (value) => (value === undefined ? undefined : positive(visit, name, value)));
}

function positive(visit: Visit, field: string, value: number | undefined): number {
  if (value !== undefined && Number.isInteger(value) && value > 0) return value;
  const message = `The field '${field}' must give a positive integer.`;
  throw visit.isJsonata ? queryError(message, field) : runtimeError(message);
}

function wholeNumber(value: Json): number | undefined {
  if (typeof value === 'string' && /^\d+$/.test(value)) return Number(value);
  return typeof value === 'number' ? value : undefined;
}

import { after } from '../after.ts';
import { textField } from '../fields.ts';
import type { Json } from '../json.ts';
import { queryError, runtimeError } from '../stateError.ts';
import type { Visit } from '../visit.ts';
import { typedField } from '../jsonata/typed.ts';

/** How long a task may take, in seconds. */
export interface TaskLimits {
  readonly timeoutSeconds: number | undefined;
  readonly heartbeatSeconds: number | undefined;
}

const TIMEOUT = { name: 'TimeoutSeconds', path: 'TimeoutSecondsPath' } as const;
const HEARTBEAT = { name: 'HeartbeatSeconds', path: 'HeartbeatSecondsPath' } as const;

export function taskLimits(visit: Visit, data: Json): TaskLimits | Promise<TaskLimits> {
  return after(limit(visit, TIMEOUT, data), (timeoutSeconds): TaskLimits | Promise<TaskLimits> =>
    after(limit(visit, HEARTBEAT, data), (heartbeatSeconds) => ({ timeoutSeconds, heartbeatSeconds })),
  );
}

function limit(
  visit: Visit,
  field: typeof TIMEOUT | typeof HEARTBEAT,
  data: Json,
): number | undefined | Promise<number | undefined> {
  const path = visit.isJsonata ? undefined : textField(visit.state, field.path);
  if (path !== undefined) return positive(visit, field.path, wholeNumber(visit.require(field.path, path, { data })));
  const literal = visit.state[field.name];
  if (literal === undefined) return undefined;
  const given = typedField(visit, { name: field.name, value: literal, type: 'number' });
  return after(given, (value) => (value === undefined ? undefined : positive(visit, field.name, value)));
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

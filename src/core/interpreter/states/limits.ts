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

const FIELDS = ['TimeoutSeconds', 'TimeoutSecondsPath', 'HeartbeatSeconds', 'HeartbeatSecondsPath'];
const NO_LIMITS: TaskLimits = { timeoutSeconds: undefined, heartbeatSeconds: undefined };

export function taskLimits(visit: Visit, data: Json): TaskLimits | Promise<TaskLimits> {
  if (!FIELDS.some((field) => visit.state[field] !== undefined)) return NO_LIMITS;
  return after(limit(visit, 'TimeoutSeconds', data), (timeoutSeconds) =>
    after(limit(visit, 'HeartbeatSeconds', data), (heartbeatSeconds) => ({ timeoutSeconds, heartbeatSeconds })),
  );
}

function limit(
  visit: Visit,
  field: 'TimeoutSeconds' | 'HeartbeatSeconds',
  data: Json,
): number | undefined | Promise<number | undefined> {
  const path = visit.isJsonata ? undefined : textField(visit.state, `${field}Path`);
  if (path !== undefined) {
    return positive(visit, `${field}Path`, wholeNumber(visit.require(`${field}Path`, path, { data })));
  }
  const given = typedField(visit, { name: field, value: visit.state[field], type: 'number' });
  return after(given, (value) => (value === undefined ? undefined : positive(visit, field, value)));
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

import { textField } from '../fields.ts';
import type { Json } from '../json.ts';
import { queryError, runtimeError } from '../stateError.ts';
import type { Visit } from '../visit.ts';
import { typedField } from '../jsonata/typed.ts';

/** How long a task may take, in seconds. */
export interface TaskLimits {
  readonly timeoutSeconds?: number;
  readonly heartbeatSeconds?: number;
}

export async function taskLimits(visit: Visit, data: Json): Promise<TaskLimits> {
  const timeoutSeconds = await limit(visit, 'TimeoutSeconds', data);
  const heartbeatSeconds = await limit(visit, 'HeartbeatSeconds', data);
  return {
    ...(timeoutSeconds !== undefined && { timeoutSeconds }),
    ...(heartbeatSeconds !== undefined && { heartbeatSeconds }),
  };
}

async function limit(
  visit: Visit,
  field: 'TimeoutSeconds' | 'HeartbeatSeconds',
  data: Json,
): Promise<number | undefined> {
  const path = visit.isJsonata ? undefined : textField(visit.state, `${field}Path`);
  const value =
    path === undefined
      ? await typedField(visit, { name: field, value: visit.state[field], type: 'number' })
      : wholeNumber(visit.require(`${field}Path`, path, { data }));
  if (value === undefined && path === undefined) return undefined;
  if (value !== undefined && Number.isInteger(value) && value > 0) return value;
  const message = `The field '${field}${path === undefined ? '' : 'Path'}' must give a positive integer.`;
  throw visit.isJsonata ? queryError(message, field) : runtimeError(message);
}

function wholeNumber(value: Json): number | undefined {
  if (typeof value === 'string' && /^\d+$/.test(value)) return Number(value);
  return typeof value === 'number' ? value : undefined;
}

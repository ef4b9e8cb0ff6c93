import type { HistoryEventDetails } from './history.ts';
import type { Json, JsonObject } from './json.ts';
import { isTooLarge, MAX_PAYLOAD_BYTES, MAX_VARIABLES_BYTES } from './limits.ts';
import { StateError } from './stateError.ts';

type Variables = Readonly<Record<string, Json>>;

export interface Assignment {
  readonly variables: Variables;
  /** What the exit of the state says of it. */
  readonly details: HistoryEventDetails;
}

/** No more variables than these can be larger together than all may be. */
const FEWEST_TOO_LARGE = MAX_VARIABLES_BYTES / MAX_PAYLOAD_BYTES;

/**
 * The variables after a state's Assign. Throws States.DataLimitExceeded where what it assigns is larger than 256 KiB, or
 * all variables together are larger than 10 MiB.
 * https://docs.aws.amazon.com/step-functions/latest/dg/workflow-variables.html
 */
export function assign(before: Variables, assigned: JsonObject, stateName: string): Assignment {
  const names = Object.keys(assigned);
  const variables = { ...before, ...assigned };
  if (names.length === 0) return { variables, details: {} };
  const texts = names.map((name): [string, string] => [name, JSON.stringify(assigned[name])]);
  if (isTooLarge(texts.map(([, text]) => text).join(''))) {
    throw tooLarge(`The variables that the state '${stateName}' assigns are larger than ${MAX_PAYLOAD_BYTES} bytes.`);
  }
  if (Object.keys(variables).length > FEWEST_TOO_LARGE && sizeOf(variables) > MAX_VARIABLES_BYTES) {
    throw tooLarge(`After the state '${stateName}' all variables are larger than ${MAX_VARIABLES_BYTES} bytes.`);
  }
  const assignedVariables = Object.fromEntries(texts);
  return { variables, details: { assignedVariables, assignedVariablesDetails: { truncated: false } } };
}

function sizeOf(variables: Variables): number {
  return Object.values(variables).reduce<number>((size, value) => size + JSON.stringify(value).length, 0);
}

function tooLarge(cause: string): StateError {
  return new StateError('States.DataLimitExceeded', cause);
}

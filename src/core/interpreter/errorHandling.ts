import { assign, leaveJsonata, nextOf, placeResult, type Exit } from './dataFlow.ts';
import { objectsField, textsField } from './fields.ts';
import type { Json, JsonObject } from './json.ts';
import type { StateError } from './stateError.ts';
import type { Visit } from './visit.ts';

/** What the first matching retrier says. `isExhausted`: its attempts are used up. */
export interface RetryPlan {
  readonly index: number;
  readonly isExhausted: boolean;
  /** Before jitter. */
  readonly delaySeconds: number;
  readonly hasJitter: boolean;
}

/** The retrier for an error, undefined when none matches. `counts` holds the retries taken by each retrier. */
export function planRetry(state: JsonObject, error: StateError, counts: readonly number[]): RetryPlan | undefined {
  const retriers = objectsField(state, 'Retry');
  const index = retriers.findIndex((retrier) => matches(retrier, error));
  const retrier = retriers[index];
  if (!retrier) return undefined;
  const taken = counts[index] ?? 0;
  const delay = numberOr(retrier['IntervalSeconds'], 1) * numberOr(retrier['BackoffRate'], 2) ** taken;
  return {
    index,
    isExhausted: taken >= numberOr(retrier['MaxAttempts'], 3),
    delaySeconds: Math.min(delay, numberOr(retrier['MaxDelaySeconds'], Infinity)),
    hasJitter: retrier['JitterStrategy'] === 'FULL',
  };
}

/** The catcher for an error and its place in Catch. */
export function findCatcher(
  state: JsonObject,
  error: StateError,
): { readonly index: number; readonly catcher: JsonObject } | undefined {
  const catchers = objectsField(state, 'Catch');
  const index = catchers.findIndex((catcher) => matches(catcher, error));
  const catcher = catchers[index];
  return catcher && { index, catcher };
}

/** Leaves a state through a catcher. */
export async function leaveByCatcher(
  visit: Visit,
  found: { readonly index: number; readonly catcher: JsonObject },
  error: StateError,
): Promise<Exit> {
  const { catcher } = found;
  const errorOutput: Json = {
    Error: error.error ?? null,
    Cause: error.cause ?? (error.error === undefined ? null : ''),
  };
  const next = nextOf(catcher);
  if (visit.isJsonata) {
    return {
      ...(await leaveJsonata(visit, catcher, { errorOutput, location: `Catch[${found.index}]/` }, errorOutput)),
      next,
    };
  }
  const assigned = await assign(visit, catcher, 'Assign', { data: errorOutput });
  return { output: placeResult(catcher, visit.input, errorOutput), next, assigned };
}

function matches(holder: JsonObject, error: StateError): boolean {
  if (error.options.fatal) return false;
  const names = textsField(holder, 'ErrorEquals');
  if (error.error !== undefined && names.includes(error.error)) return true;
  if (error.options.alias !== undefined && names.includes(error.options.alias)) return true;
  if (error.error === 'States.DataLimitExceeded') return false;
  if (names.includes('States.ALL')) return true;
  return error.options.isTask === true && error.error !== 'States.Timeout' && names.includes('States.TaskFailed');
}

function numberOr(value: Json | undefined, fallback: number): number {
  return typeof value === 'number' ? value : fallback;
}

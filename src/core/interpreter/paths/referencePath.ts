import { isJsonArray, isJsonObject, type Json } from '../json.ts';
import { StateError } from '../stateError.ts';
import { parseJsonPath } from './jsonPath.ts';

/**
 * A copy of `target` with `value` put at a reference path (ResultPath): objects on the way are made where missing,
 * array elements must exist. Throws `States.ResultPathMatchFailure` where the path cannot be applied.
 */
export function writeAt(target: Json, path: string, value: Json): Json {
  const { reference: steps, root } = parseJsonPath(path);
  if (!steps || root.kind !== 'data') throw mismatch(path, target);
  return write({ target, path }, target, { steps, at: 0, value });
}

interface Write {
  readonly steps: readonly (string | number)[];
  readonly at: number;
  readonly value: Json;
}

function write(whole: { target: Json; path: string }, here: Json | undefined, job: Write): Json {
  const step = job.steps[job.at];
  if (step === undefined) return job.value;
  const next = { ...job, at: job.at + 1 };
  if (typeof step === 'number') {
    if (!isJsonArray(here) || step < 0 || step >= here.length) throw mismatch(whole.path, whole.target);
    return here.with(step, write(whole, here[step], next));
  }
  if (here !== undefined && !isJsonObject(here)) throw mismatch(whole.path, whole.target);
  const child = here && Object.hasOwn(here, step) ? here[step] : undefined;
  return { ...here, [step]: write(whole, child, next) };
}

function mismatch(path: string, target: Json): StateError {
  return new StateError(
    'States.ResultPathMatchFailure',
    `Unable to apply ReferencePath ${path} to input ${JSON.stringify(target)}`,
    { inState: true },
  );
}

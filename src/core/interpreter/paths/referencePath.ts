import { isJsonArray, isJsonObject, setMember, type Json } from '../json.ts';
import { StateError } from '../stateError.ts';
import { parseJsonPath } from './jsonPath.ts';

/**
 * A copy of `target` with `value` put at a reference path (ResultPath): objects on the way are made where missing,
 * array elements must exist. Throws `States.ResultPathMatchFailure` where the path cannot be applied.
 */
export function writeAt(target: Json, path: string, value: Json): Json {
  const { reference: steps, root } = parseJsonPath(path);
  if (!steps || root.kind !== 'data') throw mismatch(path, target);
  return write({ target, path, steps, value }, target, 0);
}

interface Write {
  readonly target: Json;
  readonly path: string;
  readonly steps: readonly (string | number)[];
  readonly value: Json;
}

/** `here` with the value at the steps from `at` on. */
function write(job: Write, here: Json | undefined, at: number): Json {
  const step = job.steps[at];
  if (step === undefined) return job.value;
  if (typeof step === 'number') {
    if (!isJsonArray(here) || step < 0 || step >= here.length) throw mismatch(job.path, job.target);
    return here.with(step, write(job, here[step], at + 1));
  }
  if (here !== undefined && !isJsonObject(here)) throw mismatch(job.path, job.target);
  const child = here && Object.hasOwn(here, step) ? here[step] : undefined;
  const copy: Record<string, Json> = { ...here };
  setMember(copy, step, write(job, child, at + 1));
  return copy;
}

function mismatch(path: string, target: Json): StateError {
  return new StateError(
    'States.ResultPathMatchFailure',
    `Unable to apply ReferencePath ${path} to input ${JSON.stringify(target)}`,
    { inState: true },
  );
}

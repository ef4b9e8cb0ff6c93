import { isJsonArray, isJsonObject, type Json } from '../json.ts';

/** One step of a path. `scan` (`..`) applies the step after it to a value and everything inside it. */
export type Step =
  | { readonly kind: 'names'; readonly names: readonly string[] }
  | { readonly kind: 'indexes'; readonly indexes: readonly number[] }
  | {
      readonly kind: 'slice';
      readonly from?: number | undefined;
      readonly to?: number | undefined;
      readonly step: number;
    }
  | { readonly kind: 'wildcard' }
  | { readonly kind: 'filter'; readonly test: (item: Json, root: Json | undefined) => boolean }
  | { readonly kind: 'scan' }
  | {
      readonly kind: 'function';
      readonly run: (value: Json) => Json | undefined;
      /** It takes all values that the steps before it found as one list (`$..price.sum()`). */
      readonly isOfAll: boolean;
    };

/** Whether steps lead to one value at most. Several names at the end count as one value, an object of them. */
export function isDefinite(steps: readonly Step[]): boolean {
  return steps.every((step, at) => {
    if (step.kind === 'names') return step.names.length === 1 || at === steps.length - 1;
    if (step.kind === 'function') return true;
    return step.kind === 'indexes' && step.indexes.length === 1;
  });
}

/** The value at definite steps (undefined: none), or the list of all values at the others. */
export function valueAt(start: Json | undefined, steps: readonly Step[], root: Json | undefined): Json | undefined {
  const last = steps.at(-1);
  if (last?.kind === 'function' && last.isOfAll) return last.run(allAt(start, steps.slice(0, -1), root));
  const found = allAt(start, steps, root);
  return isDefinite(steps) ? found[0] : found;
}

function allAt(start: Json | undefined, steps: readonly Step[], root: Json | undefined): readonly Json[] {
  const found: Json[] = [];
  if (start !== undefined) collect(start, { steps, at: 0, root, found });
  return found;
}

interface Walk {
  readonly steps: readonly Step[];
  readonly at: number;
  readonly root: Json | undefined;
  readonly found: Json[];
}

function collect(value: Json, walk: Walk): void {
  const step = walk.steps[walk.at];
  if (!step) {
    walk.found.push(value);
    return;
  }
  const rest = { ...walk, at: walk.at + 1 };
  if (step.kind === 'scan') scan(value, rest);
  else
    for (const next of taken(value, step, { root: walk.root, isLast: rest.at === walk.steps.length }))
      collect(next, rest);
}

/** Applies the step after `..` to a value, then to what is inside it. A filter looks at the objects themselves. */
function scan(value: Json, walk: Walk): void {
  if (typeof value !== 'object' || value === null) return;
  const isFilter = walk.steps[walk.at]?.kind === 'filter';
  if (!isFilter || isJsonObject(value)) collect(value, walk);
  for (const inner of Object.values<Json>(value)) scan(inner, walk);
}

function taken(
  value: Json,
  step: Exclude<Step, { kind: 'scan' }>,
  given: { readonly root: Json | undefined; readonly isLast: boolean },
): readonly Json[] {
  switch (step.kind) {
    case 'names':
      return named(value, step.names, given.isLast);
    case 'indexes':
      return isJsonArray(value) ? present(step.indexes.map((index) => value.at(index))) : [];
    case 'slice':
      return isJsonArray(value) ? value.slice(step.from, step.to).filter((_, at) => at % step.step === 0) : [];
    case 'wildcard':
      return typeof value === 'object' && value !== null ? Object.values<Json>(value) : [];
    case 'filter':
      return (isJsonArray(value) ? value : isJsonObject(value) ? [value] : []).filter((item) =>
        step.test(item, given.root),
      );
    case 'function':
      return present([step.run(value)]);
  }
}

function named(value: Json, names: readonly string[], isLast: boolean): readonly Json[] {
  if (!isJsonObject(value)) return [];
  const own = names.filter((name) => Object.hasOwn(value, name));
  if (names.length === 1 || !isLast) return present(own.map((name) => value[name]));
  return [Object.fromEntries(own.map((name) => [name, value[name] ?? null]))];
}

function present(values: readonly (Json | undefined)[]): readonly Json[] {
  return values.filter((value) => value !== undefined);
}

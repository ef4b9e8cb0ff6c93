import { isJsonArray, isJsonObject, type Json } from '../json.ts';
import { runtimeError } from '../stateError.ts';
import { PathReader } from './pathReader.ts';
import { valueAt, type Step } from './steps.ts';

/**
 * A path as Step Functions reads it: Jayway's JSONPath over the state's data (`$`), the context object (`$$`) or a
 * variable (`$name`). A definite path gives one value or fails; an indefinite one gives an array, empty if nothing matches.
 */
export interface JsonPath {
  readonly text: string;
  readonly root: PathRoot;
  /** Names and indices of a reference path; undefined for one with wildcards, slices, unions, filters, functions or `..`. */
  readonly reference?: readonly (string | number)[] | undefined;
  readonly steps: readonly Step[];
}

export type PathRoot =
  { readonly kind: 'data' } | { readonly kind: 'context' } | { readonly kind: 'variable'; readonly name: string };

/** What the three roots of a path stand for. */
export interface PathRoots {
  readonly data: Json | undefined;
  /** Made only where a path asks for it. */
  readonly context: () => Json;
  readonly variables: Readonly<Record<string, Json>>;
}

const parsed = new Map<string, JsonPath>();
const MAX_CACHED_PATHS = 5000;

/** Throws `States.Runtime` for text that is no path. */
export function parseJsonPath(text: string): JsonPath {
  const known = parsed.get(text);
  if (known) return known;
  const path = readText(text);
  if (parsed.size >= MAX_CACHED_PATHS) parsed.clear();
  parsed.set(text, path);
  return path;
}

/** The value at a path; undefined when a definite path leads nowhere. */
export function readPath(path: JsonPath, roots: PathRoots): Json | undefined {
  const root = rootValue(path.root, roots);
  if (path.reference) return walk(root, path.reference);
  if (root === undefined && path.root.kind === 'variable') return undefined;
  return valueAt(root, path.steps, root);
}

function rootValue(root: PathRoot, roots: PathRoots): Json | undefined {
  switch (root.kind) {
    case 'data':
      return roots.data;
    case 'context':
      return roots.context();
    case 'variable':
      return Object.hasOwn(roots.variables, root.name) ? roots.variables[root.name] : undefined;
  }
}

function walk(start: Json | undefined, steps: readonly (string | number)[]): Json | undefined {
  let value = start;
  for (const step of steps) {
    if (typeof step === 'number' && isJsonArray(value)) value = value[step < 0 ? value.length + step : step];
    else if (typeof step === 'string' && isJsonObject(value) && Object.hasOwn(value, step)) value = value[step];
    else return undefined;
  }
  return value;
}

const ROOT = /^\$(\$|[\p{L}_][\p{L}\p{N}_]*)?/u;

function readText(text: string): JsonPath {
  const head = ROOT.exec(text);
  if (!head) throw runtimeError(`Invalid path '${text}': a path starts with $.`);
  const name = head[1];
  const root: PathRoot =
    name === undefined ? { kind: 'data' } : name === '$' ? { kind: 'context' } : { kind: 'variable', name };
  try {
    const steps = new PathReader(text, head[0].length).whole();
    return { text, root, steps, reference: referenceOf(steps) };
  } catch (error) {
    throw runtimeError(`Invalid path '${text}': ${error instanceof Error ? error.message : String(error)}`);
  }
}

function referenceOf(steps: readonly Step[]): (string | number)[] | undefined {
  const reference = steps.flatMap((step): readonly (string | number)[] =>
    step.kind === 'names' && step.names.length === 1
      ? step.names
      : step.kind === 'indexes' && step.indexes.length === 1
        ? step.indexes
        : [],
  );
  return reference.length === steps.length ? reference : undefined;
}

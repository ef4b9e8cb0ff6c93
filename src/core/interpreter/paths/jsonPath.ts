import { JSONPathEnvironment } from 'json-p3';
import { isJsonArray, isJsonObject, type Json } from '../json.ts';
import { runtimeError } from '../stateError.ts';

/**
 * A path as Step Functions reads it: Jayway's JSONPath over the state's data (`$`), the context object (`$$`) or a
 * variable (`$name`). A definite path gives one value or fails; an indefinite one gives an array, empty if nothing matches.
 */
export interface JsonPath {
  readonly text: string;
  readonly root: PathRoot;
  /** Names and indices of a definite path; undefined for one with wildcards, slices, unions, filters or `..`. */
  readonly steps?: readonly (string | number)[];
  /** The path after its root in RFC 9535 spelling, every name quoted. */
  readonly query: string;
}

export type PathRoot =
  { readonly kind: 'data' } | { readonly kind: 'context' } | { readonly kind: 'variable'; readonly name: string };

/** What the three roots of a path stand for. */
export interface PathRoots {
  readonly data: Json | undefined;
  readonly context: Json;
  readonly variables: Readonly<Record<string, Json>>;
}

const environment = new JSONPathEnvironment({ strict: false, maxRecursionDepth: 1000 });
const parsed = new Map<string, JsonPath>();
const MAX_CACHED_PATHS = 5000;

/** Throws `States.Runtime` for text that is no path. */
export function parseJsonPath(text: string): JsonPath {
  const known = parsed.get(text);
  if (known) return known;
  const path = scanPath(text);
  if (parsed.size >= MAX_CACHED_PATHS) parsed.clear();
  parsed.set(text, path);
  return path;
}

/** The value at a path; undefined when a definite path leads nowhere. */
export function readPath(path: JsonPath, roots: PathRoots): Json | undefined {
  const root = rootValue(path.root, roots);
  if (path.steps) return walk(root, path.steps);
  if (root === undefined) return path.root.kind === 'variable' ? undefined : [];
  try {
    return environment.query(`$${path.query}`, root as never).values() as Json[];
  } catch (error) {
    throw runtimeError(`Invalid path '${path.text}': ${error instanceof Error ? error.message : String(error)}`);
  }
}

function rootValue(root: PathRoot, roots: PathRoots): Json | undefined {
  switch (root.kind) {
    case 'data':
      return roots.data;
    case 'context':
      return roots.context;
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
const DOT_NAME = /[^.[\]()\s'"]+/y;

function scanPath(text: string): JsonPath {
  const head = ROOT.exec(text);
  if (!head) throw runtimeError(`Invalid path '${text}': a path starts with $.`);
  const steps: (string | number)[] = [];
  let definite = true;
  let query = '';
  let at = head[0].length;
  while (at < text.length) {
    if (text.startsWith('..', at)) {
      definite = false;
      query += '..';
      at += 2;
      if (text[at] === '[') continue;
    } else if (text[at] === '.') {
      at += 1;
    } else if (text[at] === '[') {
      const end = closingBracket(text, at);
      const step = bracketStep(text.slice(at + 1, end).trim());
      if (step === undefined) definite = false;
      else steps.push(step);
      query += step === undefined ? text.slice(at, end + 1) : quoteStep(step);
      at = end + 1;
      continue;
    } else {
      throw runtimeError(`Invalid path '${text}': unexpected character at position ${at}.`);
    }
    DOT_NAME.lastIndex = at;
    const name = DOT_NAME.exec(text)?.[0];
    if (name === undefined) throw runtimeError(`Invalid path '${text}': a name is missing at position ${at}.`);
    if (name === '*') definite = false;
    else steps.push(name);
    query += query.endsWith('..') ? descendantName(name) : name === '*' ? '[*]' : quoteStep(name);
    at += name.length;
  }
  const root: PathRoot =
    head[1] === undefined
      ? { kind: 'data' }
      : head[1] === '$'
        ? { kind: 'context' }
        : { kind: 'variable', name: head[1] };
  return { text, root, query, ...(definite && { steps }) };
}

const descendantName = (name: string): string => (name === '*' ? '[*]' : quoteStep(name));

/** A step in RFC 9535 spelling. */
function quoteStep(step: string | number): string {
  if (typeof step === 'number') return `[${step}]`;
  return `['${step.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}']`;
}

/** The single name or index between brackets, or undefined for wildcards, slices, unions and filters. */
function bracketStep(content: string): string | number | undefined {
  if (/^-?\d+$/.test(content)) return Number(content);
  const quoted = /^(['"])((?:\\.|(?!\1)[^\\])*)\1$/s.exec(content);
  return quoted?.[2]?.replace(/\\(.)/gs, '$1');
}

/** Position of the `]` that closes the `[` at `open`. Throws when there is none. */
function closingBracket(text: string, open: number): number {
  let depth = 0;
  let quote = '';
  for (let at = open; at < text.length; at++) {
    const character = text.charAt(at);
    if (quote) {
      if (character === '\\') at++;
      else if (character === quote) quote = '';
    } else if (character === "'" || character === '"') quote = character;
    else if (character === '[') depth++;
    else if (character === ']' && --depth === 0) return at;
  }
  throw runtimeError(`Invalid path '${text}': a bracket is not closed.`);
}

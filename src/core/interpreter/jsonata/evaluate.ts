import jsonata from 'jsonata';
import type { Json } from '../json.ts';
import { queryError } from '../stateError.ts';
import { toJson } from './toJson.ts';

/** Evaluations one expression may take, and how deep they may nest: an endless recursion must not hold the process. */
const MAX_STEPS = 1_000_000;
const MAX_DEPTH = 10_000;
const MAX_CACHED_EXPRESSIONS = 2000;
/** Names that no expression can spell. A function bound to `PAUSE` is asked at every step whether to wait. */
export const PAUSE = ' pause';
const BUDGET = ' budget';

interface Budget {
  steps: number;
  depth: number;
}

const compiled = new Map<string, jsonata.Expression>();

/** The text between `{%` and `%}`, or undefined for a plain string. */
export function jsonataText(value: string): string | undefined {
  return value.startsWith('{%') && value.endsWith('%}') && value.length >= 4 ? value.slice(2, -2).trim() : undefined;
}

/**
 * The value of a JSONata expression over named values (`states`, variables, functions). `location` is the field that
 * holds it. Throws `States.QueryEvaluationError` when it fails or gives nothing.
 */
export async function evaluateJsonata(
  expression: string,
  bindings: Readonly<Record<string, unknown>>,
  location: string,
): Promise<Json> {
  let result: unknown;
  try {
    const budget: Budget = { steps: 0, depth: 0 };
    result = toJson(await compile(expression).evaluate(undefined, { ...bindings, [BUDGET]: budget }));
  } catch (error) {
    throw queryError(
      `The JSONata expression '${expression}' specified for the field '${location}' threw an error during evaluation. ${problem(error)}`,
      location,
    );
  }
  if (result !== undefined) return result as Json;
  throw queryError(
    `The JSONata expression '${expression}' specified for the field '${location}' returned nothing (undefined).`,
    location,
  );
}

function compile(expression: string): jsonata.Expression {
  const known = compiled.get(expression);
  if (known) return known;
  const fresh = jsonata(expression);
  fresh.assign(Symbol.for('jsonata.__evaluate_entry') as unknown as string, spend);
  fresh.assign(Symbol.for('jsonata.__evaluate_exit') as unknown as string, leave);
  if (compiled.size >= MAX_CACHED_EXPRESSIONS) compiled.clear();
  compiled.set(expression, fresh);
  return fresh;
}

function spend(_node: unknown, _input: unknown, environment: jsonata.Environment): Promise<void> | undefined {
  const budget = environment.lookup(BUDGET) as Budget;
  if (++budget.steps > MAX_STEPS || ++budget.depth > MAX_DEPTH) {
    throw new Error('The expression takes too long or nests too deep.');
  }
  return (environment.lookup(PAUSE) as (() => Promise<void> | undefined) | undefined)?.();
}

function leave(_node: unknown, _input: unknown, environment: jsonata.Environment): void {
  (environment.lookup(BUDGET) as Budget).depth--;
}

function problem(error: unknown): string {
  if (typeof error !== 'object' || error === null) return String(error);
  const { code, message } = error as { readonly code?: unknown; readonly message?: unknown };
  const text = typeof message === 'string' ? message : 'The evaluation failed.';
  return typeof code === 'string' ? `${code}: ${text}` : text;
}

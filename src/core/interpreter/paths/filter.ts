import { isSame } from '../data/equal.ts';
import { isJsonArray, isJsonObject, type Json } from '../json.ts';
import { valueAt, type Step } from './steps.ts';

/** What stands in `[?( … )]`. */
export type Filter =
  | { readonly kind: 'any' | 'all'; readonly parts: readonly Filter[] }
  | { readonly kind: 'not'; readonly part: Filter }
  | { readonly kind: 'exists'; readonly operand: Operand }
  | { readonly kind: 'compare'; readonly left: Operand; readonly operator: Operator; readonly right: Operand };

export type Operand =
  | { readonly kind: 'here' | 'root'; readonly steps: readonly Step[] }
  | { readonly kind: 'value'; readonly value: Json }
  | { readonly kind: 'pattern'; readonly pattern: RegExp };

export type Operator =
  | '=='
  | '!='
  | '==='
  | '!=='
  | '<'
  | '<='
  | '>'
  | '>='
  | '=~'
  | 'in'
  | 'nin'
  | 'subsetof'
  | 'anyof'
  | 'noneof'
  | 'all'
  | 'contains'
  | 'size'
  | 'empty';

/** Whether an item passes a filter. What is not there equals nothing, and is therefore unequal to everything. */
export function passes(filter: Filter, item: Json, root: Json | undefined): boolean {
  switch (filter.kind) {
    case 'any':
      return filter.parts.some((part) => passes(part, item, root));
    case 'all':
      return filter.parts.every((part) => passes(part, item, root));
    case 'not':
      return !passes(filter.part, item, root);
    case 'exists':
      return exists(filter.operand, item, root);
    case 'compare':
      return compare(filter, item, root);
  }
}

function exists(operand: Operand, item: Json, root: Json | undefined): boolean {
  if (operand.kind === 'value') return operand.value === true;
  return operand.kind !== 'pattern' && valueOf(operand, item, root) !== undefined;
}

function valueOf(operand: Operand, item: Json, root: Json | undefined): Json | undefined {
  switch (operand.kind) {
    case 'value':
      return operand.value;
    case 'pattern':
      return undefined;
    case 'here':
      return valueAt(item, operand.steps, root);
    case 'root':
      return valueAt(root, operand.steps, root);
  }
}

function compare(filter: Extract<Filter, { kind: 'compare' }>, item: Json, root: Json | undefined): boolean {
  const { left, operator, right } = filter;
  if (operator === '=~') {
    const pattern = right.kind === 'pattern' ? right : left;
    const value = valueOf(right.kind === 'pattern' ? left : right, item, root);
    return pattern.kind === 'pattern' && value !== undefined && matches(pattern.pattern, value);
  }
  return COMPARISONS[operator](valueOf(left, item, root), valueOf(right, item, root));
}

function matches(pattern: RegExp, value: Json): boolean {
  if (isJsonArray(value)) return value.some((item) => matches(pattern, item));
  return pattern.test(typeof value === 'object' ? '' : String(value));
}

type Comparison = (left: Json | undefined, right: Json | undefined) => boolean;

/** Jayway takes a number and its text for the same. */
function equals(left: Json | undefined, right: Json | undefined): boolean {
  if (left === undefined || right === undefined) return false;
  if (typeof left === 'number' && typeof right === 'string') return right !== '' && left === Number(right);
  if (typeof left === 'string' && typeof right === 'number') return left === String(right);
  return isSame(left, right);
}

const strictlyEquals: Comparison = (left, right) => left !== undefined && isSame(left, right);

const ordered =
  (holds: (order: number) => boolean): Comparison =>
  (left, right) => {
    if (typeof left === 'number' && typeof right === 'number') return holds(left - right);
    const isText = (value: unknown): value is string | number => typeof value === 'string' || typeof value === 'number';
    if (!isText(left) || !isText(right)) return false;
    const [a, b] = [String(left), String(right)];
    return holds(a < b ? -1 : a > b ? 1 : 0);
  };

const has = (list: Json | undefined, item: Json | undefined): boolean =>
  isJsonArray(list) && list.some((other) => equals(item, other));

const COMPARISONS: Readonly<Record<Exclude<Operator, '=~'>, Comparison>> = {
  '==': equals,
  '!=': (left, right) => !equals(left, right),
  '===': strictlyEquals,
  '!==': (left, right) => !strictlyEquals(left, right),
  '<': ordered((order) => order < 0),
  '<=': ordered((order) => order <= 0),
  '>': ordered((order) => order > 0),
  '>=': ordered((order) => order >= 0),
  in: (left, right) => has(right, left),
  nin: (left, right) => !has(right, left),
  subsetof: (left, right) => isJsonArray(left) && left.every((item) => has(right, item)),
  anyof: (left, right) => isJsonArray(left) && left.some((item) => has(right, item)),
  noneof: (left, right) => isJsonArray(left) && !left.some((item) => has(right, item)),
  all: (left, right) => isJsonArray(left) && isJsonArray(right) && right.every((item) => has(left, item)),
  contains: (left, right) =>
    typeof left === 'string' && typeof right === 'string' ? left.includes(right) : has(left, right),
  size: (left, right) => sizeOf(left) === right,
  empty: (left, right) => sizeOf(left) !== undefined && (sizeOf(left) === 0) === right,
};

function sizeOf(value: Json | undefined): number | undefined {
  if (typeof value === 'string' || isJsonArray(value)) return value.length;
  return isJsonObject(value) ? Object.keys(value).length : undefined;
}

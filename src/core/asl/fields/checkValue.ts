import type { Node } from '../../language/tree.ts';
import { anyOf, quote } from '../describe.ts';
import { INTRINSICS, looksLikeIntrinsic, parseIntrinsic } from '../expressions/intrinsics.ts';
import { parsePath } from '../expressions/jsonPath.ts';
import { isOpaque } from '../model.ts';
import { isTimestamp } from '../timestamp.ts';
import type { PathUse, PayloadRoot, ValueSpec } from './spec.ts';
import { isExpression } from './visit.ts';

/** What a value should be, as the end of "X must be …"; undefined where it is right. */
export function expectedValue(spec: ValueSpec, node: Node, isJsonata: boolean): string | undefined {
  if (isOpaque(node)) return undefined;
  const orExpression = 'expression' in spec && isJsonata ? ' or a JSONata expression "{% … %}"' : '';
  if (orExpression !== '' && node.kind === 'string' && isExpression(node.value)) return undefined;
  const expected = check(spec, node, isJsonata);
  return expected === undefined ? undefined : expected + orExpression;
}

function check(spec: ValueSpec, node: Node, isJsonata: boolean): string | undefined {
  switch (spec.kind) {
    case 'any':
      return undefined;
    case 'text':
      return node.kind === 'string' ? undefined : 'a string';
    case 'boolean':
      return node.kind === 'boolean' ? undefined : 'true or false, without quotes';
    case 'integer':
    case 'number':
      return checkNumber(spec, node);
    case 'word':
      if (node.kind === 'string' && spec.words.includes(node.value)) return undefined;
      return anyOf(spec.words.map((word) => `"${word}"`));
    case 'timestamp':
      if (node.kind === 'string' && isTimestamp(node.value)) return undefined;
      return 'an RFC3339 timestamp such as "2026-03-14T01:59:00Z"';
    case 'payload':
      return checkPayload(spec.root, node, isJsonata);
    case 'object':
      return node.kind === 'object' ? undefined : 'an object';
    case 'list':
      return node.kind === 'array' ? undefined : 'an array';
    case 'path':
      return checkPath(spec.use, node);
  }
}

function checkNumber(spec: ValueSpec & { readonly min: number; readonly max: number }, node: Node): string | undefined {
  const { min, max } = spec;
  const isWhole = spec.kind === 'integer';
  if (node.kind === 'number' && node.value >= min && node.value <= max && (!isWhole || Number.isInteger(node.value))) {
    return undefined;
  }
  const kind = isWhole ? 'a whole number' : 'a number';
  if (min === -Infinity) return kind;
  const isOpen = max === Infinity || max === Number.MAX_SAFE_INTEGER;
  return isOpen ? `${kind}, at least ${min}` : `${kind} from ${min} to ${max}`;
}

function checkPayload(root: PayloadRoot, node: Node, isJsonata: boolean): string | undefined {
  if (root === 'any' || node.kind === 'object') return undefined;
  if (root === 'items') {
    if (node.kind === 'array' || (node.kind === 'string' && isExpression(node.value))) return undefined;
    return 'an array, an object or a JSONata expression "{% … %}"';
  }
  if (isJsonata && node.kind === 'string' && isExpression(node.value)) return 'an object with expressions in it';
  return 'an object';
}

function checkPath(use: PathUse, node: Node): string | undefined {
  if (node.kind === 'null' && (use === 'inputOutput' || use === 'result')) return undefined;
  const name = PATH_NAMES[use];
  if (node.kind !== 'string') return name;
  const { value } = node;
  if (looksLikeIntrinsic(value)) return checkIntrinsic(use, value);
  const path = parsePath(value);
  if (path.error !== undefined) return `${name} (${path.error.message.replace(/\.$/, '')})`;
  switch (use) {
    case 'inputOutput':
    case 'items':
    case 'textOrIntrinsic':
      return undefined;
    case 'reference':
    case 'variable':
      return path.isReference ? undefined : `${name}: no "*", "..", filters, slices or functions`;
    case 'result':
      if (path.root !== '$') return `${name}: neither the context object nor a variable can be written to`;
      return path.isReference ? undefined : `${name}: no "*", "..", filters, slices or functions`;
    case 'inputReference':
      if (path.root === '$$') return `${name}: the context object is refused here`;
      return path.isReference ? undefined : `${name}: no "*", "..", filters, slices or functions`;
  }
}

function checkIntrinsic(use: PathUse, value: string): string | undefined {
  if (use !== 'textOrIntrinsic') return `${PATH_NAMES[use]}, not an intrinsic function`;
  const call = parseIntrinsic(value);
  if ('error' in call) return `${PATH_NAMES[use]} (${call.error.message.replace(/\.$/, '')})`;
  return INTRINSICS[call.name]?.returnsText === true
    ? undefined
    : `${PATH_NAMES[use]}, and ${quote(call.name)} returns no string`;
}

const PATH_NAMES: Readonly<Record<PathUse, string>> = {
  inputOutput: 'a path such as "$.detail", or null',
  result: 'a reference path such as "$.result", or null',
  items: 'a path such as "$.items"',
  reference: 'a reference path such as "$.wait.seconds"',
  inputReference: 'a reference path such as "$.limits.count"',
  variable: 'a reference path such as "$.status"',
  textOrIntrinsic: 'a path such as "$.message", or an intrinsic function that returns a string',
};

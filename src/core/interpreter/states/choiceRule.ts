import { parseTimestamp } from '../data/timestamp.ts';
import { objectField, objectsField, textField } from '../fields.ts';
import type { Json, JsonObject } from '../json.ts';
import { runtimeError } from '../stateError.ts';
import type { Visit } from '../visit.ts';

/** Whether a JSONPath choice rule holds for the state's effective input. Comparing values of other types gives false. */
export function holds(rule: JsonObject, visit: Visit, data: Json): boolean {
  if (rule['And'] !== undefined) return objectsField(rule, 'And').every((part) => holds(part, visit, data));
  if (rule['Or'] !== undefined) return objectsField(rule, 'Or').some((part) => holds(part, visit, data));
  const negated = objectField(rule, 'Not');
  if (negated) return !holds(negated, visit, data);
  const path = textField(rule, 'Variable');
  if (path === undefined) throw runtimeError("A choice rule has no 'Variable'.");
  const operator = Object.keys(rule).find(
    (name) => COMPARISON.test(name) || name in TYPE_TESTS || name === 'IsPresent',
  );
  if (operator === undefined) throw runtimeError('A choice rule has no comparison operator.');
  const value = visit.read(path, { data });
  if (operator === 'IsPresent') return (value !== undefined) === rule[operator];
  if (value === undefined) throw invalidPath(path);
  const test = TYPE_TESTS[operator];
  if (test) return test(value) === rule[operator];
  return compare(operator, value, expected(rule, operator, { visit, data }));
}

const COMPARISON =
  /^(String|Numeric|Timestamp)(Equals|LessThan|GreaterThan|LessThanEquals|GreaterThanEquals)(Path)?$|^BooleanEquals(Path)?$|^StringMatches$/;

const TYPE_TESTS: Readonly<Record<string, (value: Json) => boolean>> = {
  IsNull: (value) => value === null,
  IsString: (value) => typeof value === 'string',
  IsNumeric: (value) => typeof value === 'number',
  IsBoolean: (value) => typeof value === 'boolean',
  IsTimestamp: (value) => typeof value === 'string' && parseTimestamp(value) !== undefined,
};

function invalidPath(path: string): Error {
  return runtimeError(`Invalid path '${path}': The choice state's condition path references an invalid value.`);
}

function expected(rule: JsonObject, operator: string, given: { readonly visit: Visit; readonly data: Json }): Json {
  const value = rule[operator] ?? null;
  if (!operator.endsWith('Path')) return value;
  const path = typeof value === 'string' ? value : '';
  const found = given.visit.read(path, { data: given.data });
  if (found === undefined) throw invalidPath(path);
  return found;
}

function compare(operator: string, value: Json, other: Json): boolean {
  if (operator === 'StringMatches') {
    return typeof value === 'string' && typeof other === 'string' && matchesWildcard(value, other);
  }
  const [, kind = '', relation = ''] = /^(String|Numeric|Timestamp|Boolean)(.*?)(?:Path)?$/.exec(operator) ?? [];
  const a = comparable(kind, value);
  const b = comparable(kind, other);
  if (a === undefined || b === undefined) return false;
  switch (relation) {
    case 'Equals':
      return a === b;
    case 'LessThan':
      return a < b;
    case 'GreaterThan':
      return a > b;
    case 'LessThanEquals':
      return a <= b;
    default:
      return a >= b;
  }
}

function comparable(kind: string, value: Json): string | number | boolean | undefined {
  switch (kind) {
    case 'String':
      return typeof value === 'string' ? value : undefined;
    case 'Numeric':
      return typeof value === 'number' ? value : undefined;
    case 'Timestamp':
      return typeof value === 'string' ? parseTimestamp(value) : undefined;
    default:
      return typeof value === 'boolean' ? value : undefined;
  }
}

const ANY_TEXT = Symbol('*');

/**
 * StringMatches: `*` in the pattern stands for any text, `\\*` and `\\\\` for themselves. After a mismatch only the last star
 * takes one character more, so the time grows with the lengths, not with the number of stars.
 */
function matchesWildcard(text: string, pattern: string): boolean {
  const parts = [...pattern.matchAll(/\\([*\\])|[\s\S]/g)].map((part) =>
    part[0] === '*' ? ANY_TEXT : (part[1] ?? part[0]),
  );
  let at = 0;
  let part = 0;
  let retry: { part: number; at: number } | undefined;
  while (at < text.length) {
    if (parts[part] === ANY_TEXT) {
      retry = { part: ++part, at };
    } else if (parts[part] === text.charAt(at)) {
      part++;
      at++;
    } else if (retry) {
      part = retry.part;
      at = ++retry.at;
    } else {
      return false;
    }
  }
  return parts.slice(part).every((left) => left === ANY_TEXT);
}

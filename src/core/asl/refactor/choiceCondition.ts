import { parsePath } from '../expressions/jsonPath.ts';
import { Inexact } from './inexact.ts';
import { expression, select, toExpression, type JsonataValue } from './jsonataValue.ts';
import { isPlainObject, type Plain } from './plainValue.ts';
import { translatePath } from './pathToJsonata.ts';

type Rule = { readonly [name: string]: Plain };

const RELATIONS: Readonly<Record<string, string>> = {
  Equals: '=',
  LessThan: '<',
  LessThanEquals: '<=',
  GreaterThan: '>',
  GreaterThanEquals: '>=',
};
const TYPE_OF: Readonly<Record<string, string>> = { String: 'string', Numeric: 'number', Boolean: 'boolean' };
const TYPE_TESTS: Readonly<Record<string, string>> = {
  IsNull: 'null',
  IsString: 'string',
  IsNumeric: 'number',
  IsBoolean: 'boolean',
};

/** The test of a JSONPath choice rule as a JSONata condition. Throws `Inexact`. */
export function toCondition(rule: Rule, data: JsonataValue): string {
  if (rule['And'] !== undefined) return joined(rule['And'], 'and', data);
  if (rule['Or'] !== undefined) return joined(rule['Or'], 'or', data);
  if (rule['Not'] !== undefined) {
    if (!isPlainObject(rule['Not'])) throw new Inexact('A rule is not complete.');
    return `$not(${toCondition(rule['Not'], data)})`;
  }
  const path = rule['Variable'];
  if (typeof path !== 'string') throw new Inexact('A rule has no Variable.');
  const [operator, other] = Object.entries(rule).find(([name]) =>
    /^(?:Is|String|Numeric|Boolean|Timestamp)/.test(name),
  ) ?? ['', null];
  if (operator === 'IsPresent') return negatedIf(other === false, present(path, data));
  const value = toExpression(translatePath(path, data));
  const type = TYPE_TESTS[operator];
  if (type !== undefined) return negatedIf(other === false, `$type(${value}) = "${type}"`);
  if (operator === 'StringMatches' && typeof other === 'string') return matches(value, other);
  return comparison(operator, value, { other, data });
}

function joined(parts: Plain, word: 'and' | 'or', data: JsonataValue): string {
  if (!Array.isArray(parts) || parts.length === 0) throw new Inexact('A rule is not complete.');
  const conditions = (parts as readonly Plain[]).map((part) => {
    if (!isPlainObject(part)) throw new Inexact('A rule is not complete.');
    return toCondition(part, data);
  });
  return `(${conditions.join(` ${word} `)})`;
}

function negatedIf(isNegated: boolean, condition: string): string {
  return isNegated ? `$not(${condition})` : condition;
}

/** JSONata looks into arrays on the way, a JSONPath does not. */
function present(text: string, data: JsonataValue): string {
  const path = parsePath(text);
  const whole = toExpression(translatePath(text, data));
  if (path.error !== undefined || path.root === '$$') return `$exists(${whole})`;
  const root = path.root === '$' ? data : expression(`$${path.root.variable}`);
  if (path.steps.length === 0) return `$exists(${whole})`;
  const guards = path.steps.map((step, index) => {
    if (typeof step !== 'string') throw new Inexact('IsPresent of an index has no exact counterpart.');
    const before = path.steps.slice(0, index).filter((one) => one !== undefined);
    return `$type(${toExpression(select(root, before))}) = "object"`;
  });
  return `(${guards.join(' and ')} and $exists(${whole}))`;
}

function comparison(
  operator: string,
  value: string,
  { other, data }: { readonly other: Plain; readonly data: JsonataValue },
): string {
  const [, kind = '', relation = '', path] = /^(String|Numeric|Boolean)(\w+?)(Path)?$/.exec(operator) ?? [];
  const type = TYPE_OF[kind];
  const sign = RELATIONS[relation];
  if (type === undefined || sign === undefined) {
    throw new Inexact(`${operator || 'A test'} has no counterpart in JSONata that gives the same for every value.`);
  }
  if (path === undefined) {
    // Values of other types are not equal, but they cannot be put in order.
    const test = `${value} ${sign} ${JSON.stringify(other)}`;
    return sign === '=' ? test : `($type(${value}) = "${type}" and ${test})`;
  }
  if (typeof other !== 'string') throw new Inexact(`${operator} is no path.`);
  const right = toExpression(translatePath(other, data));
  const both =
    sign === '=' ? `$type(${value}) = "${type}"` : `$type(${value}) = "${type}" and $type(${right}) = "${type}"`;
  return `(${both} and ${value} ${sign} ${right})`;
}

/** `*` stands for any text, `\\*` for a star. */
function matches(value: string, pattern: string): string {
  const source = [...pattern.matchAll(/\\([*\\])|[^]/g)]
    .map(([whole, escaped]) => (whole === '*' ? '[^]*' : (escaped ?? whole).replace(/[$()*+./?[\\\]^{|}]/, '\\$&')))
    .join('');
  if (/[\r\n]/.test(source)) throw new Inexact('A pattern with a line break cannot be written in JSONata.');
  return `($type(${value}) = "string" and $contains(${value}, /^${source.replaceAll('[^]', '[\\s\\S]')}$/))`;
}

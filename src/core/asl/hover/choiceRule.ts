import type { Node, ObjectNode } from '../../language/tree.ts';
import { COMPARISONS } from '../fields/operators.ts';
import { isExpression } from '../fields/visit.ts';
import { codeSpan } from './markdown.ts';

const ORDERINGS: Readonly<Record<string, string>> = {
  Equals: 'is',
  LessThan: 'is less than',
  GreaterThan: 'is greater than',
  LessThanEquals: 'is at most',
  GreaterThanEquals: 'is at least',
};

const TESTS: Readonly<Record<string, string>> = {
  IsNull: 'null',
  IsPresent: 'there',
  IsNumeric: 'a number',
  IsString: 'a string',
  IsBoolean: 'a boolean',
  IsTimestamp: 'a timestamp',
};

/** A Choice rule in words: `$.count is at least 5, and not ($.day is there)`. Undefined where it is not whole yet. */
export function describeRule(rule: ObjectNode): string | undefined {
  const condition = rule.get('Condition');
  if (condition?.kind === 'string' && isExpression(condition.value))
    return codeSpan(condition.value.slice(2, -2).trim());
  for (const [connective, word] of [
    ['And', ' and '],
    ['Or', ' or '],
  ] as const) {
    const list = rule.get(connective);
    if (list?.kind !== 'array') continue;
    const parts = list.items.map((item) => (item.kind === 'object' ? nested(item) : undefined));
    return parts.length === 0 || parts.includes(undefined) ? undefined : parts.join(word);
  }
  const negated = rule.get('Not');
  if (negated?.kind === 'object') {
    const inner = describeRule(negated);
    return inner && `not (${inner})`;
  }
  return describeComparison(rule);
}

function nested(rule: ObjectNode): string | undefined {
  const words = describeRule(rule);
  return rule.has('And') || rule.has('Or') ? words && `(${words})` : words;
}

function describeComparison(rule: ObjectNode): string | undefined {
  const variable = rule.get('Variable');
  const operator = rule.properties.find(({ key }) => Object.hasOwn(COMPARISONS, key.value));
  if (variable?.kind !== 'string' || operator === undefined) return undefined;
  const subject = codeSpan(variable.value);
  const name = operator.key.value;
  const { value } = operator;
  const test = TESTS[name];
  if (test !== undefined)
    return value.kind === 'boolean' ? `${subject} is ${value.value ? '' : 'not '}${test}` : undefined;
  if (name === 'StringMatches') return `${subject} fits the pattern ${operandOf(value)}`;
  const parts = /^(String|Numeric|Timestamp|Boolean)(.*?)(Path)?$/.exec(name);
  const ordering = ORDERINGS[parts?.[2] ?? ''];
  if (ordering === undefined) return undefined;
  const isTime = parts?.[1] === 'Timestamp';
  const words = isTime ? ordering.replace('less than', 'before').replace('greater than', 'after') : ordering;
  return `${subject} ${words} ${operandOf(value)}`;
}

function operandOf(value: Node): string {
  return value.kind === 'string' || value.kind === 'number' || value.kind === 'boolean'
    ? codeSpan(JSON.stringify(value.value).replace(/^"(\$[^"]*)"$/, '$1'))
    : '…';
}

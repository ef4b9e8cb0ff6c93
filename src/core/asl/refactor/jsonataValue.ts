import { Inexact } from './inexact.ts';
import { isPlainObject, type Plain } from './plainValue.ts';

/** A value of a JSONata state: an expression, or JSON with expressions in `{% … %}` in it. */
export type JsonataValue =
  { readonly kind: 'expression'; readonly text: string } | { readonly kind: 'template'; readonly json: Plain };

export function expression(text: string): JsonataValue {
  return { kind: 'expression', text };
}

/** A value as a field of a state holds it. */
export function toField(value: JsonataValue): Plain {
  return value.kind === 'expression' ? `{% ${value.text} %}` : value.json;
}

/** A value inside a larger expression. */
export function toExpression(value: JsonataValue): string {
  return value.kind === 'expression' ? value.text : jsonExpression(value.json);
}

/** What stands at reference steps below a value. Throws `Inexact` where a template has nothing there. */
export function select(value: JsonataValue, steps: readonly (string | number)[]): JsonataValue {
  const [first, ...rest] = steps;
  if (first === undefined) return value;
  if (value.kind === 'expression') {
    return expression(steps.reduce<string>((text, step) => text + stepText(step), value.text));
  }
  const { json } = value;
  if (typeof json === 'string') {
    const inner = innerExpression(json);
    if (inner !== undefined) return select(expression(isPath(inner) ? inner : `(${inner})`), steps);
  }
  const child =
    isPlainObject(json) && typeof first === 'string' && Object.hasOwn(json, first) ? json[first] : undefined;
  if (child === undefined) throw new Inexact(`Nothing is made that "${String(first)}" could be read from.`);
  return select({ kind: 'template', json: child }, rest);
}

/** The JSONata between `{%` and `%}`. */
function innerExpression(text: string): string | undefined {
  return /^\{% ([^]*) %\}$/.exec(text)?.[1];
}

function isPath(text: string): boolean {
  return /^\$[\w.$[\]`]*$/.test(text);
}

function stepText(step: string | number): string {
  if (typeof step === 'number') {
    if (step < 0) throw new Inexact('An index below 0 has no exact counterpart.');
    return `[${step}]`;
  }
  if (/^[A-Za-z_]\w*$/.test(step) && !/^(?:and|or|in|true|false|null|function)$/.test(step)) return `.${step}`;
  if (step.includes('`')) throw new Inexact('A name with a back quote cannot be written in JSONata.');
  return `.\`${step}\``;
}

function jsonExpression(json: Plain): string {
  if (typeof json === 'string') return innerExpression(json) ?? JSON.stringify(json);
  if (Array.isArray(json)) return `[${(json as readonly Plain[]).map(itemExpression).join(', ')}]`;
  if (isPlainObject(json)) {
    const members = Object.entries(json).map(([name, value]) => `${JSON.stringify(name)}: ${jsonExpression(value)}`);
    return `{${members.join(', ')}}`;
  }
  return JSON.stringify(json);
}

/** JSONata joins an array that an expression gives with the array around it. */
function itemExpression(json: Plain): string {
  if (typeof json === 'string' && innerExpression(json) !== undefined) {
    throw new Inexact('An expression in an array is joined with it where it gives an array.');
  }
  return jsonExpression(json);
}

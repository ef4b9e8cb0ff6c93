import { hasPlaceholder } from '../../language/placeholders.ts';
import { parsePath } from '../expressions/jsonPath.ts';
import { Inexact } from './inexact.ts';
import { expression, select, type JsonataValue } from './jsonataValue.ts';
import { isPlainObject, type Plain } from './plainValue.ts';

/** What a reference path reads, in JSONata. Throws `Inexact`. */
export function translatePath(text: string, data: JsonataValue): JsonataValue {
  if (hasPlaceholder(text)) throw new Inexact(`What "${text}" reads is not known before its placeholder is filled in.`);
  const path = parsePath(text);
  if (path.error !== undefined) throw new Inexact(`"${text}" is no path.`);
  const steps = path.steps.filter((step) => step !== undefined);
  if (!path.isReference || steps.length < path.steps.length) {
    throw new Inexact(`"${text}" selects with a wildcard, a slice or a filter, which JSONata does in another way.`);
  }
  if (path.root === '$') return select(data, steps);
  return select(expression(path.root === '$$' ? '$states.context' : `$${path.root.variable}`), steps);
}

/** A value that JSONata must take as it is. */
export function literal(json: Plain): Plain {
  if (typeof json === 'string' && json.includes('{%')) throw new Inexact('A text in it would be taken for JSONata.');
  if (Array.isArray(json)) return (json as readonly Plain[]).map(literal);
  if (!isPlainObject(json)) return json;
  return Object.fromEntries(Object.entries(json).map(([name, value]) => [name, literal(value)]));
}

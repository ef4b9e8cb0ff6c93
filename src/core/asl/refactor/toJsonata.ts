import { hasPlaceholder } from '../../language/placeholders.ts';
import { looksLikeIntrinsic, parseIntrinsic } from '../expressions/intrinsics.ts';
import { Inexact } from './inexact.ts';
import { translateCall } from './intrinsicToJsonata.ts';
import type { JsonataValue } from './jsonataValue.ts';
import { literal, translatePath } from './pathToJsonata.ts';
import { isPlainObject, type Plain } from './plainValue.ts';

/** What a JSONPath (`$` stands for `data`) or an intrinsic function reads, in JSONata. Throws `Inexact`. */
export function translate(text: string, data: JsonataValue): JsonataValue {
  if (hasPlaceholder(text)) throw new Inexact(`What "${text}" reads is not known before its placeholder is filled in.`);
  if (!looksLikeIntrinsic(text)) return translatePath(text, data);
  const call = parseIntrinsic(text);
  if ('error' in call) throw new Inexact(`"${text}" cannot be read.`);
  return translateCall(call, data);
}

/** A payload template: members that end in `.$` become expressions. */
export function translateTemplate(json: Plain, data: JsonataValue): JsonataValue {
  return { kind: 'template', json: translated(json, data) };
}

function translated(json: Plain, data: JsonataValue): Plain {
  if (Array.isArray(json)) return (json as readonly Plain[]).map((item) => translated(item, data));
  if (!isPlainObject(json)) return literal(json);
  return Object.fromEntries(
    Object.entries(json).map(([name, value]) => {
      if (!name.endsWith('.$')) return [name, translated(value, data)];
      if (typeof value !== 'string') throw new Inexact(`"${name}" is no text.`);
      const found = translate(value, data);
      return [name.slice(0, -2), found.kind === 'expression' ? `{% ${found.text} %}` : found.json];
    }),
  );
}

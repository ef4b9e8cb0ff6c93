import { isJsonArray, isJsonObject, type Json } from '../json.ts';

/** Fills each `{}` of a template with the next value; `\{`, `\}` and `\\` stand for themselves. Undefined: too few or too many values. */
export function fillTemplate(template: string, values: readonly Json[]): string | undefined {
  let used = 0;
  const filled = template.replace(/\\([{}\\])|\{\}/g, (_, escaped: string | undefined) => {
    if (escaped !== undefined) return escaped;
    return printed(values[used++] ?? null);
  });
  return used === values.length ? filled : undefined;
}

/** A value as AWS prints it inside Format: text bare, objects and arrays in Java's spelling `{a=1, b=[x, y]}`. */
function printed(value: Json): string {
  if (typeof value === 'string') return value;
  if (isJsonArray(value)) return `[${value.map(printed).join(', ')}]`;
  if (isJsonObject(value)) {
    return `{${Object.entries(value)
      .map(([name, member]) => `${name}=${printed(member)}`)
      .join(', ')}}`;
  }
  return JSON.stringify(value);
}

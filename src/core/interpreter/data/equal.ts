import { isJsonArray, isJsonObject, type Json } from '../json.ts';

/** Whether two JSON values are the same, whatever the order of their members. */
export function isSame(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true;
  if (isJsonArray(a)) return isJsonArray(b) && a.length === b.length && a.every((item, at) => isSame(item, b[at]));
  if (!isJsonObject(a) || !isJsonObject(b)) return false;
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length && names.every((name) => Object.hasOwn(b, name) && isSame(a[name], b[name]))
  );
}

/** The values without repetition, in order of first appearance. */
export function unique(values: readonly Json[]): Json[] {
  const seen = new Map<string, Json[]>();
  return values.filter((value) => {
    const key = typeof value === 'object' ? `${isJsonArray(value)}` : `${typeof value} ${value}`;
    const alike = seen.get(key) ?? [];
    if (alike.some((other) => isSame(value, other))) return false;
    seen.set(key, [...alike, value]);
    return true;
  });
}

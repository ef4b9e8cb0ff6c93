import type { Json } from '../json.ts';

/**
 * What a JSONata evaluation gave as plain JSON: its own marks on arrays are dropped, members without a value too.
 * Undefined stays undefined. Throws for functions and other values that JSON has no word for.
 */
export function toJson(value: unknown): Json | undefined {
  if (value === undefined || value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') {
    if (Number.isFinite(value)) return value;
    throw new Error('The result is not a finite number.');
  }
  if (Array.isArray(value)) return value.map((item) => toJson(item) ?? null);
  if (typeof value !== 'object' || '_jsonata_lambda' in value || '_jsonata_function' in value) {
    throw new Error('The result is a function.');
  }
  const plain: Record<string, Json> = {};
  for (const [name, member] of Object.entries(value)) {
    const json = toJson(member);
    if (json !== undefined)
      Object.defineProperty(plain, name, { value: json, enumerable: true, configurable: true, writable: true });
  }
  return plain;
}

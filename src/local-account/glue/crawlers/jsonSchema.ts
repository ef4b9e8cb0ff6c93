import { mergeColumns, mergeTypes, scalar, unknownType, type Column, type HiveType } from './hiveType.ts';

export interface JsonSchema {
  readonly columns: readonly Column[];
  readonly records: number;
}

/**
 * The columns of objects that stand one after the other, of an array of objects, or of one object; undefined for a text
 * that is none of these. What is cut off at the text's end is left out.
 */
export function jsonSchema(text: string): JsonSchema | undefined {
  const start = text.trimStart();
  if (!start.startsWith('{') && !start.startsWith('[')) return undefined;
  const records = [...recordsOf(start)];
  if (records.length === 0) return undefined;
  const objects = records.filter((record) => isObject(record));
  if (objects.length === 0) {
    const type = records.reduce<HiveType>((merged, record) => mergeTypes(merged, typeOf(record)), unknownType);
    return { columns: [{ name: 'array', type }], records: records.length };
  }
  const columns = objects.reduce<readonly Column[]>((merged, object) => mergeColumns(merged, columnsOf(object)), []);
  return { columns, records: objects.length };
}

function* recordsOf(text: string): Generator {
  const whole = tryParse(text);
  if (whole !== undefined) {
    if (Array.isArray(whole) && whole.every((item) => isObject(item))) yield* whole as unknown[];
    else yield whole;
    return;
  }
  for (const line of text.split('\n')) {
    const value = line.trim() === '' ? undefined : tryParse(line.trim().replace(/,$/, ''));
    if (value !== undefined) yield value;
  }
}

function tryParse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function columnsOf(object: Readonly<Record<string, unknown>>): readonly Column[] {
  return Object.entries(object).map(([name, value]) => ({ name: name.toLowerCase(), type: typeOf(value) }));
}

function typeOf(value: unknown): HiveType {
  switch (typeof value) {
    case 'string':
      return scalar('string');
    case 'boolean':
      return scalar('boolean');
    case 'number':
      if (!Number.isInteger(value)) return scalar('double');
      return scalar(Math.abs(value) < 2 ** 31 ? 'int' : 'bigint');
    default:
  }
  if (Array.isArray(value)) {
    const items = value as unknown[];
    const of = items.reduce<HiveType>((merged, item) => mergeTypes(merged, typeOf(item)), unknownType);
    return { kind: 'array', of };
  }
  if (!isObject(value)) return unknownType;
  return {
    kind: 'struct',
    fields: new Map(Object.entries(value).map(([name, inner]) => [name.toLowerCase(), typeOf(inner)])),
  };
}

/** A type of the Data Catalog, which spells them as Hive does. `unknown` is that of a value that is always null. */
export type HiveType =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'scalar'; readonly name: string }
  | { readonly kind: 'array'; readonly of: HiveType }
  | { readonly kind: 'map'; readonly key: HiveType; readonly value: HiveType }
  | { readonly kind: 'struct'; readonly fields: ReadonlyMap<string, HiveType> };

export interface Column {
  readonly name: string;
  readonly type: HiveType;
}

export const unknownType: HiveType = { kind: 'unknown' };

export function scalar(name: string): HiveType {
  return { kind: 'scalar', name };
}

/** As the catalog writes it: `array<struct<id:int,name:string>>`. */
export function hiveText(type: HiveType): string {
  switch (type.kind) {
    case 'unknown':
      return 'string';
    case 'scalar':
      return type.name;
    case 'array':
      return `array<${hiveText(type.of)}>`;
    case 'map':
      return `map<${hiveText(type.key)},${hiveText(type.value)}>`;
    case 'struct':
      return `struct<${[...type.fields].map(([name, field]) => `${name}:${hiveText(field)}`).join(',')}>`;
  }
}

const numbers = ['tinyint', 'smallint', 'int', 'bigint', 'float', 'double'];

/** The narrowest type that holds both; `string` where they have nothing in common. */
export function mergeTypes(left: HiveType, right: HiveType): HiveType {
  if (left.kind === 'unknown') return right;
  if (right.kind === 'unknown') return left;
  if (left.kind === 'array' && right.kind === 'array') return { kind: 'array', of: mergeTypes(left.of, right.of) };
  if (left.kind === 'struct' && right.kind === 'struct') {
    const columns = (fields: ReadonlyMap<string, HiveType>): Column[] =>
      [...fields].map(([name, type]) => ({ name, type }));
    const merged = mergeColumns(columns(left.fields), columns(right.fields));
    return { kind: 'struct', fields: new Map(merged.map(({ name, type }) => [name, type])) };
  }
  if (left.kind === 'scalar' && right.kind === 'scalar') {
    if (left.name === right.name) return left;
    const [a, b] = [numbers.indexOf(left.name), numbers.indexOf(right.name)];
    if (a >= 0 && b >= 0) return scalar(numbers[Math.max(a, b)] ?? 'double');
  }
  return hiveText(left) === hiveText(right) ? left : scalar('string');
}

/** The columns of both, those of `left` first, each with a type that holds both. */
export function mergeColumns(left: readonly Column[], right: readonly Column[]): readonly Column[] {
  const merged = new Map(left.map(({ name, type }) => [name, type]));
  for (const { name, type } of right) merged.set(name, mergeTypes(merged.get(name) ?? unknownType, type));
  return [...merged].map(([name, type]) => ({ name, type }));
}

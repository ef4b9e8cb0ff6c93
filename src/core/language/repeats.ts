import type { Node, Property, StringNode } from './tree.ts';

/** A name that an object has more than once: a later key of that name, and its first. */
export interface Repeat {
  readonly key: StringNode;
  readonly first: StringNode;
}

/** Names that an object has more than once; undefined where there are none, which is nearly always. */
export function findRepeats(properties: readonly Property[]): readonly Repeat[] | undefined {
  return properties.length > 16 ? amongMany(properties) : amongFew(properties);
}

function amongMany(properties: readonly Property[]): readonly Repeat[] | undefined {
  const firsts = new Map<string, Property>();
  let found: Repeat[] | undefined;
  for (const property of properties) {
    const first = firsts.get(property.name);
    if (first === undefined) firsts.set(property.name, property);
    else (found ??= []).push({ key: property.key, first: first.key });
  }
  return found;
}

/** Names are only compared where length and ends do not tell them apart already. */
function amongFew(properties: readonly Property[]): readonly Repeat[] | undefined {
  let seen = 0;
  let found: Repeat[] | undefined;
  for (const property of properties) {
    const { name } = property;
    const mark = 1 << ((name.length + name.charCodeAt(0) + name.charCodeAt(name.length - 1)) & 31);
    if ((seen & mark) !== 0) {
      const first = properties.find((other) => other.name === name);
      if (first !== undefined && first !== property) (found ??= []).push({ key: property.key, first: first.key });
    }
    seen |= mark;
  }
  return found;
}

/** The repeats in a value and all that is in it, outermost objects first. */
export function repeatsIn(node: Node): readonly Repeat[] {
  if ((node.kind !== 'object' && node.kind !== 'array') || !node.hasRepeats) return [];
  if (node.kind === 'array') return node.items.flatMap(repeatsIn);
  return [...(node.repeats ?? []), ...node.properties.flatMap(({ value }) => repeatsIn(value))];
}

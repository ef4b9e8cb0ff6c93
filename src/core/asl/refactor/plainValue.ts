import type { Node } from '../../language/tree.ts';
import { Inexact } from './inexact.ts';

export type Plain = null | boolean | number | string | readonly Plain[] | { readonly [name: string]: Plain };

/** The JSON value of a node. Throws `Inexact` where only the program or template around it knows it. */
export function plainOf(node: Node): Plain {
  switch (node.kind) {
    case 'object': {
      if (node.issues !== undefined || node.hasRepeats) throw new Inexact('Its syntax must be right first.');
      return Object.fromEntries(node.properties.map(({ key, value }) => [key.value, plainOf(value)]));
    }
    case 'array':
      if (node.issues !== undefined) throw new Inexact('Its syntax must be right first.');
      return node.items.map(plainOf);
    case 'string':
    case 'number':
    case 'boolean':
      return node.value;
    case 'null':
      return null;
    case 'unknown':
      throw new Inexact('A part of it is known only to the program or template around it.');
  }
}

export function isPlainObject(value: Plain | undefined): value is { readonly [name: string]: Plain } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

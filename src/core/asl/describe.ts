import type { Node, ObjectNode } from '../language/tree.ts';
import { quote } from '../language/words.ts';
import type { Scope } from './model.ts';

export { anyOf, didYouMean, quote } from '../language/words.ts';

/** What a value is, for messages: `a string`, `null`, `the number 0`. */
export function describeValue(node: Node): string {
  switch (node.kind) {
    case 'object':
      return 'an object';
    case 'array':
      return node.items.length === 0 ? 'an empty array' : 'an array';
    case 'string':
      return node.value === '' ? 'an empty string' : `the string ${quote(node.value)}`;
    case 'number':
      return `the number ${node.value}`;
    case 'boolean':
      return String(node.value);
    case 'null':
      return 'null';
    case 'unknown':
      return 'an unknown value';
  }
}

/** How a message calls a scope: `this state machine`, `this branch`, `this processor`. */
export function describeScope({ kind }: Scope): string {
  return kind === 'machine' ? 'this state machine' : `this ${kind}`;
}

/** The string value of a field, undefined where it is missing or no string. */
export function textField(node: ObjectNode, name: string): string | undefined {
  const value = node.get(name);
  return value?.kind === 'string' ? value.value : undefined;
}

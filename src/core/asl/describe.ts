import type { Node, ObjectNode } from '../language/tree.ts';
import type { Scope } from './model.ts';

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

/** In double quotes, shortened to what fits a line. */
export function quote(text: string): string {
  return `"${text.length > 60 ? `${text.slice(0, 57)}...` : text}"`;
}

/** `A, B or C`. */
export function anyOf(words: readonly string[], conjunction = 'or'): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} ${conjunction} ${words.at(-1) ?? ''}`;
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

export function didYouMean(suggestion: string | undefined): string {
  return suggestion === undefined ? '' : ` Did you mean "${suggestion}"?`;
}

import type { StringNode } from '../../language/tree.ts';
import type { Span, Spot } from './facts.ts';

/** The decoded text of a string from `from` to `to`, as a spot of the document that the string stands in. */
export function spotIn(node: StringNode, source: string, from = 0, to = node.value.length): Spot {
  const text = node.value.slice(from, to);
  const [start, end] = [node.at(from), from === to ? node.at(from) : node.endAt(to)];
  if (source.slice(start, end) === text) return { text, start, end, isLiteral: true };
  // Keys that a host put together know only where they begin, with their quotes.
  const at = source.slice(node.start, node.end).indexOf(text);
  if (at < 0 || text === '') return { text, start, end, isLiteral: false };
  return { text, start: node.start + at, end: node.start + at + text.length, isLiteral: true };
}

export function spanOf({ start, end }: Span): Span {
  return { start, end };
}

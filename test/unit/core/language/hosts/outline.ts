import { callOf } from '../../../../../src/core/language/hosts/program/reader.ts';
import type { Node } from '../../../../../src/core/language/tree.ts';

/** A node as a plain value, for comparison: `?` is unknown, `?name` a function or call. */
export function plain(node: Node | undefined): unknown {
  if (node === undefined) return undefined;
  switch (node.kind) {
    case 'object': {
      const entries = node.properties.map(({ key, value }) => [key.value, plain(value)] as const);
      return { ...Object.fromEntries(entries), ...(node.issues?.unclosed === true && { '…': true }) };
    }
    case 'array':
      return node.items.map(plain);
    case 'unknown':
      return `?${callOf(node)?.callee ?? node.tag}`;
    case 'null':
      return null;
    default:
      return node.value;
  }
}

/** The host text that a node stands at. */
export function sourceOf(text: string, node: Node | undefined): string | undefined {
  return node && text.slice(node.start, node.end);
}

/** For each unit of a string, the host text from there to where it ends. */
export function unitsOf(text: string, node: Node | undefined): string[] {
  if (node?.kind !== 'string') return [];
  return Array.from({ length: node.value.length }, (_, index) => text.slice(node.at(index), node.endAt(index + 1)));
}

/** Nodes below and with this one. */
export function* allNodes(node: Node): Generator<Node> {
  yield node;
  if (node.kind === 'array') for (const item of node.items) yield* allNodes(item);
  if (node.kind !== 'object') return;
  for (const { key, value } of node.properties) {
    yield key;
    yield* allNodes(value);
  }
}

import {
  ArrayNode,
  BooleanNode,
  NullNode,
  NumberNode,
  ObjectNode,
  property,
  StringNode,
  UnknownNode,
  type ContainerIssues,
  type Node,
} from '../../language/tree.ts';

/** What a host has in place of a node that it can read further; undefined for one that stays as it is. */
export type Reading = (node: Node) => Node | undefined;

/** A property of an object that is put together: places are offsets in the file. */
export interface Entry {
  readonly key: { readonly name: string; readonly start: number; readonly end: number };
  readonly value: Node;
}

/**
 * A copy of a node at its place in the file, relative to `base`: what hosts put together from blocks, calls and literals
 * becomes one tree, in which rules find their way as in JSON.
 */
export function standing(node: Node, base: number, read: Reading): Node {
  const as = read(node);
  if (as !== undefined) return standing(as, base, read);
  const { start } = node;
  const [offset, length] = [start - base, Math.max(0, node.end - start)];
  switch (node.kind) {
    case 'object': {
      const properties = node.properties.map(({ key, value }) =>
        property(
          new StringNode(key.start - start, key.end - key.start, key.value, key.encoded),
          standing(value, start, read),
        ),
      );
      return new ObjectNode(offset, length, properties, node.issues);
    }
    case 'array':
      return new ArrayNode(
        offset,
        length,
        node.items.map((item) => standing(item, start, read)),
        node.issues,
      );
    case 'string':
      return new StringNode(offset, length, node.value, node.encoded);
    case 'number':
      return new NumberNode(offset, length, node.value);
    case 'boolean':
      return new BooleanNode(offset, length, node.value);
    case 'null':
      return new NullNode(offset, length);
    case 'unknown':
      return new UnknownNode(offset, length, node.reason, node.tag);
  }
}

/** An object of entries that stand anywhere in the file; values are copied as `standing` does. */
export function standingObject(
  { start, end }: { readonly start: number; readonly end: number },
  entries: readonly Entry[],
  { read, base = 0, issues }: { readonly read: Reading; readonly base?: number; readonly issues?: ContainerIssues },
): ObjectNode {
  const properties = entries.map(({ key, value }) =>
    property(new StringNode(key.start - start, key.end - key.start, key.name, 0), standing(value, start, read)),
  );
  return new ObjectNode(start - base, end - start, properties, issues);
}

/** The properties of an object as entries of another one. */
export function entriesOf(node: ObjectNode): Entry[] {
  return node.properties.map(({ key, value }) => ({
    key: { name: key.value, start: key.start, end: key.end },
    value,
  }));
}

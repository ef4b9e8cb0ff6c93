import { Pieces } from '../pieces.ts';
import { placeholderFor } from '../placeholders.ts';
import { ArrayNode, ObjectNode, property, StringNode, UnknownNode, type ContainerNode, type Node } from '../tree.ts';

/** A function of a template: `{"Fn::GetAtt": ["Role", "Arn"]}`, `!Ref Role`. */
export interface Intrinsic {
  /** `Ref`, `Condition`, `Fn::Sub`: the long name, however it is written. */
  readonly name: string;
  readonly argument: Node;
}

const known = new WeakMap<Node, Intrinsic>();

/**
 * The function that a node of a template stands for. `Fn::Sub` and `Fn::Join` of texts are string nodes, all others
 * unknown nodes.
 */
export function intrinsicOf(node: Node): Intrinsic | undefined {
  return known.get(node);
}

/** The tree with each object that is a function as one node, to the same depth; other nodes are the same objects. */
export function resolveIntrinsics(node: Node): Node {
  if (node.kind === 'object') return functionNode(node) ?? objectNode(node);
  return node.kind === 'array' ? arrayNode(node) : node;
}

function objectNode(node: ObjectNode): Node {
  const values = node.properties.map(({ value }) => resolveIntrinsics(value));
  if (node.properties.every(({ value }, index) => value === values[index])) return node;
  const properties = node.properties.map(({ key, value }, index) => property(key, values[index] ?? value));
  return placed(new ObjectNode(node.offset, node.length, properties, node.issues), node);
}

function arrayNode(node: ArrayNode): Node {
  const items = node.items.map(resolveIntrinsics);
  if (items.every((item, index) => item === node.items[index])) return node;
  return placed(new ArrayNode(node.offset, node.length, items, node.issues), node);
}

function placed(node: ContainerNode, { parent, origin }: ContainerNode): Node {
  node.parent = parent;
  node.origin = origin;
  return node;
}

/** A Choice rule has a field Condition as well, which holds more than the logical name of a condition. */
function isConditionName(name: string, value: Node): boolean {
  return name === 'Condition' && value.kind === 'string' && /^[A-Za-z0-9]+$/.test(value.value);
}

function functionNode(node: ObjectNode): Node | undefined {
  const [property, second] = node.properties;
  if (property === undefined || second !== undefined) return undefined;
  const name = property.key.value;
  const isName = name === 'Ref' || isConditionName(name, property.value) || /^Fn::[A-Za-z]+$/.test(name);
  if (!isName) return undefined;
  const argument = resolveIntrinsics(property.value);
  // From here on the argument stands alone: where it lies follows the node that it is the argument of.
  const shift = property.value.offset;
  const result = textOf(name, argument, node, shift) ?? new UnknownNode(node.offset, node.length, 'intrinsic', name);
  result.parent = node.parent;
  result.origin = node.origin;
  argument.parent = undefined;
  argument.offset = 0;
  argument.origin = {
    toHost: (offset) => result.start + shift + offset,
  };
  known.set(result, { name, argument });
  return result;
}

/** `Fn::Sub` of a text, with or without its map, and `Fn::Join` of a list that is written out. */
function textOf(name: string, argument: Node, node: ObjectNode, shift: number): StringNode | undefined {
  if (name === 'Fn::Sub') return subText(argument, node, shift);
  if (name !== 'Fn::Join' || argument.kind !== 'array') return undefined;
  const [delimiter, list] = argument.items;
  if (delimiter?.kind !== 'string' || list?.kind !== 'array') return undefined;
  const pieces = new Pieces();
  for (const [index, item] of list.items.entries()) {
    const start = shift + list.offset + item.offset;
    if (index > 0) pieces.encoded(delimiter.value, start, start);
    if (item.kind === 'string') pieces.string(item.value, item.encoded, start);
    else pieces.encoded(placeholderFor(describe(item)), start, start + item.length);
  }
  return new StringNode(node.offset, node.length, pieces.value, pieces.encoding(0));
}

function subText(argument: Node, node: ObjectNode, shift: number): StringNode | undefined {
  const text = argument.kind === 'array' ? argument.items[0] : argument;
  if (text?.kind !== 'string') return undefined;
  const start = argument.kind === 'array' ? shift + text.offset : shift;
  const pieces = new Pieces();
  pieces.string(text.value, text.encoded, start);
  return new StringNode(node.offset, node.length, text.value, pieces.encoding(0));
}

/** `Role.Arn` of `Fn::GetAtt`, `Role` of `Ref`, a word for all else. */
function describe(node: Node): string {
  const { name, argument } = known.get(node) ?? {};
  if (argument?.kind === 'string' && (name === 'Ref' || name === 'Fn::GetAtt')) return argument.value;
  if (name === 'Fn::GetAtt' && argument?.kind === 'array') {
    return argument.items.map((item) => (item.kind === 'string' ? item.value : '')).join('.');
  }
  return 'value';
}

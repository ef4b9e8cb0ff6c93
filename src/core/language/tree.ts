import type { EncodedText, Origin } from './encodedText.ts';
import { findRepeats, type Repeat } from './repeats.ts';

/**
 * The tree that every host (JSON, YAML, a template, a program) is read into. Offsets count UTF-16 units.
 * A node knows where it begins relative to its parent, so that an edit shifts whole subtrees by touching one number;
 * `start` and `end` are offsets in the host document. A node's own shape never changes once it is parsed: a node that
 * is still the same object after an edit has the same content, and what was computed from it stays true.
 */
export type Node = ObjectNode | ArrayNode | StringNode | NumberNode | BooleanNode | NullNode | UnknownNode;
export type ContainerNode = ObjectNode | ArrayNode;

// There are hundreds of thousands of nodes in a large document. Fields are declared only and assigned in one constructor,
// because fields with initializers cost several times as much.
abstract class TreeNode {
  declare readonly kind: string;
  declare parent: ContainerNode | undefined;
  /** Where the text of an embedded tree lies in its host; only on roots. */
  declare origin: Origin | undefined;
  /** Relative to the parent's start; for a root, to the text it was parsed from. */
  declare offset: number;
  declare readonly length: number;

  constructor(kind: string, offset: number, length: number) {
    this.kind = kind;
    this.parent = undefined;
    this.origin = undefined;
    this.offset = offset;
    this.length = length;
  }

  get start(): number {
    return hostOffset(this, 0);
  }

  get end(): number {
    return hostEnd(this, this.length);
  }
}

export class ObjectNode extends TreeNode {
  declare readonly kind: 'object';
  declare readonly properties: readonly Property[];
  declare readonly issues: ContainerIssues | undefined;
  declare private byName: Map<string, Property> | undefined;

  /** Levels of containers in it, itself included. */
  declare readonly height: number;
  declare readonly repeats: readonly Repeat[] | undefined;
  /** Whether it or an object in it has a name more than once. */
  declare readonly hasRepeats: boolean;
  /** What a language made of it and keeps as long as the node: nothing where it made nothing. */
  declare meaning: object | undefined;

  constructor(offset: number, length: number, properties: readonly Property[], issues: ContainerIssues | undefined) {
    super('object', offset, length);
    this.properties = properties;
    this.issues = issues;
    this.repeats = findRepeats(properties);
    let hasRepeats = this.repeats !== undefined;
    let height = 0;
    for (const { key, value } of properties) {
      key.parent = this;
      value.parent = this;
      if (value.kind !== 'object' && value.kind !== 'array') continue;
      if (value.height > height) height = value.height;
      if (value.hasRepeats) hasRepeats = true;
    }
    this.hasRepeats = hasRepeats;
    this.height = height + 1;
    this.byName = undefined;
    this.meaning = undefined;
  }

  /** The property of this name; of several, the last, which is the one that JSON readers keep. */
  property(name: string): Property | undefined {
    const { properties } = this;
    if (properties.length > 16) {
      this.byName ??= new Map(properties.map((property) => [property.key.value, property]));
      return this.byName.get(name);
    }
    for (let index = properties.length - 1; index >= 0; index--) {
      const property = properties[index];
      if (property?.key.value === name) return property;
    }
    return undefined;
  }

  get(name: string): Node | undefined {
    return this.property(name)?.value;
  }

  has(name: string): boolean {
    return this.property(name) !== undefined;
  }
}

export interface Property {
  readonly key: StringNode;
  /** An UnknownNode of length 0 where nothing has been typed yet. */
  readonly value: Node;
}

export class ArrayNode extends TreeNode {
  declare readonly kind: 'array';
  declare readonly items: readonly Node[];
  declare readonly issues: ContainerIssues | undefined;
  declare readonly height: number;
  declare readonly hasRepeats: boolean;

  constructor(offset: number, length: number, items: readonly Node[], issues: ContainerIssues | undefined) {
    super('array', offset, length);
    this.items = items;
    this.issues = issues;
    let hasRepeats = false;
    let height = 0;
    for (const item of items) {
      item.parent = this;
      if (item.kind !== 'object' && item.kind !== 'array') continue;
      if (item.height > height) height = item.height;
      if (item.hasRepeats) hasRepeats = true;
    }
    this.hasRepeats = hasRepeats;
    this.height = height + 1;
  }
}

export class StringNode extends TreeNode {
  declare readonly kind: 'string';
  declare readonly value: string;
  declare readonly encoded: EncodedText | number;

  /** `encoded` says where each unit of `value` stands in the host text; a number when they follow one another. */
  constructor(offset: number, length: number, value: string, encoded: EncodedText | number) {
    super('string', offset, length);
    this.value = value;
    this.encoded = encoded;
  }

  /** The host offset of the unit at `index` of the decoded value, escapes and folded lines included. */
  at(index: number): number {
    const clamped = Math.max(0, Math.min(index, this.value.length));
    const relative = typeof this.encoded === 'number' ? this.encoded + clamped : this.encoded.sourceIndex(clamped);
    return hostOffset(this, relative);
  }

  /** The host offset after the unit before `index`, which is not where the next one begins if the pieces stand apart. */
  endAt(index: number): number {
    const clamped = Math.max(0, Math.min(index, this.value.length));
    const relative = typeof this.encoded === 'number' ? this.encoded + clamped : this.encoded.sourceEnd(clamped);
    return hostEnd(this, relative);
  }
}

export class NumberNode extends TreeNode {
  declare readonly kind: 'number';
  declare readonly value: number;
  constructor(offset: number, length: number, value: number) {
    super('number', offset, length);
    this.value = value;
  }
}

export class BooleanNode extends TreeNode {
  declare readonly kind: 'boolean';
  declare readonly value: boolean;
  constructor(offset: number, length: number, value: boolean) {
    super('boolean', offset, length);
    this.value = value;
  }
}

export class NullNode extends TreeNode {
  declare readonly kind: 'null';

  constructor(offset: number, length: number) {
    super('null', offset, length);
  }
}

/**
 * A value that cannot be known from the text: nothing typed yet (`missing`), a placeholder such as `${Timeout}`, an
 * intrinsic of the host (`!Ref`, a variable, a call), or text that is no value (`invalid`, which has its own problem).
 * Rules take it as "any value".
 */
export class UnknownNode extends TreeNode {
  declare readonly kind: 'unknown';
  declare readonly reason: 'missing' | 'placeholder' | 'intrinsic' | 'invalid' | 'too-deep' | 'too-large';
  declare readonly tag: string;

  constructor(
    offset: number,
    length: number,
    reason: 'missing' | 'placeholder' | 'intrinsic' | 'invalid' | 'too-deep' | 'too-large',
    tag = '',
  ) {
    super('unknown', offset, length);
    this.reason = reason;
    this.tag = tag;
  }
}

/** What is wrong with the text of a container, offsets relative to its start. Nested containers carry their own. */
export interface ContainerIssues {
  readonly own: readonly SyntaxIssue[];
  /** Whether a container inside has issues. */
  readonly nested: boolean;
  /** Whether the text ended before its closing bracket, or a spread brings in more: what is missing may be there. */
  readonly unclosed: boolean;
}

/** The issues of a container with a spread (`**base`, `...base`): nothing is wrong, but more may be in it. */
export const SPREAD: ContainerIssues = { own: [], nested: false, unclosed: true };

export interface SyntaxIssue {
  readonly code: SyntaxCode;
  readonly offset: number;
  readonly length: number;
  readonly message: string;
}

export type SyntaxCode = 'syntax' | 'comment' | 'trailing-comma' | 'too-deep' | 'documents';

export interface Tree {
  readonly text: string;
  readonly format: 'json' | 'yaml';
  readonly root: Node;
  /** What is wrong outside the root, offsets in the text. */
  readonly issues: readonly SyntaxIssue[];
  /** Whether parts of the text stand for others (anchors and aliases of YAML), so that none can be read by itself. */
  readonly isEntangled?: boolean;
  /** Where the tree is a part of a text of another kind: how it is written there. */
  readonly part?: TreePart;
}

export interface TreePart {
  /** How the nodes are written. */
  readonly syntax: 'json' | 'yaml' | 'python' | 'javascript' | 'terraform';
  /** Where they are not written in the host's syntax but as a text in one of its strings. */
  readonly embedded?: EmbeddedText;
}

export interface EmbeddedText {
  /** What was parsed: the string as the host decodes it. */
  readonly text: string;
  /** The string in the host, and the syntax that it is written in. */
  readonly string: StringNode;
  readonly host: TreePart['syntax'];
}

/** The host offset of the place `within` units after a node's start. */
function hostOffset(node: Node | TreeNode, within: number): number {
  let offset = within;
  let current: TreeNode = node;
  for (;;) {
    offset += current.offset;
    if (current.parent === undefined) break;
    current = current.parent;
  }
  const { origin } = current;
  return origin === undefined ? offset : origin.toHost(offset);
}

/** As `hostOffset`, for the end of what stands before the place. */
function hostEnd(node: TreeNode, within: number): number {
  const { offset, origin } = ownOffset(node);
  if (origin === undefined) return offset + within;
  return origin.toHostEnd === undefined ? origin.toHost(offset + within) : origin.toHostEnd(offset + within);
}

/** Where a node starts in the text that its tree was parsed from, and where that text lies in the host. */
export function ownOffset(node: Pick<TreeNode, 'offset' | 'parent' | 'origin'>): {
  readonly offset: number;
  readonly origin: Origin | undefined;
} {
  let { offset, origin } = node;
  for (let up = node.parent; up !== undefined; up = up.parent) {
    offset += up.offset;
    ({ origin } = up);
  }
  return { offset, origin };
}

/** A node's children in the order of the text, keys included. */
export function* childrenOf(node: Node): Generator<Node> {
  if (node.kind === 'object') {
    for (const { key, value } of node.properties) {
      yield key;
      yield value;
    }
  } else if (node.kind === 'array') yield* node.items;
}

/** The property whose value (or key) this node is. */
export function propertyOf(node: Node): Property | undefined {
  const { parent } = node;
  if (parent?.kind !== 'object') return undefined;
  const { properties } = parent;
  let low = 0;
  let high = properties.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((properties[middle]?.key.offset ?? 0) <= node.offset) low = middle;
    else high = middle - 1;
  }
  const isIt = ({ key, value }: Property): boolean => key === node || value === node;
  const found = properties[low];
  // What a merge brought in does not stand in the order of the text.
  return found !== undefined && isIt(found) ? found : properties.find(isIt);
}

/** Names and indexes from the root to the node: `['States', 'Load', 'Retry', 0]`. A key has its value's path. */
export function pathOf(node: Node): (string | number)[] {
  const path: (string | number)[] = [];
  for (let current = node; current.parent !== undefined; current = current.parent) {
    const { parent } = current;
    if (parent.kind === 'array') path.unshift(parent.items.indexOf(current));
    else path.unshift(propertyOf(current)?.key.value ?? '');
  }
  return path;
}

/** The node at the end of a path as `pathOf` gives it. */
export function nodeAtPath(root: Node, path: readonly (string | number)[]): Node | undefined {
  let current: Node | undefined = root;
  for (const step of path) {
    if (current?.kind === 'object' && typeof step === 'string') current = current.get(step);
    else if (current?.kind === 'array' && typeof step === 'number') current = current.items[step];
    else return undefined;
  }
  return current;
}

/** The innermost node whose text holds the offset, its ends included; keys count as nodes. */
export function nodeAt(root: Node, offset: number): Node | undefined {
  if (offset < root.start || offset > root.end) return undefined;
  let current = root;
  for (;;) {
    const inner = innermostChild(current, offset);
    if (inner === undefined) return current;
    current = inner;
  }
}

function innermostChild(node: Node, offset: number): Node | undefined {
  let found: Node | undefined;
  if (node.kind === 'object') {
    for (const { key, value } of node.properties) {
      if (holds(key, offset)) found = key;
      if (holds(value, offset) && !(found === key && value.length === 0)) found = value;
    }
  } else if (node.kind === 'array') found = node.items.findLast((item) => holds(item, offset));
  return found;
}

function holds(node: Node, offset: number): boolean {
  return node.start <= offset && offset <= node.end;
}

/** Every issue of the tree with its offset in the host text, outermost containers first. */
export function syntaxIssues(tree: Tree): SyntaxIssue[] {
  const found = [...tree.issues];
  collectIssues(tree.root, found);
  return found;
}

function collectIssues(node: Node, found: SyntaxIssue[]): void {
  if ((node.kind !== 'object' && node.kind !== 'array') || node.issues === undefined) return;
  for (const issue of node.issues.own) {
    const offset = hostOffset(node, issue.offset);
    const length = Math.max(0, hostEnd(node, issue.offset + issue.length) - offset);
    found.push({ ...issue, offset, length });
  }
  if (!node.issues.nested) return;
  for (const child of childrenOf(node)) collectIssues(child, found);
}

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
    for (const property of properties) {
      property.standIn(this);
      const { value } = property;
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
      this.byName ??= new Map(properties.map((property) => [property.name, property]));
      return this.byName.get(name);
    }
    for (let index = properties.length - 1; index >= 0; index--) {
      const property = properties[index];
      if (property?.name === name) return property;
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

/** A name and its value. The node of the name is made when it is asked for: there are many, and most never are. */
export class Property {
  declare readonly name: string;
  /** An UnknownNode of length 0 where nothing has been typed yet. */
  declare readonly value: Node;
  declare private written: StringNode | number;

  /** `key`: where the name begins relative to the object, if it stands in quotes as it is; else its node. */
  constructor(name: string, key: StringNode | number, value: Node) {
    this.name = name;
    this.value = value;
    this.written = key;
  }

  /** The node of the name. */
  get key(): StringNode {
    const { written } = this;
    if (typeof written !== 'number') return written;
    const key = new StringNode(written, this.name.length + 2, this.name, 1);
    key.parent = this.value.parent;
    this.written = key;
    return key;
  }

  /** Where the name begins, relative to the object. */
  get offset(): number {
    return typeof this.written === 'number' ? this.written : this.written.offset;
  }

  /** Says which object it is in. */
  standIn(object: ObjectNode): void {
    this.value.parent = object;
    if (typeof this.written !== 'number') this.written.parent = object;
  }
}

export function property(key: StringNode, value: Node): Property {
  return new Property(key.value, key, value);
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
    // An alias of YAML stands for more than its own few characters.
    return hostOffset(this, relative > this.length ? 0 : relative);
  }

  /** The host offset after the unit before `index`, which is not where the next one begins if the pieces stand apart. */
  endAt(index: number): number {
    const clamped = Math.max(0, Math.min(index, this.value.length));
    const relative = typeof this.encoded === 'number' ? this.encoded + clamped : this.encoded.sourceEnd(clamped);
    return hostEnd(this, Math.min(relative, this.length));
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

export type SyntaxCode = 'syntax' | 'unclosed' | 'comment' | 'trailing-comma' | 'too-deep' | 'documents';

export interface Tree {
  readonly text: string;
  readonly format: 'json' | 'yaml';
  readonly root: Node;
  /** What is wrong outside the root, offsets in the text. */
  readonly issues: readonly SyntaxIssue[];
  /** Whether parts of the text stand for others (anchors and aliases of YAML), so that none can be read by itself. */
  readonly isEntangled?: boolean;
  /** Parts of the text, by offsets, that a fault in the syntax may have given another meaning: rules say nothing of them. */
  readonly unsure?: readonly { readonly start: number; readonly end: number }[] | undefined;
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
export function hostOffset(node: Node | TreeNode, within: number): number {
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
export function hostEnd(node: TreeNode, within: number): number {
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

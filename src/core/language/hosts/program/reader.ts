import type { SyntaxNode } from '@lezer/common';
import { Pieces } from '../../pieces.ts';
import { placeholderFor } from '../../placeholders.ts';
import {
  ArrayNode,
  BooleanNode,
  NullNode,
  NumberNode,
  ObjectNode,
  property,
  SPREAD,
  StringNode,
  UnknownNode,
  type ContainerIssues,
  type Node,
  type Property,
} from '../../tree.ts';
import type { ProgramCall } from '../host.ts';
import { MAX_DEPTH } from '../json.ts';
import type { Entry, ProgramSyntax, Shape } from './syntax.ts';

interface PropertyList {
  readonly properties: readonly Property[];
  readonly hasSpread: boolean;
}

const calls = new WeakMap<Node, ProgramCall>();

/** The call that an unknown value of a program is: `aws.glue.JobCommandArgs(…)` as the value of `command`. */
export function callOf(node: Node): ProgramCall | undefined {
  return calls.get(node);
}

/** Reads what can be known of a program: literals, and calls with their arguments. */
export class ProgramReader {
  readonly objects: ObjectNode[] = [];
  readonly texts: StringNode[] = [];
  readonly calls: ProgramCall[] = [];
  #top: SyntaxNode | undefined;
  #errors: readonly number[] | undefined;

  constructor(
    private readonly text: string,
    private readonly syntax: ProgramSyntax,
  ) {}

  /** Goes through everything below the node. */
  read(top: SyntaxNode): void {
    this.#top ??= top;
    const cursor = top.cursor();
    // What a literal or call holds is read with it, so the walk goes on behind it. A cursor does not stop at `top`.
    for (let enters = !this.#root(top); cursor.next(enters) && cursor.from < top.to;) enters = !this.#root(cursor.node);
  }

  /** Reads a literal or call that is not part of another one. */
  #root(node: SyntaxNode): boolean {
    const shape = this.syntax.shapeOf(node, this.text);
    switch (shape.kind) {
      case 'object':
      case 'call':
      case 'string':
        this.#addRoot(this.#convert(node, { base: 0, depth: 1, shape }));
        return true;
      default:
        return false;
    }
  }

  #addRoot(node: Node): void {
    if (node.kind === 'object') this.objects.push(node);
    else if (node.kind === 'string' && /^\s*\{|\n/.test(node.value)) this.texts.push(node);
    else if (node.kind === 'array') for (const item of node.items) this.#addRoot(item);
  }

  #noValue({ offset, length }: StringNode): Node {
    const { hasShorthand } = this.syntax;
    return new UnknownNode(offset + length, 0, hasShorthand ? 'intrinsic' : 'missing');
  }

  #value(node: SyntaxNode, base: number, depth: number): Node {
    return this.#convert(node, { base, depth, shape: this.syntax.shapeOf(node, this.text) });
  }

  #convert(node: SyntaxNode, { base, depth, shape }: { base: number; depth: number; shape: Shape }): Node {
    const offset = node.from - base;
    const length = node.to - node.from;
    if (depth > MAX_DEPTH) return new UnknownNode(offset, length, 'too-deep');
    switch (shape.kind) {
      case 'object': {
        const { properties, hasSpread } = this.#properties(shape.entries, node.from, depth);
        const issues = issuesOf(
          properties.map(({ value }) => value),
          hasSpread,
        );
        return new ObjectNode(offset, length, properties, issues);
      }
      case 'array': {
        const items = shape.items.map((item) => this.#value(item, node.from, depth + 1));
        return new ArrayNode(offset, length, items, issuesOf(items, shape.hasSpread));
      }
      case 'string':
        return this.#string(shape.parts, base, node);
      case 'call':
        return this.#call(node, shape, base, depth);
      case 'number':
        return new NumberNode(offset, length, shape.value);
      case 'boolean':
        return new BooleanNode(offset, length, shape.value);
      case 'null':
        return new NullNode(offset, length);
      case 'same':
        return this.#value(shape.as, base, depth + 1);
      case 'other':
        this.#inside(node);
        return new UnknownNode(offset, length, 'intrinsic');
    }
  }

  /** Literals and calls inside an expression that is unknown as a whole: `a if b else {…}`. */
  #inside(node: SyntaxNode): void {
    for (let child = node.firstChild; child; child = child.nextSibling) this.read(child);
  }

  #string(
    parts: readonly SyntaxNode[],
    base: number,
    span: { readonly from: number; readonly to: number },
  ): StringNode {
    const pieces = new Pieces();
    for (const part of parts) {
      if (this.syntax.shapeOf(part, this.text).kind !== 'string') this.read(part);
      this.syntax.addText(part, this.text, pieces);
    }
    return new StringNode(span.from - base, span.to - span.from, pieces.value, pieces.encoding(span.from));
  }

  #properties(entries: readonly Entry[], base: number, depth: number): PropertyList {
    const properties: Property[] = [];
    let hasSpread = false;
    for (const entry of entries) {
      if (entry.kind === 'spread') {
        hasSpread = true;
        this.read(entry.value);
        continue;
      }
      const key = this.#key(entry.key, base);
      const value = entry.value ? this.#value(entry.value, base, depth + 1) : this.#noValue(key);
      properties.push(property(key, value));
    }
    return { properties, hasSpread };
  }

  #key(node: SyntaxNode, base: number): StringNode {
    const shape = this.syntax.shapeOf(node, this.text);
    if (shape.kind === 'string') return this.#string(shape.parts, base, node);
    const source = this.text.slice(node.from, node.to);
    const name = this.syntax.keyName(node, this.text) ?? placeholderFor(source);
    return new StringNode(node.from - base, node.to - node.from, name, 0);
  }

  #call(node: SyntaxNode, shape: Shape & { kind: 'call' }, base: number, depth: number): UnknownNode {
    const { callee, list } = shape;
    const index = this.calls.length;
    const result = new UnknownNode(node.from - base, node.to - node.from, 'intrinsic', this.#nameOf(callee));
    if (!/^\w/.test(result.tag)) this.read(callee);
    const { positional, keywords } = this.syntax.argumentsOf(list);
    const items = positional.map((argument) => this.#value(argument, list.from, depth + 1));
    const { properties, hasSpread } = this.#keywords(keywords, list.from, depth);
    const hasMore = hasSpread || this.#isBroken(list);
    const named = new ObjectNode(0, list.to - list.from, properties, issuesOf([], hasMore));
    const all = new ArrayNode(list.from - node.from, list.to - list.from, [...items, named], undefined);
    all.origin = { toHost: (offset) => result.start + offset };
    const call: ProgramCall = { callee: result.tag, node: result, arguments: all, positional: items, keywords: named };
    calls.set(result, call);
    this.calls.splice(index, 0, call);
    // The literals that it is given are roots: nothing around them says more of them.
    for (const item of items) this.#addRoot(item);
    for (const { value } of properties) this.#addRoot(value);
    return result;
  }

  /** Whether something in it cannot be read, as while it is typed: what follows may have been taken for something else. */
  #isBroken({ from, to }: SyntaxNode): boolean {
    this.#errors ??= this.#top === undefined ? [] : errorsIn(this.#top);
    return this.#errors.some((at) => from <= at && at <= to);
  }

  #keywords(entries: readonly Entry[], base: number, depth: number): PropertyList {
    const { properties, hasSpread } = this.#properties(entries, base, depth + 1);
    return {
      hasSpread,
      properties: properties.map(({ key: { offset, length }, value }) =>
        property(new StringNode(offset, length, this.text.slice(base + offset, base + offset + length), 0), value),
      ),
    };
  }

  #nameOf(callee: SyntaxNode): string {
    const source = this.text.slice(callee.from, callee.to).replace(/<[^]*>$/, '');
    if (/^[\w$]+(?:\s*\??\.\s*[\w$]+)*$/.test(source)) return source.replace(/[\s?]/g, '');
    // `boto3.client("glue").start_job_run` is a member of what another call gives.
    const members = /\)((?:\s*\??\.\s*[\w$]+)+)$/.exec(source)?.[1];
    return members === undefined ? '' : `()${members.replace(/[\s?]/g, '')}`;
  }
}

/** More errors than this are no slips: the text is something else. */
const MAX_ERRORS = 200;

function errorsIn(top: SyntaxNode): readonly number[] {
  const found: number[] = [];
  const cursor = top.cursor();
  do if (cursor.type.isError) found.push(cursor.from);
  while (found.length < MAX_ERRORS && cursor.next());
  return found;
}

function issuesOf(children: readonly Node[], hasSpread: boolean): ContainerIssues | undefined {
  const nested = children.some((child) => 'issues' in child && child.issues !== undefined);
  if (hasSpread) return { ...SPREAD, nested };
  return nested ? { own: [], nested, unclosed: false } : undefined;
}

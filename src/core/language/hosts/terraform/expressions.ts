import { placeholderFor } from '../../placeholders.ts';
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
  type Property,
} from '../../tree.ts';
import { MAX_DEPTH } from '../json.ts';
import { HEREDOC, type Scanner } from './scanner.ts';
import { readHeredoc, readQuoted } from './strings.ts';

export interface TerraformCall {
  /** `jsonencode`, `templatefile`. */
  readonly name: string;
  readonly arguments: readonly Node[];
}

const calls = new WeakMap<Node, TerraformCall>();

/** The function call that an unknown value of a Terraform file is. */
export function terraformCallOf(node: Node): TerraformCall | undefined {
  return calls.get(node);
}

export interface ExpressionPlace {
  /** What offsets are relative to. */
  readonly base: number;
  readonly depth: number;
  /** Inside of brackets a line break ends nothing. */
  readonly isInBrackets: boolean;
}

/** Reads the expression that begins here and all of it; what is more than a literal or a call is unknown. */
export function readExpression(scanner: Scanner, place: ExpressionPlace): Node {
  scanner.skipBlanks(place.isInBrackets);
  const start = scanner.position;
  const node = readPrimary(scanner, place);
  const end = scanner.position;
  scanner.skipBlanks(place.isInBrackets);
  const isWhole = scanner.isAtEnd || /[\r\n,)\]}]/.test(scanner.character) || isNextKey(scanner, place);
  if (node !== undefined && isWhole) return node;
  scanner.position = node === undefined ? start : end;
  scanner.skipExpression(place.isInBrackets);
  const length = scanner.text.slice(start, scanner.position).trimEnd().length;
  return new UnknownNode(start - place.base, length, length === 0 ? 'missing' : 'intrinsic');
}

/** In an object, line breaks separate as commas do, so a value may be followed by the next key at once. */
function isNextKey(scanner: Scanner, { isInBrackets }: ExpressionPlace): boolean {
  return (
    isInBrackets &&
    /^(?:"[^"\n]*"|[\w-]+)\s*[=:](?!=)/.test(scanner.text.slice(scanner.position, scanner.position + 200))
  );
}

function readPrimary(scanner: Scanner, place: ExpressionPlace): Node | undefined {
  const start = scanner.position;
  const offset = start - place.base;
  if (place.depth > MAX_DEPTH) return undefined;
  if (scanner.startsWith('"')) return readQuoted(scanner, place.base);
  if (scanner.startsWith('{')) return readObject(scanner, place);
  if (scanner.startsWith('[')) return readArray(scanner, place);
  if (matches(scanner, HEREDOC)) return readHeredoc(scanner, place.base);
  const number = scanner.take(/-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y);
  if (number !== undefined) return new NumberNode(offset, number.length, Number(number));
  const word = scanner.take(/[A-Za-z_][\w-]*(?:::[\w-]+)*/y);
  if (word === 'true' || word === 'false') return new BooleanNode(offset, word.length, word === 'true');
  if (word === 'null') return new NullNode(offset, word.length);
  if (word !== undefined && scanner.startsWith('(')) return readCall(scanner, word, start, place);
  return undefined;
}

function matches(scanner: Scanner, pattern: RegExp): boolean {
  pattern.lastIndex = scanner.position;
  return pattern.test(scanner.text);
}

function readCall(scanner: Scanner, name: string, start: number, place: ExpressionPlace): Node {
  const open = scanner.position;
  const { items, end } = readItems(scanner, { ...place, base: open }, ')');
  const list = new ArrayNode(open - start, end - open, items, undefined);
  const result = new UnknownNode(start - place.base, end - start, 'intrinsic', name);
  list.origin = { toHost: (offset) => result.start + offset };
  calls.set(result, { name, arguments: items });
  return result;
}

function readArray(scanner: Scanner, place: ExpressionPlace): Node | undefined {
  const start = scanner.position;
  if (/^\[\s*for\s/.test(scanner.text.slice(start, start + 40))) return undefined;
  const { items, end, isClosed } = readItems(scanner, { ...place, base: start }, ']');
  return new ArrayNode(start - place.base, end - start, items, issuesOf(items, isClosed));
}

/** Expressions and commas up to the closing bracket. */
function readItems(
  scanner: Scanner,
  place: ExpressionPlace,
  close: ')' | ']',
): { readonly items: Node[]; readonly end: number; readonly isClosed: boolean } {
  const items: Node[] = [];
  scanner.position++;
  for (;;) {
    scanner.skipBlanks(true);
    if (scanner.isAtEnd || scanner.startsWith('}')) break;
    if (scanner.character === close) {
      scanner.position++;
      return { items, end: scanner.position, isClosed: true };
    }
    const before = scanner.position;
    const item = readExpression(scanner, { ...place, depth: place.depth + 1, isInBrackets: true });
    if (!(item.kind === 'unknown' && item.reason === 'missing')) items.push(item);
    if (scanner.startsWith(',')) scanner.position++;
    else if (scanner.position === before) scanner.position++;
  }
  return { items, end: scanner.position, isClosed: false };
}

function readObject(scanner: Scanner, place: ExpressionPlace): Node | undefined {
  const start = scanner.position;
  if (/^\{\s*for\s/.test(scanner.text.slice(start, start + 40))) return undefined;
  const properties: Property[] = [];
  let isClosed = false;
  let isOdd = false;
  scanner.position++;
  const inner = { base: start, depth: place.depth + 1, isInBrackets: true };
  for (;;) {
    scanner.skipBlanks(true);
    if (scanner.isAtEnd || scanner.startsWith(']') || scanner.startsWith(')')) break;
    if (scanner.startsWith('}')) {
      scanner.position++;
      isClosed = true;
      break;
    }
    const before = scanner.position;
    const read = readProperty(scanner, inner);
    if (read !== undefined) properties.push(read);
    scanner.skipBlanks(true);
    // A block among the properties: the brace of the object is still to come.
    isOdd ||= read === undefined && scanner.startsWith('{');
    if (scanner.startsWith(',') || scanner.position === before) scanner.position++;
  }
  const issues = issuesOf(
    properties.map(({ value }) => value),
    isClosed && !isOdd,
  );
  return new ObjectNode(start - place.base, scanner.position - start, properties, issues);
}

function readProperty(scanner: Scanner, place: ExpressionPlace): Property | undefined {
  const key = readKey(scanner, place.base);
  if (key === undefined) return undefined;
  scanner.skipBlanks(false);
  if (!scanner.startsWith('=') && !scanner.startsWith(':')) {
    return property(key, new UnknownNode(key.offset + key.length, 0, 'missing'));
  }
  scanner.position++;
  scanner.skipBlanks(false);
  // Nothing typed yet: the next line has the next key.
  if (/[\r\n]/.test(scanner.character)) {
    return property(key, new UnknownNode(scanner.position - place.base, 0, 'missing'));
  }
  return property(key, readObjectValue(scanner, place));
}

/** A value ends with its line unless brackets are open, just as an attribute's does. */
function readObjectValue(scanner: Scanner, place: ExpressionPlace): Node {
  return readExpression(scanner, { ...place, isInBrackets: false });
}

/** An identifier, a template, or `(expression)`, which only Terraform knows. */
export function readKey(scanner: Scanner, base: number): StringNode | undefined {
  const start = scanner.position;
  if (scanner.startsWith('"')) return readQuoted(scanner, base);
  if (scanner.startsWith('(')) {
    scanner.position++;
    scanner.skipExpression(true);
    const name = placeholderFor(scanner.text.slice(start + 1, scanner.position));
    if (scanner.startsWith(')')) scanner.position++;
    return new StringNode(start - base, scanner.position - start, name, 0);
  }
  const name = scanner.take(/[\p{L}_][\p{L}\p{N}_-]*|\d+/uy);
  return name === undefined ? undefined : new StringNode(start - base, name.length, name, 0);
}

function issuesOf(children: readonly Node[], isClosed: boolean): ContainerIssues | undefined {
  const nested = children.some((child) => 'issues' in child && child.issues !== undefined);
  return isClosed && !nested ? undefined : { own: [], nested, unclosed: !isClosed };
}

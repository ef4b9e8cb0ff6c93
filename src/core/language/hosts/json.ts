import { EncodedText, scanJsonEscapes } from '../encodedText.ts';
import { ReusableNodes, type Reuse } from '../reuse.ts';
import {
  ArrayNode,
  BooleanNode,
  NullNode,
  NumberNode,
  ObjectNode,
  StringNode,
  UnknownNode,
  Property,
  type Node,
  type SyntaxCode,
  type SyntaxIssue,
  type Tree,
} from '../tree.ts';
import { JsonScanner, Token } from './jsonScanner.ts';

/** Containers deeper than this become unknown values: the stack of a reader is not endless, and AWS's limit is far lower. */
export const MAX_DEPTH = 400;

/** Longer texts are not read, sixteen times what AWS takes: nodes take a multiple of their text's room. */
const MAX_LENGTH = 16 * 1024 * 1024;

/** Issues of one container that are told, and of the text around all. */
const MAX_ISSUES = 100;

/**
 * Reads JSON as far as it goes: what is missing becomes an unknown value, what is too much an issue. Comments, trailing
 * commas and unquoted `${Placeholder}` values are read, the first two with an issue. With `reuse`, containers that the
 * edit did not touch are taken over from the tree before it, so that tree must not be used afterwards.
 */
export function parseJson(text: string, reuse?: Reuse): Tree {
  if (text.length > MAX_LENGTH) return tooLarge(text, 'json', MAX_LENGTH);
  return new JsonParser(text, reuse).parse();
}

/** The tree of a text that is not read because it is longer than `limit`. */
export function tooLarge(text: string, format: Tree['format'], limit: number): Tree {
  const message = `The text has ${text.length.toLocaleString('en-US')} characters: only up to ${limit.toLocaleString('en-US')} are read.`;
  const issues: SyntaxIssue[] = [{ code: 'syntax', offset: 0, length: 1, message }];
  return { text, format, root: new UnknownNode(0, text.length, 'too-large'), issues };
}

class JsonParser {
  readonly #scanner: JsonScanner;
  readonly #reusable: ReusableNodes | undefined;
  /** End of the token before this one. */
  #previousEnd = 0;
  /** Of the container being read. */
  #issues: SyntaxIssue[] | undefined;
  /** Whether a container in the one being read has issues. */
  #isNestedFaulty = false;
  /** Nodes taken over and where they are now; moved last, because the search for further ones reads the old offsets. */
  readonly #moved: { readonly node: Node; readonly offset: number }[] = [];
  /** Start of the container being read: what offsets are relative to. */
  #base = 0;
  /** One string for each name, however often it stands in the text. */
  readonly #names = new Map<string, string>();
  readonly #properties = new ListsBeingRead<Property>();
  readonly #items = new ListsBeingRead<Node>();

  constructor(
    private readonly text: string,
    reuse: Reuse | undefined,
  ) {
    this.#scanner = new JsonScanner(text, text.charCodeAt(0) === 0xfeff ? 1 : 0);
    this.#reusable = reuse && new ReusableNodes(reuse);
  }

  parse(): Tree {
    this.#next();
    const root = this.#value(1);
    root.parent = undefined;
    for (const { node, offset } of this.#moved) node.offset = offset;
    if (this.#is(Token.EndOfText)) {
      if (root.kind === 'unknown' && root.reason === 'missing') this.#issues = [this.#emptyText()];
    } else {
      this.#issueHere('Nothing may follow the end of the JSON value.');
    }
    return { text: this.text, format: 'json', root, issues: this.#issues ?? [] };
  }

  /** About the token. */
  #issueHere(message: string): void {
    this.#issue('syntax', this.#scanner.start, this.#scanner.end, message);
  }

  /** Tells what is wrong with the token by itself, and whether something is. */
  #tokenIssue(): boolean {
    const { error } = this.#scanner;
    if (error !== undefined) this.#issueHere(error);
    return error !== undefined;
  }

  #emptyText(): SyntaxIssue {
    return { code: 'syntax', offset: 0, length: this.text.length, message: 'The document is empty.' };
  }

  #is(kind: number): boolean {
    return this.#scanner.token === kind;
  }

  /** Moves to the next token that is no comment. */
  #next(): void {
    const scanner = this.#scanner;
    this.#previousEnd = scanner.end;
    for (;;) {
      const token = scanner.scan();
      if (token !== Token.LineComment && token !== Token.BlockComment) return;
      this.#tokenIssue();
      this.#issue('comment', scanner.start, scanner.end, 'JSON has no comments; AWS refuses the definition.');
    }
  }

  #issue(code: SyntaxCode, start: number, end: number, message: string): void {
    this.#issues ??= [];
    if (this.#issues.length >= MAX_ISSUES) return;
    this.#issues.push({ code, offset: start - this.#base, length: Math.max(0, end - start), message });
  }

  #value(depth: number): Node {
    const { token, start, end } = this.#scanner;
    const offset = start - this.#base;
    const length = end - start;
    switch (token) {
      case Token.OpenBrace:
      case Token.OpenBracket:
        return this.#container(depth);
      case Token.String:
        return this.#advance(this.#string(this.#scanner.value));
      case Token.Number:
        this.#tokenIssue();
        return this.#advance(new NumberNode(offset, length, Number(this.text.slice(start, end))));
      case Token.True:
      case Token.False:
        return this.#advance(new BooleanNode(offset, length, token === Token.True));
      case Token.Null:
        return this.#advance(new NullNode(offset, length));
      case Token.Unknown:
        return this.#unknown();
      default:
        return new UnknownNode(offset, 0, 'missing');
    }
  }

  #advance<T extends Node>(node: T): T {
    this.#next();
    return node;
  }

  #string(value: string): StringNode {
    const { start, end } = this.#scanner;
    const isFaulty = this.#tokenIssue();
    const length = end - start;
    const isPlain = value.length + 2 === length || (value.length + 1 === length && isFaulty);
    if (isPlain) return new StringNode(start - this.#base, length, value, 1);
    const raw = this.text.slice(start, end);
    return new StringNode(start - this.#base, length, value, new EncodedText(() => scanJsonEscapes(raw)));
  }

  /** A token that is no JSON: a bare placeholder is a value of its own, all else a problem. */
  #unknown(): Node {
    const start = this.#scanner.start;
    const placeholder = placeholderEnd(this.text, start);
    if (placeholder !== undefined) {
      this.#scanner.end = placeholder;
      return this.#advance(new UnknownNode(start - this.#base, placeholder - start, 'placeholder'));
    }
    const word = this.text.slice(start, this.#scanner.end);
    const quoted = word.startsWith("'");
    this.#issueHere(quoted ? 'Strings need double quotes in JSON.' : `"${word.slice(0, 40)}" is no JSON value.`);
    return this.#advance(new UnknownNode(start - this.#base, this.#scanner.end - start, 'invalid'));
  }

  #container(depth: number): Node {
    const start = this.#scanner.start;
    const outerBase = this.#base;
    const known = this.#reusable?.startingAt(start);
    if (known !== undefined && depth + known.height <= MAX_DEPTH) {
      this.#scanner.end = start + known.length;
      if (known.issues !== undefined) this.#isNestedFaulty = true;
      this.#moved.push({ node: known, offset: start - outerBase });
      return this.#advance(known);
    }
    if (depth > MAX_DEPTH) return this.#skipContainer();
    const outerIssues = this.#issues;
    const isOuterFaulty = this.#isNestedFaulty;
    this.#issues = undefined;
    this.#isNestedFaulty = false;
    this.#base = start;
    const isObject = this.#is(Token.OpenBrace);
    this.#next();
    const properties = isObject ? this.#readProperties(depth) : NO_PROPERTIES;
    const items = isObject ? NO_ITEMS : this.#readItems(depth);
    const closed = this.#is(isObject ? Token.CloseBrace : Token.CloseBracket);
    const end = closed ? this.#scanner.end : this.text.length;
    if (!closed) {
      const [open, close] = isObject ? ['{', '}'] : ['[', ']'];
      this.#issue('unclosed', start, start + 1, `This "${open}" is never closed: "${close}" is missing.`);
    }
    const own = this.#issues as SyntaxIssue[] | undefined;
    const nested = this.#isNestedFaulty as boolean;
    const issues = own !== undefined || nested ? { own: own ?? [], nested, unclosed: !closed } : undefined;
    this.#issues = outerIssues;
    this.#isNestedFaulty = isOuterFaulty || issues !== undefined;
    this.#base = outerBase;
    const node = isObject
      ? new ObjectNode(start - outerBase, end - start, properties, issues)
      : new ArrayNode(start - outerBase, end - start, items, issues);
    return this.#advance(node);
  }

  #readProperties(depth: number): readonly Property[] {
    const properties = this.#properties;
    const first = properties.count;
    while (!this.#is(Token.CloseBrace) && !this.#is(Token.EndOfText)) {
      if (!this.#is(Token.String) && !this.#is(Token.Unknown)) {
        this.#issueHere('A property name in double quotes is expected here.');
        this.#skipToken();
        continue;
      }
      const key = this.#key();
      const { start, end } = this.#scanner;
      this.#next();
      const name = typeof key === 'string' ? key : key.value;
      let value: Node;
      if (this.#is(Token.Colon)) {
        const colonEnd = this.#scanner.end;
        this.#next();
        value = this.#value(depth + 1);
        if (value.kind === 'unknown' && value.reason === 'missing') {
          value.offset = colonEnd - this.#base;
          this.#issue('syntax', colonEnd - 1, colonEnd, `"${name}" has no value.`);
        }
      } else {
        this.#issue('syntax', start, end, `":" and a value are expected after "${name}".`);
        value = new UnknownNode(end - this.#base, 0, 'missing');
      }
      properties.add(new Property(name, typeof key === 'string' ? start - this.#base : key, value));
      this.#separator(Token.CloseBrace);
    }
    return properties.take(first);
  }

  /** The name that the token is: as a node, unless it stands in quotes as it is. */
  #key(): StringNode | string {
    if (this.#is(Token.String)) {
      const { value } = this.#scanner;
      if (!this.#scanner.isPlain) return this.#string(value);
      const known = this.#names.get(value);
      if (known === undefined) this.#names.set(value, value);
      return known ?? value;
    }
    const start = this.#scanner.start;
    const end = placeholderEnd(this.text, start) ?? this.#scanner.end;
    this.#scanner.end = end;
    const name = this.text.slice(start, end);
    this.#issue('syntax', start, end, `Property names need double quotes in JSON: "${name.replaceAll("'", '')}".`);
    return new StringNode(start - this.#base, end - start, name, 0);
  }

  #readItems(depth: number): readonly Node[] {
    const items = this.#items;
    const first = items.count;
    while (!this.#is(Token.CloseBracket) && !this.#is(Token.EndOfText)) {
      const value = this.#value(depth + 1);
      if (value.kind === 'unknown' && value.reason === 'missing') {
        this.#issueHere('A value is expected here.');
        this.#skipToken();
        continue;
      }
      items.add(value);
      this.#separator(Token.CloseBracket);
    }
    return items.take(first);
  }

  /** After a value: one comma, none before the closing bracket. */
  #separator(close: number): void {
    if (this.#is(close) || this.#is(Token.EndOfText)) return;
    if (!this.#is(Token.Comma)) {
      this.#issue('syntax', this.#previousEnd - 1, this.#previousEnd, '"," is missing after this.');
      return;
    }
    const comma = this.#scanner.start;
    this.#next();
    if (this.#is(close))
      this.#issue('trailing-comma', comma, comma + 1, 'JSON allows no comma after the last element.');
  }

  /** Steps over a token that fits nowhere. A bracket that opens is stepped over with what it holds. */
  #skipToken(): void {
    const opens = this.#is(Token.OpenBrace) || this.#is(Token.OpenBracket);
    if (opens) this.#skipContainer();
    else this.#next();
  }

  #skipContainer(): Node {
    const start = this.#scanner.start;
    let open = 0;
    let end = this.#scanner.end;
    while (!this.#is(Token.EndOfText)) {
      if (this.#is(Token.OpenBrace) || this.#is(Token.OpenBracket)) open++;
      if (this.#is(Token.CloseBrace) || this.#is(Token.CloseBracket)) open--;
      end = this.#scanner.end;
      if (open <= 0) break;
      this.#next();
    }
    const tooDeep = `Nested deeper than ${MAX_DEPTH} levels; AWS refuses such a definition.`;
    this.#issue('too-deep', start, start + 1, tooDeep);
    return this.#advance(new UnknownNode(start - this.#base, end - start, 'too-deep'));
  }
}

/** What the containers being read hold so far, outer ones first: lists that grow one by one take several times the room. */
class ListsBeingRead<T> {
  count = 0;
  readonly #all: T[] = [];

  add(item: T): void {
    this.#all[this.count++] = item;
  }

  /** Takes all from `first` on away as a list of its own. */
  take(first: number): readonly T[] {
    const taken = this.#all.slice(first, this.count);
    this.count = first;
    return taken;
  }
}

const NO_PROPERTIES: readonly Property[] = [];
const NO_ITEMS: readonly Node[] = [];

/** The offset after `${…}`, `#{…}` or `{{…}}` that begins at `start` and ends on the same line. */
function placeholderEnd(text: string, start: number): number | undefined {
  const opening = text.slice(start, start + 2);
  if (opening !== '${' && opening !== '#{') return undefined;
  for (let index = start + 2; index < text.length; index++) {
    const character = text[index];
    if (character === '}') return index + 1;
    if (character === '\n' || character === '"') return undefined;
  }
  return undefined;
}

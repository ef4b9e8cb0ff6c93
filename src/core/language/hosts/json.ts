import { createScanner } from 'jsonc-parser';
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
  type ContainerNode,
  type Node,
  type Property,
  type SyntaxCode,
  type SyntaxIssue,
  type Tree,
} from '../tree.ts';
import { Token, TokenError } from './jsonTokens.ts';

/** Containers deeper than this become unknown values: the stack of a reader is not endless, and AWS's limit is far lower. */
export const MAX_DEPTH = 400;

/**
 * Reads JSON as far as it goes: what is missing becomes an unknown value, what is too much an issue. Comments, trailing
 * commas and unquoted `${Placeholder}` values are read, the first two with an issue. With `reuse`, containers that the
 * edit did not touch are taken over from the tree before it, so that tree must not be used afterwards.
 */
export function parseJson(text: string, reuse?: Reuse): Tree {
  return new JsonParser(text, reuse).parse();
}

class JsonParser {
  readonly #scanner;
  readonly #reusable: ReusableNodes | undefined;
  #token: number = Token.Unknown;
  #start = 0;
  #end = 0;
  /** End of the token before this one. */
  #previousEnd = 0;
  #issues: SyntaxIssue[] = [];
  /** Nodes taken over and where they are now; moved last, because the search for further ones reads the old offsets. */
  readonly #moved: { readonly node: Node; readonly offset: number }[] = [];
  /** Start of the container being read: what offsets are relative to. */
  #base = 0;

  constructor(
    private readonly text: string,
    reuse: Reuse | undefined,
  ) {
    this.#scanner = createScanner(text, false);
    this.#reusable = reuse && new ReusableNodes(reuse);
    if (text.charCodeAt(0) === 0xfeff) this.#scanner.setPosition(1);
  }

  parse(): Tree {
    this.#next();
    const root = this.#value(1);
    root.parent = undefined;
    for (const { node, offset } of this.#moved) node.offset = offset;
    if (this.#is(Token.EndOfText)) {
      if (root.kind === 'unknown' && root.reason === 'missing') this.#issues = [this.#emptyText()];
    } else {
      this.#issue('syntax', this.#start, this.#end, 'Nothing may follow the end of the JSON value.');
    }
    return { text: this.text, format: 'json', root, issues: this.#issues };
  }

  #emptyText(): SyntaxIssue {
    return { code: 'syntax', offset: 0, length: this.text.length, message: 'The document is empty.' };
  }

  #is(kind: number): boolean {
    return this.#token === kind;
  }

  /** Moves to the next token that is neither blank nor comment. */
  #next(): void {
    const scanner = this.#scanner;
    this.#previousEnd = this.#end;
    for (;;) {
      const token: number = scanner.scan();
      if (token === Token.Blank || token === Token.LineBreak) continue;
      const start = scanner.getTokenOffset();
      const end = start + scanner.getTokenLength();
      if (token === Token.LineComment || token === Token.BlockComment) {
        this.#issue('comment', start, end, 'JSON has no comments; AWS refuses the definition.');
        continue;
      }
      this.#start = start;
      this.#end = end;
      this.#token = token;
      return;
    }
  }

  #issue(code: SyntaxCode, start: number, end: number, message: string): void {
    this.#issues.push({ code, offset: start - this.#base, length: Math.max(0, end - start), message });
  }

  #value(depth: number): Node {
    switch (this.#token) {
      case Token.OpenBrace:
      case Token.OpenBracket:
        return this.#container(depth);
      case Token.String:
        return this.#advance(this.#string());
      case Token.Number: {
        const { text } = this;
        const value = Number(text.slice(this.#start, this.#end));
        return this.#advance(new NumberNode(this.#start - this.#base, this.#end - this.#start, value));
      }
      case Token.True:
      case Token.False:
        return this.#advance(new BooleanNode(this.#start - this.#base, this.#end - this.#start, this.#is(Token.True)));
      case Token.Null:
        return this.#advance(new NullNode(this.#start - this.#base, this.#end - this.#start));
      case Token.Unknown:
        return this.#unknown();
      default:
        return new UnknownNode(this.#start - this.#base, 0, 'missing');
    }
  }

  #advance<T extends Node>(node: T): T {
    this.#next();
    return node;
  }

  #string(): StringNode {
    const length = this.#end - this.#start;
    const value = this.#scanner.getTokenValue();
    const error: number = this.#scanner.getTokenError();
    if (error !== TokenError.None) this.#issue('syntax', this.#start, this.#end, stringProblem(error));
    const plain = value.length + 2 === length || error === TokenError.UnexpectedEndOfString;
    if (plain) return new StringNode(this.#start - this.#base, length, value, 1);
    const raw = this.text.slice(this.#start, this.#end);
    return new StringNode(this.#start - this.#base, length, value, new EncodedText(() => scanJsonEscapes(raw)));
  }

  /** A token that is no JSON: a bare placeholder is a value of its own, all else a problem. */
  #unknown(): Node {
    const start = this.#start;
    const placeholder = placeholderEnd(this.text, start);
    if (placeholder !== undefined) {
      this.#scanner.setPosition(placeholder);
      this.#end = placeholder;
      return this.#advance(new UnknownNode(start - this.#base, placeholder - start, 'placeholder'));
    }
    const word = this.text.slice(start, this.#end);
    const quoted = word.startsWith("'");
    this.#issue(
      'syntax',
      start,
      this.#end,
      quoted ? 'Strings need double quotes in JSON.' : `"${word.slice(0, 40)}" is no JSON value.`,
    );
    return this.#advance(new UnknownNode(start - this.#base, this.#end - start, 'invalid'));
  }

  #container(depth: number): Node {
    const start = this.#start;
    const outerBase = this.#base;
    const known = this.#reusable?.startingAt(start);
    if (known !== undefined && depth + known.height <= MAX_DEPTH) {
      this.#end = start + known.length;
      this.#scanner.setPosition(this.#end);
      this.#moved.push({ node: known, offset: start - outerBase });
      return this.#advance(known);
    }
    if (depth > MAX_DEPTH) return this.#skipContainer();
    const outerIssues = this.#issues;
    this.#issues = [];
    this.#base = start;
    const isObject = this.#is(Token.OpenBrace);
    this.#next();
    const properties = isObject ? this.#properties(depth) : [];
    const items = isObject ? [] : this.#items(depth);
    const closed = this.#is(isObject ? Token.CloseBrace : Token.CloseBracket);
    const end = closed ? this.#end : this.text.length;
    if (!closed) {
      const [open, close] = isObject ? ['{', '}'] : ['[', ']'];
      this.#issue('syntax', start, start + 1, `This "${open}" is never closed: "${close}" is missing.`);
    }
    const own = this.#issues;
    this.#issues = outerIssues;
    this.#base = outerBase;
    const nested = properties.some(({ value }) => hasIssues(value)) || items.some(hasIssues);
    const issues = own.length > 0 || nested ? { own, nested, unclosed: !closed } : undefined;
    const node = isObject
      ? new ObjectNode(start - outerBase, end - start, properties, issues)
      : new ArrayNode(start - outerBase, end - start, items, issues);
    return this.#advance(node);
  }

  #properties(depth: number): Property[] {
    const properties: Property[] = [];
    while (!this.#is(Token.CloseBrace) && !this.#is(Token.EndOfText)) {
      if (!this.#is(Token.String) && !this.#is(Token.Unknown)) {
        this.#issue('syntax', this.#start, this.#end, 'A property name in double quotes is expected here.');
        this.#skipToken();
        continue;
      }
      const key = this.#key();
      let value: Node;
      if (this.#is(Token.Colon)) {
        const colonEnd = this.#end;
        this.#next();
        value = this.#value(depth + 1);
        if (value.kind === 'unknown' && value.reason === 'missing') {
          value.offset = colonEnd - this.#base;
          this.#issue('syntax', colonEnd - 1, colonEnd, `"${key.value}" has no value.`);
        }
      } else {
        const end = this.#base + key.offset + key.length;
        this.#issue('syntax', end - key.length, end, `":" and a value are expected after "${key.value}".`);
        value = new UnknownNode(end - this.#base, 0, 'missing');
      }
      properties.push({ key, value });
      this.#separator(Token.CloseBrace);
    }
    return properties;
  }

  #key(): StringNode {
    if (this.#is(Token.String)) return this.#advance(this.#string());
    const start = this.#start;
    const end = placeholderEnd(this.text, start) ?? this.#end;
    if (end !== this.#end) this.#scanner.setPosition(end);
    this.#end = end;
    const name = this.text.slice(start, end);
    this.#issue('syntax', start, end, `Property names need double quotes in JSON: "${name.replaceAll("'", '')}".`);
    return this.#advance(new StringNode(start - this.#base, end - start, name, 0));
  }

  #items(depth: number): Node[] {
    const nodes: Node[] = [];
    while (!this.#is(Token.CloseBracket) && !this.#is(Token.EndOfText)) {
      const value = this.#value(depth + 1);
      if (value.kind === 'unknown' && value.reason === 'missing') {
        this.#issue('syntax', this.#start, this.#end, 'A value is expected here.');
        this.#skipToken();
        continue;
      }
      nodes.push(value);
      this.#separator(Token.CloseBracket);
    }
    return nodes;
  }

  /** After a value: one comma, none before the closing bracket. */
  #separator(close: number): void {
    if (this.#is(close) || this.#is(Token.EndOfText)) return;
    if (!this.#is(Token.Comma)) {
      this.#issue('syntax', this.#previousEnd - 1, this.#previousEnd, '"," is missing after this.');
      return;
    }
    const comma = this.#start;
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
    const start = this.#start;
    let open = 0;
    let end = this.#end;
    while (!this.#is(Token.EndOfText)) {
      if (this.#is(Token.OpenBrace) || this.#is(Token.OpenBracket)) open++;
      if (this.#is(Token.CloseBrace) || this.#is(Token.CloseBracket)) open--;
      end = this.#end;
      if (open <= 0) break;
      this.#next();
    }
    const tooDeep = `Nested deeper than ${MAX_DEPTH} levels; AWS refuses such a definition.`;
    this.#issue('too-deep', start, start + 1, tooDeep);
    return this.#advance(new UnknownNode(start - this.#base, end - start, 'too-deep'));
  }
}

function hasIssues(node: Node): boolean {
  return isContainer(node) && node.issues !== undefined;
}

function isContainer(node: Node): node is ContainerNode {
  return node.kind === 'object' || node.kind === 'array';
}

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

function stringProblem(error: number): string {
  switch (error) {
    case TokenError.UnexpectedEndOfString:
      return 'This string is never closed: a double quote is missing.';
    case TokenError.InvalidUnicode:
      return 'A \\u escape needs four hexadecimal digits.';
    case TokenError.InvalidEscape:
      return 'This escape is not known: JSON has \\" \\\\ \\/ \\b \\f \\n \\r \\t and \\uXXXX.';
    case TokenError.InvalidCharacter:
      return 'Control characters such as a tab or a line break must be written as an escape inside a string.';
    default:
      return 'This string is no valid JSON.';
  }
}

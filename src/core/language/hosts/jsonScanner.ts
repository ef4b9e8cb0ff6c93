import { createScanner } from 'jsonc-parser';

/** The token kinds of jsonc-parser, whose own const enum cannot be read by a per-file compiler. */
export const Token = {
  OpenBrace: 1,
  CloseBrace: 2,
  OpenBracket: 3,
  CloseBracket: 4,
  Comma: 5,
  Colon: 6,
  Null: 7,
  True: 8,
  False: 9,
  String: 10,
  Number: 11,
  LineComment: 12,
  BlockComment: 13,
  /** A run of characters that begins no JSON token. */
  Unknown: 16,
  EndOfText: 17,
} as const;

/** By the numbers of jsonc-parser's `ScanError`. */
const PROBLEMS: readonly (string | undefined)[] = [
  undefined,
  'This comment is never closed: */ is missing.',
  'This string is never closed: a double quote is missing.',
  'This number is not complete: digits are missing at its end.',
  'A \\u escape needs four hexadecimal digits.',
  'This escape is not known: JSON has \\" \\\\ \\/ \\b \\f \\n \\r \\t and \\uXXXX.',
  'Control characters such as a tab or a line break must be written as an escape inside a string.',
];

/** The tokens of a JSON text one by one, blanks left out. */
export class JsonScanner {
  token: number = Token.Unknown;
  /** Where the token stands in the text. */
  start: number;
  end: number;
  readonly #scanner;
  /** Whether the token is a string without escapes and with nothing wrong in it. */
  isPlain = false;

  constructor(
    private readonly text: string,
    start: number,
  ) {
    this.#scanner = createScanner(text, false);
    this.start = start;
    this.end = start;
  }

  /** The decoded value of a string. */
  get value(): string {
    return this.isPlain ? this.text.slice(this.start + 1, this.end - 1) : this.#scanner.getTokenValue();
  }

  /** What is wrong with the token by itself, as a sentence. */
  get error(): string | undefined {
    return this.isPlain ? undefined : PROBLEMS[this.#scanner.getTokenError()];
  }

  /**
   * Reads the token that follows `end`, which the caller may move. Only numbers, words, comments and strings with escapes
   * are left to the scanner: it makes a string of blanks and of each bracket, which takes it longer than all else together.
   */
  scan(): number {
    const { text } = this;
    this.start = blanksEnd(text, this.end);
    const code = text.charCodeAt(this.start);
    const simple = this.start < text.length ? punctuationOf(code) : Token.EndOfText;
    const plainEnd = code === QUOTE ? plainStringEnd(text, this.start) : undefined;
    this.isPlain = plainEnd !== undefined;
    if (simple !== undefined) {
      this.token = simple;
      this.end = Math.min(this.start + 1, text.length);
    } else if (plainEnd !== undefined) {
      this.token = Token.String;
      this.end = plainEnd;
    } else {
      this.#scanner.setPosition(this.start);
      this.token = this.#scanner.scan();
      this.end = this.#scanner.getPosition();
    }
    return this.token;
  }
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** The offset after the string that begins at `start`; undefined where it has escapes, or anything is wrong with it. */
function plainStringEnd(text: string, start: number): number | undefined {
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) return at + 1;
    if (code === BACKSLASH || code < 32) return undefined;
  }
  return undefined;
}

function punctuationOf(code: number): number | undefined {
  switch (code) {
    case 0x2c:
      return Token.Comma;
    case 0x3a:
      return Token.Colon;
    case 0x7b:
      return Token.OpenBrace;
    case 0x7d:
      return Token.CloseBrace;
    case 0x5b:
      return Token.OpenBracket;
    case 0x5d:
      return Token.CloseBracket;
    default:
      return undefined;
  }
}

function blanksEnd(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code !== 32 && code !== 10 && code !== 13 && code !== 9) return at;
  }
  return text.length;
}

import { runtimeError } from '../stateError.ts';

/** An argument of an intrinsic function: a literal, a path into the data, or another call. */
export type Argument =
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null }
  | { readonly kind: 'path'; readonly text: string }
  | Call;

/** A call such as `States.Format('{}', $.name)`; `text` is its source. */
export interface Call {
  readonly kind: 'call';
  readonly name: string;
  readonly args: readonly Argument[];
  readonly text: string;
}

const parsed = new Map<string, Call>();
const MAX_CACHED_CALLS = 2000;
const MAX_DEPTH = 100;

/** Throws `States.Runtime` for text that is no intrinsic function call. */
export function parseIntrinsic(text: string): Call {
  const known = parsed.get(text);
  if (known) return known;
  const reader = new Reader(text);
  const call = reader.argument(0);
  reader.end();
  if (call.kind !== 'call') throw reader.failure();
  if (parsed.size >= MAX_CACHED_CALLS) parsed.clear();
  parsed.set(text, call);
  return call;
}

class Reader {
  #at = 0;

  constructor(private readonly text: string) {}

  argument(depth: number): Argument {
    if (depth > MAX_DEPTH) throw this.failure();
    this.#space();
    const next = this.text.charAt(this.#at);
    if (next === "'") return { kind: 'literal', value: this.#quoted() };
    if (next === '$') return { kind: 'path', text: this.#path() };
    const number = this.#match(/-?\d+(\.\d+)?([eE][+-]?\d+)?/y);
    if (number !== undefined) return { kind: 'literal', value: Number(number) };
    const start = this.#at;
    const word = this.#match(/[A-Za-z_][\w.]*/y);
    if (word === 'true' || word === 'false') return { kind: 'literal', value: word === 'true' };
    if (word === 'null') return { kind: 'literal', value: null };
    if (word === undefined || this.#match(/\s*\(/y) === undefined) throw this.failure();
    const args = this.#arguments(depth + 1);
    return { kind: 'call', name: word, args, text: this.text.slice(start, this.#at) };
  }

  end(): void {
    this.#space();
    if (this.#at < this.text.length) throw this.failure();
  }

  failure(): Error {
    return runtimeError(`Invalid intrinsic function '${this.text}' at position ${this.#at}.`);
  }

  #arguments(depth: number): Argument[] {
    const args: Argument[] = [];
    if (this.#match(/\s*\)/y) !== undefined) return args;
    do args.push(this.argument(depth));
    while (this.#match(/\s*,/y) !== undefined);
    if (this.#match(/\s*\)/y) === undefined) throw this.failure();
    return args;
  }

  /** A quoted string; `\'`, `\\`, `\{` and `\}` keep their backslash only where Format needs to see it. */
  #quoted(): string {
    const raw = this.#match(/'((?:\\.|[^'\\])*)'/sy);
    if (raw === undefined) throw this.failure();
    return raw.slice(1, -1).replace(/\\(['\\])/g, (whole, character: string) => (character === "'" ? "'" : whole));
  }

  /** A path up to the comma or parenthesis that ends the argument, brackets and quotes respected. */
  #path(): string {
    const start = this.#at;
    let depth = 0;
    let quote = '';
    for (; this.#at < this.text.length; this.#at++) {
      const character = this.text.charAt(this.#at);
      if (quote) {
        if (character === '\\') this.#at++;
        else if (character === quote) quote = '';
      } else if (depth > 0 && (character === "'" || character === '"')) quote = character;
      else if (character === '[' || character === '(') depth++;
      else if (depth > 0 && (character === ']' || character === ')')) depth--;
      else if (depth === 0 && (character === ',' || character === ')')) break;
    }
    return this.text.slice(start, this.#at).trim();
  }

  #space(): void {
    this.#match(/\s*/y);
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.text)?.[0];
    if (found !== undefined) this.#at += found.length;
    return found;
  }
}

import { byText } from '../../language/byText.ts';
import { parsePath } from './jsonPath.ts';

export type IntrinsicArgument =
  | { readonly kind: 'call'; readonly call: IntrinsicCall; readonly start: number; readonly end: number }
  | { readonly kind: 'path'; readonly text: string; readonly start: number; readonly end: number }
  | {
      readonly kind: 'text';
      readonly value: string;
      readonly raw: string;
      readonly start: number;
      readonly end: number;
    }
  | { readonly kind: 'number'; readonly value: number; readonly start: number; readonly end: number }
  | { readonly kind: 'constant'; readonly value: boolean | null; readonly start: number; readonly end: number };

export interface IntrinsicCall {
  /** With its prefix: `States.Format`. */
  readonly name: string;
  readonly nameStart: number;
  readonly args: readonly IntrinsicArgument[];
  readonly start: number;
  readonly end: number;
}

export interface IntrinsicError {
  readonly message: string;
  readonly offset: number;
}

export interface IntrinsicFunction {
  readonly min: number;
  readonly max: number;
  readonly signature: string;
  /** One sentence. */
  readonly doc: string;
  readonly returnsText: boolean;
  /** What does the same in JSONata. */
  readonly jsonata: string;
}

type Row = readonly [min: number, max: number, signature: string, jsonata: string, doc: string, returnsText?: true];

const rows: Readonly<Record<string, Row>> = {
  Array: [0, Infinity, 'value, …', '[ … ]', 'An array of the arguments.'],
  ArrayPartition: [2, 2, 'array, chunkSize', '$partition', 'The array in chunks of a size.'],
  ArrayContains: [2, 2, 'array, value', 'value in array', 'Whether the array holds the value.'],
  ArrayRange: [3, 3, 'first, last, step', '$range', 'The numbers from first to last, at most 1,000.'],
  ArrayGetItem: [2, 2, 'array, index', 'array[index]', 'The item at an index, counted from 0.', true],
  ArrayLength: [1, 1, 'array', '$count', 'How many items the array has.'],
  ArrayUnique: [1, 1, 'array', '$distinct', 'The array without duplicates.'],
  Base64Encode: [1, 1, 'text', '$base64encode', 'The text, at most 10,000 characters, as Base64.', true],
  Base64Decode: [1, 1, 'text', '$base64decode', 'The text that Base64 stands for.', true],
  Hash: [2, 2, "data, 'SHA-256'", '$hash', 'A hash: MD5, SHA-1, SHA-256, SHA-384 or SHA-512.', true],
  JsonMerge: [3, 3, 'first, second, false', '$merge', 'Two objects in one; fields of the second win. Only shallow.'],
  JsonToString: [1, 1, 'json', '$string', 'The value as a JSON string.', true],
  StringToJson: [1, 1, 'text', '$parse', 'The value of a JSON string.'],
  MathAdd: [2, 2, 'a, b', 'a + b', 'The sum of two whole numbers.'],
  MathRandom: [2, 3, 'start, end, seed?', '$random', 'A whole number from start to less than end.'],
  StringSplit: [2, 2, "text, ','", '$split', 'The parts between the separating characters.'],
  UUID: [0, 0, '', '$uuid', 'A version 4 UUID.', true],
  Format: [
    1,
    Infinity,
    "'{} of {}', value, …",
    'string concatenation with &',
    'The text with each `{}` replaced by the next argument.',
    true,
  ],
};

/** The intrinsic functions of JSONPath states (developer guide, "Intrinsic functions"), by name: `States.Format`. */
export const INTRINSICS: Readonly<Record<string, IntrinsicFunction>> = Object.fromEntries(
  Object.entries(rows).map(([name, [min, max, parameters, jsonata, doc, returnsText = false]]) => [
    `States.${name}`,
    { min, max, signature: `States.${name}(${parameters})`, jsonata, doc, returnsText },
  ]),
);

/** Whether a text is meant as an intrinsic function rather than a path. */
export function looksLikeIntrinsic(text: string): boolean {
  return /^\s*States\./i.test(text) || /^\s*[A-Za-z]\w*(?:\.\w+)*\s*\(/.test(text);
}

type ParsedIntrinsic = IntrinsicCall | { readonly error: IntrinsicError };

/** Reads a whole text as one call; blanks around it are tolerated, as AWS does. */
export const parseIntrinsic = byText(10_000, parse);

function parse(text: string): ParsedIntrinsic {
  const reader = new Reader(text);
  try {
    const call = reader.call();
    reader.blanks();
    if (reader.at < text.length) reader.fail('Nothing may follow the call.');
    return call;
  } catch (failure) {
    if (failure instanceof Failure) return { error: { message: failure.message, offset: failure.offset } };
    throw failure;
  }
}

/** The calls of a tree, outer ones first. */
export function callsIn(call: IntrinsicCall): readonly IntrinsicCall[] {
  const inner = call.args.flatMap((argument) => (argument.kind === 'call' ? callsIn(argument.call) : []));
  return [call, ...inner];
}

class Failure extends Error {
  constructor(
    message: string,
    readonly offset: number,
  ) {
    super(message);
  }
}

class Reader {
  at = 0;
  #depth = 0;

  constructor(private readonly text: string) {}

  fail(message: string, offset = this.at): never {
    throw new Failure(message, offset);
  }

  blanks(): void {
    while (/\s/.test(this.text[this.at] ?? '')) this.at++;
  }

  call(): IntrinsicCall {
    this.blanks();
    const start = this.at;
    const name = /^[A-Za-z_][\w.]*/.exec(this.text.slice(start))?.[0] ?? '';
    if (name === '') this.fail('The name of an intrinsic function is expected, such as States.Format.');
    this.at += name.length;
    this.blanks();
    if (this.text[this.at] !== '(') this.fail(`"(" is expected after ${name}.`);
    this.at++;
    if (++this.#depth > 200) this.fail('Calls are nested too deep.');
    const args: IntrinsicArgument[] = [];
    this.blanks();
    if (this.text[this.at] === ')') this.at++;
    else {
      for (;;) {
        args.push(this.#argument());
        this.blanks();
        const next = this.text[this.at++];
        if (next === ')') break;
        if (next === undefined) this.fail(`")" is missing after the arguments of ${name}.`, this.text.length);
        if (next !== ',') this.fail(`"," or ")" is expected, not "${next}".`, this.at - 1);
      }
    }
    this.#depth--;
    return { name, nameStart: start, args, start, end: this.at };
  }

  #argument(): IntrinsicArgument {
    this.blanks();
    const start = this.at;
    const first = this.text[start];
    if (first === "'") return this.#quoted();
    if (first === '"') this.fail('Strings inside an intrinsic function take single quotes.');
    if (first === '$') return this.#path();
    const rest = this.text.slice(start);
    const number = /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])/.exec(rest)?.[0];
    if (number !== undefined) {
      this.at += number.length;
      return { kind: 'number', value: Number(number), start, end: this.at };
    }
    const word = /^(?:true|false|null)(?![\w.(])/.exec(rest)?.[0];
    if (word !== undefined) {
      this.at += word.length;
      return { kind: 'constant', value: word === 'null' ? null : word === 'true', start, end: this.at };
    }
    if (/^[A-Za-z_]/.test(rest)) {
      const call = this.call();
      return { kind: 'call', call, start, end: this.at };
    }
    return this.fail(first === undefined ? 'An argument is missing.' : 'An argument is expected here.');
  }

  #quoted(): IntrinsicArgument {
    const start = this.at++;
    let value = '';
    for (;;) {
      const character = this.text[this.at];
      if (character === undefined) this.fail('A single quote is missing at the end of this string.', start);
      if (character === "'") break;
      if (character === '\\') {
        const escaped = this.text[this.at + 1] ?? '';
        if (!"'{}\\".includes(escaped) || escaped === '') {
          this.fail(`"\\${escaped}" is no escape here: only \\', \\{, \\} and \\\\ are.`);
        }
        value += escaped;
        this.at += 2;
      } else {
        value += character;
        this.at++;
      }
    }
    this.at++;
    return { kind: 'text', value, raw: this.text.slice(start + 1, this.at - 1), start, end: this.at };
  }

  #path(): IntrinsicArgument {
    const start = this.at;
    let open = 0;
    let quote = '';
    for (; this.at < this.text.length; this.at++) {
      const character = this.text[this.at] ?? '';
      if (quote !== '') {
        if (character === '\\') this.at++;
        else if (character === quote) quote = '';
      } else if (open > 0 && (character === "'" || character === '"')) quote = character;
      else if (character === '[' || character === '(') open++;
      else if (character === ']' || (character === ')' && open > 0)) open--;
      else if (open === 0 && (character === ',' || character === ')' || /\s/.test(character))) break;
    }
    const text = this.text.slice(start, this.at);
    const parsed = parsePath(text);
    if (parsed.error !== undefined) this.fail(parsed.error.message, start + parsed.error.offset);
    return { kind: 'path', text, start, end: this.at };
  }
}

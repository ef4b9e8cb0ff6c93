import { isJsonArray, isJsonObject, type Json } from '../json.ts';
import { passes, type Filter, type Operand, type Operator } from './filter.ts';
import { FUNCTIONS } from './pathFunctions.ts';
import type { Step } from './steps.ts';

const NAME = /[^.[\]()\s'",]+/y;
const NUMBER = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const OPERATOR = /===|!==|==|!=|<=|>=|=~|<|>|\b(?:in|nin|subsetof|anyof|noneof|all|contains|size|empty)\b/iy;
const QUOTED = /'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"/sy;
const REGEX = /\/((?:\\.|[^/\\])*)\/([a-z]*)/y;
const MAX_DEPTH = 50;

/** Reads the steps of a path, and the filters inside it, in Jayway's dialect. Throws an Error that says what is wrong. */
export class PathReader {
  #depth = 0;

  constructor(
    private readonly text: string,
    private at: number,
  ) {}

  /** All steps up to the end of the text. */
  whole(): Step[] {
    const steps = this.#steps();
    if (this.at < this.text.length) throw this.#problem('unexpected character');
    return steps;
  }

  #steps(): Step[] {
    const steps: Step[] = [];
    for (let step = this.#step(steps); step; step = this.#step(steps)) steps.push(step);
    return steps;
  }

  #step(before: readonly Step[]): Step | undefined {
    if (this.#take('..')) {
      if (this.text[this.at] !== '[') this.at -= 1;
      return { kind: 'scan' };
    }
    if (this.#take('[')) return this.#bracket();
    if (!this.#take('.')) return undefined;
    if (this.#take('[')) return this.#bracket();
    if (this.#take('*')) return { kind: 'wildcard' };
    const name = this.#match(NAME);
    if (name === undefined) throw this.#problem('a name is missing');
    return this.#take('(') ? this.#function(name, before) : { kind: 'names', names: [name] };
  }

  #function(name: string, before: readonly Step[]): Step {
    const run = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
    if (!run) throw this.#problem(`there is no function '${name}'`);
    const argument = this.#match(NUMBER);
    this.#expect(')');
    const isOfAll = before.some(({ kind }) => kind === 'scan');
    return { kind: 'function', run: (value) => run(value, Number(argument ?? 0)), isOfAll };
  }

  #bracket(): Step {
    this.#space();
    const step = this.#selector();
    this.#space();
    this.#expect(']');
    return step;
  }

  #selector(): Step {
    if (this.#take('*')) return { kind: 'wildcard' };
    if (this.#take('?')) {
      this.#space();
      this.#expect('(');
      const test = this.#any();
      this.#space();
      this.#expect(')');
      return { kind: 'filter', test: (item, root) => passes(test, item, root) };
    }
    const name = this.#quoted();
    if (name !== undefined) return { kind: 'names', names: this.#list(name, () => this.#quoted()) };
    const whole = (): number | undefined => {
      const digits = this.#match(/-?\d+/y);
      return digits === undefined ? undefined : Number(digits);
    };
    const from = whole();
    this.#space();
    if (this.#take(':')) {
      this.#space();
      const to = whole();
      this.#space();
      const step = this.#take(':') ? (whole() ?? 1) : 1;
      if (step < 1) throw this.#problem('a step must be positive');
      return { kind: 'slice', from, to, step };
    }
    if (from === undefined) throw this.#problem('no index, slice, quoted name or filter');
    return { kind: 'indexes', indexes: this.#list(from, whole) };
  }

  #list<T>(first: T, next: () => T | undefined): T[] {
    const items = [first];
    for (;;) {
      this.#space();
      if (!this.#take(',')) return items;
      this.#space();
      const item = next();
      if (item === undefined) throw this.#problem('something is missing after the comma');
      items.push(item);
    }
  }

  #any(): Filter {
    if (++this.#depth > MAX_DEPTH) throw this.#problem('the filter nests too deep');
    const parts = this.#joined('||', () => this.#joined('&&', () => this.#test()));
    this.#depth--;
    const groups = parts.map((group): Filter => ({ kind: 'all', parts: group }));
    return { kind: 'any', parts: groups };
  }

  #joined<T>(by: string, part: () => T): T[] {
    const parts = [part()];
    for (;;) {
      this.#space();
      if (!this.#take(by)) return parts;
      parts.push(part());
    }
  }

  #test(): Filter {
    this.#space();
    if (this.#take('!')) {
      if (++this.#depth > MAX_DEPTH) throw this.#problem('the filter nests too deep');
      const part = this.#test();
      this.#depth--;
      return { kind: 'not', part };
    }
    if (this.#take('(')) {
      const inner = this.#any();
      this.#space();
      this.#expect(')');
      return inner;
    }
    const left = this.#operand();
    this.#space();
    const operator = this.#match(OPERATOR)?.toLowerCase() as Operator | undefined;
    if (operator === undefined) return { kind: 'exists', operand: left };
    this.#space();
    return { kind: 'compare', left, operator, right: this.#operand() };
  }

  #operand(): Operand {
    const first = this.text[this.at];
    if (first === '@' || first === '$') {
      this.at++;
      const steps = this.#steps();
      return { kind: first === '@' ? 'here' : 'root', steps };
    }
    if (first === '[' || first === '{') return { kind: 'value', value: this.#json() };
    const quoted = this.#quoted();
    if (quoted !== undefined) return { kind: 'value', value: quoted };
    const number = this.#match(NUMBER);
    if (number !== undefined) return { kind: 'value', value: Number(number) };
    const regex = this.#match(REGEX);
    if (regex !== undefined) return { kind: 'pattern', pattern: this.#pattern(regex) };
    const word = this.#match(/true|false|null/iy)?.toLowerCase();
    if (word !== undefined) return { kind: 'value', value: JSON.parse(word) as Json };
    throw this.#problem('a value is missing');
  }

  #pattern(text: string): RegExp {
    const end = text.lastIndexOf('/');
    const flags = [...new Set(text.slice(end + 1))].filter((flag) => 'ims'.includes(flag)).join('');
    return new RegExp(`^(?:${text.slice(1, end)})$`, flags);
  }

  /** A JSON literal; Jayway takes single quotes as well. */
  #json(): Json {
    const start = this.at;
    let depth = 0;
    do {
      const character = this.text[this.at];
      if (character === undefined) throw this.#problem('a bracket is not closed');
      if (this.#match(QUOTED) !== undefined) continue;
      if (character === '[' || character === '{') depth++;
      if (character === ']' || character === '}') depth--;
      this.at++;
    } while (depth > 0);
    const source = this.text.slice(start, this.at);
    const value = JSON.parse(
      source.replaceAll(new RegExp(QUOTED.source, 'gs'), (text) => JSON.stringify(unquoted(text))),
    ) as Json;
    return isJsonArray(value) || isJsonObject(value) ? value : null;
  }

  #quoted(): string | undefined {
    const text = this.#match(QUOTED);
    return text === undefined ? undefined : unquoted(text);
  }

  #space(): void {
    this.#match(/\s+/y);
  }

  #take(text: string): boolean {
    if (!this.text.startsWith(text, this.at)) return false;
    this.at += text.length;
    return true;
  }

  #expect(text: string): void {
    if (!this.#take(text)) throw this.#problem(`'${text}' is missing`);
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    if (found !== undefined) this.at += found.length;
    return found;
  }

  #problem(what: string): Error {
    return new Error(`${what} at position ${this.at}.`);
  }
}

function unquoted(text: string): string {
  return text.slice(1, -1).replace(/\\(.)/gs, '$1');
}

import { invalidInput } from '../errors.ts';

/** Whether a partition is asked for, given the value of a partition key by name. */
export type PartitionTest = (valueOf: (key: string) => string | undefined) => boolean;

const token = /\s*(?:(<=|>=|<>|!=|[=<>(),])|'((?:[^']|'')*)'|"([^"]*)"|([\w.-]+))/y;

interface Token {
  readonly kind: 'sign' | 'text' | 'word';
  readonly text: string;
}

/**
 * GetPartitions' Expression: comparisons, IN, LIKE and BETWEEN over partition keys, joined with AND, OR and NOT. Values
 * that are both numbers are compared as such. Throws InvalidInputException.
 * https://docs.aws.amazon.com/glue/latest/webapi/API_GetPartitions.html
 */
export function parsePartitionExpression(text: string): PartitionTest {
  const parser = new Parser(tokensOf(text));
  const test = parser.or();
  parser.end();
  return test;
}

function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  token.lastIndex = 0;
  while (token.lastIndex < text.trimEnd().length) {
    const at = token.lastIndex;
    const found = token.exec(text);
    if (!found) throw invalidInput(`The expression cannot be read from "${text.slice(at, at + 20)}" on.`);
    const [, sign, quoted, column, word = ''] = found;
    if (sign !== undefined) tokens.push({ kind: 'sign', text: sign });
    else if (quoted !== undefined) tokens.push({ kind: 'text', text: quoted.replaceAll("''", "'") });
    else tokens.push({ kind: 'word', text: column ?? word });
  }
  return tokens;
}

class Parser {
  #at = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  or(): PartitionTest {
    const tests = [this.#and()];
    while (this.#takes('OR')) tests.push(this.#and());
    return (valueOf) => tests.some((test) => test(valueOf));
  }

  end(): void {
    const rest = this.tokens[this.#at];
    if (rest) throw invalidInput(`The expression does not go on with "${rest.text}".`);
  }

  #and(): PartitionTest {
    const tests = [this.#not()];
    while (this.#takes('AND')) tests.push(this.#not());
    return (valueOf) => tests.every((test) => test(valueOf));
  }

  #not(): PartitionTest {
    if (this.#takes('NOT')) {
      const test = this.#not();
      return (valueOf) => !test(valueOf);
    }
    if (this.#takes('(')) {
      const test = this.or();
      this.#expect(')');
      return test;
    }
    return this.#comparison();
  }

  #comparison(): PartitionTest {
    const key = this.#next().text.toLowerCase();
    const isNot = this.#takes('NOT');
    const test = this.#operator();
    return (valueOf) => {
      const value = valueOf(key);
      return value !== undefined && test(value) !== isNot;
    };
  }

  #operator(): (value: string) => boolean {
    const { text } = this.#next();
    switch (text.toUpperCase()) {
      case 'IN': {
        this.#expect('(');
        const wanted = [this.#next().text];
        while (this.#takes(',')) wanted.push(this.#next().text);
        this.#expect(')');
        return (value) => wanted.some((each) => compare(value, each) === 0);
      }
      case 'BETWEEN': {
        const low = this.#next().text;
        this.#expect('AND');
        const high = this.#next().text;
        return (value) => compare(value, low) >= 0 && compare(value, high) <= 0;
      }
      case 'LIKE': {
        const pattern = this.#next().text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
        const expression = new RegExp(`^${pattern.replaceAll('%', '.*').replaceAll('_', '.')}$`, 's');
        return (value) => expression.test(value);
      }
      default: {
        const test = comparisons[text];
        if (!test) throw invalidInput(`"${text}" is no operator of an expression.`);
        const wanted = this.#next().text;
        return (value) => test(compare(value, wanted));
      }
    }
  }

  #takes(text: string): boolean {
    const next = this.tokens[this.#at];
    if (next?.kind === 'text' || next?.text.toUpperCase() !== text) return false;
    this.#at += 1;
    return true;
  }

  #expect(text: string): void {
    if (!this.#takes(text)) throw invalidInput(`The expression lacks "${text}".`);
  }

  #next(): Token {
    const next = this.tokens[this.#at];
    if (!next) throw invalidInput('The expression ends too early.');
    this.#at += 1;
    return next;
  }
}

const comparisons: Readonly<Record<string, (order: number) => boolean>> = {
  '=': (order) => order === 0,
  '<>': (order) => order !== 0,
  '!=': (order) => order !== 0,
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
};

function compare(left: string, right: string): number {
  const [a, b] = [Number(left), Number(right)];
  if (left.trim() !== '' && right.trim() !== '' && Number.isFinite(a) && Number.isFinite(b)) return a - b;
  return left === right ? 0 : left < right ? -1 : 1;
}

import { AwsError } from '../../http/awsError.ts';

/** Whether what a selector finds meets a pattern's condition; `undefined` where it finds nothing. */
type Test = (value: unknown) => boolean;

/** A condition of a pattern over whatever its selectors find. */
export type Condition<Found> = (find: (selector: string) => Found) => boolean;

/**
 * Reads `a = 1 && (b != "x" || c IS NULL)`. `selector` matches what stands left of an operator. Throws
 * InvalidParameterException where the text is no condition.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 */
export function parseCondition(text: string, selector: RegExp): Condition<unknown> {
  const reader = new ConditionReader(text, new RegExp(selector.source, 'y'));
  const condition = reader.readOr();
  reader.end();
  return condition;
}

class ConditionReader {
  #at = 0;

  constructor(
    private readonly text: string,
    private readonly selector: RegExp,
  ) {}

  readOr(): Condition<unknown> {
    const parts = [this.#readAnd()];
    while (this.#take(/\|\|/y)) parts.push(this.#readAnd());
    return (find) => parts.some((part) => part(find));
  }

  end(): void {
    this.#take(/\s*/y);
    if (this.#at < this.text.length) throw this.#problem();
  }

  #readAnd(): Condition<unknown> {
    const parts = [this.#readOne()];
    while (this.#take(/&&/y)) parts.push(this.#readOne());
    return (find) => parts.every((part) => part(find));
  }

  #readOne(): Condition<unknown> {
    if (this.#take(/\(/y)) {
      const inner = this.readOr();
      if (!this.#take(/\)/y)) throw this.#problem();
      return inner;
    }
    const name = this.#take(this.selector)?.[0];
    if (name === undefined) throw this.#problem();
    const test = this.#readTest();
    return (find) => test(find(name));
  }

  #readTest(): Test {
    const word = this.#take(/IS\s+(TRUE|FALSE|NULL)\b|NOT\s+EXISTS\b/iy);
    if (word) {
      const wanted = { TRUE: true, FALSE: false, NULL: null }[word[1]?.toUpperCase() ?? ''];
      return (value) => value === wanted;
    }
    const operator = this.#take(/!=|<=|>=|=|<|>/y)?.[0];
    const operand = this.#take(/"((?:[^"\\]|\\.)*)"|%((?:[^%\\]|\\.)+)%|([^\s()&|,"]+)/y);
    if (operator === undefined || !operand) throw this.#problem();
    const [, quoted, pattern, bare = ''] = operand;
    if (pattern !== undefined) return equality(operator, regexTest(pattern), () => this.#problem());
    const text = quoted?.replace(/\\(.)/g, '$1') ?? bare;
    if (operator === '=' || operator === '!=') return equality(operator, equalTest(text, quoted === undefined));
    const limit = Number(text);
    if (Number.isNaN(limit)) throw this.#problem();
    return (value) => {
      const number =
        typeof value === 'number' ? value : typeof value === 'string' && value !== '' ? Number(value) : NaN;
      if (operator === '<') return number < limit;
      if (operator === '<=') return number <= limit;
      return operator === '>' ? number > limit : number >= limit;
    };
  }

  /** What the pattern matches next, after spaces. */
  #take(pattern: RegExp): RegExpExecArray | undefined {
    const space = /\s*/y;
    space.lastIndex = this.#at;
    space.exec(this.text);
    pattern.lastIndex = space.lastIndex;
    const match = pattern.exec(this.text);
    if (!match) return undefined;
    this.#at = pattern.lastIndex;
    return match;
  }

  #problem(): AwsError {
    return invalidPattern(this.text.slice(this.#at, this.#at + 40));
  }
}

/** `=` and `!=`; both need something to compare with. */
function equality(operator: string, test: Test, problem?: () => AwsError): Test {
  if (operator === '=') return (value) => value !== undefined && test(value);
  if (operator === '!=') return (value) => value !== undefined && !test(value);
  throw problem?.() ?? invalidPattern(operator);
}

function equalTest(text: string, isBare: boolean): Test {
  const number = isBare && text !== '' ? Number(text) : NaN;
  const wildcard = text.includes('*') ? new RegExp(`^${text.split('*').map(escaped).join('.*')}$`, 's') : undefined;
  return (value) => {
    if (typeof value === 'number' && !Number.isNaN(number)) return value === number;
    const found = textOf(value);
    return found !== undefined && (wildcard ? wildcard.test(found) : found === text);
  };
}

/** What CloudWatch Logs takes in a regular expression: no groups, no other symbols, one byte for each character. */
const supportedRegex = /^(?:[\w\s:#=@/;,^$?[\]{}|*+.-]|\\[\x20-\x7e])+$/;

/**
 * Throws InvalidParameterException where the text between two `%` is no regular expression as the service takes them.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/regex-expressions.html
 */
export function regexTest(pattern: string): Test {
  if (!supportedRegex.test(pattern)) throw invalidPattern(pattern);
  try {
    const regex = new RegExp(pattern);
    return (value) => {
      const text = textOf(value);
      return text !== undefined && regex.test(text);
    };
  } catch {
    throw invalidPattern(pattern);
  }
}

export function invalidPattern(near: string): AwsError {
  return new AwsError('InvalidParameterException', `Invalid filter pattern near '${near}'`);
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : undefined;
}

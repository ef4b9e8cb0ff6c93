import jsonata from 'jsonata';
import { byText } from '../../language/byText.ts';
import { analyzeJsonata, type JsonataAnalysis, type JsonataNode } from './jsonataAnalysis.ts';

export interface JsonataError {
  readonly message: string;
  /** The text at fault, counted from the start of the expression. */
  readonly from: number;
  readonly to: number;
}

export type ParsedJsonata =
  | { readonly error: JsonataError; readonly analysis?: undefined }
  | { readonly error?: undefined; readonly analysis: JsonataAnalysis };

/** The parser alone: making a whole expression also makes the environment that it runs in, at several times the cost. */
const { parser } = jsonata as unknown as { readonly parser: (source: string) => JsonataNode };

/** Reads the text between `{%` and `%}` with the parser of JSONata 2.0.6. */
export const parseJsonata = byText(20_000, (source) => simplePath(source) ?? parse(source));

function parse(source: string): ParsedJsonata {
  try {
    return { analysis: analyzeJsonata(parser(source)) };
  } catch (thrown) {
    return { error: toError(thrown, source) };
  }
}

const SIMPLE_PATH = /^\s*\$([A-Za-z_]\w*)((?:\.[A-Za-z_]\w*)*)\s*$/;
const OPERATOR_WORDS = /\.(?:and|or|in|true|false|null|function)(?:\.|\s*$)/;

/** Most expressions are a variable and field names: what the parser says of those is known without it. */
function simplePath(source: string): ParsedJsonata | undefined {
  const match = SIMPLE_PATH.exec(source);
  if (match === null || OPERATOR_WORDS.test(source)) return undefined;
  const [, name = '', rest = ''] = match;
  const from = source.indexOf('$');
  return {
    analysis: {
      variables: [{ name, path: rest === '' ? [] : rest.slice(1).split('.'), from, to: from + 1 + name.length }],
      topLevel: [],
      calls: [],
      result: 'unknown',
    },
  };
}

interface ParserError {
  readonly code?: string;
  readonly position?: number;
  readonly token?: unknown;
  readonly value?: unknown;
}

function toError(thrown: unknown, source: string): JsonataError {
  if (thrown instanceof RangeError)
    return { message: 'This expression is nested too deep.', from: 0, to: source.length };
  const {
    code = '',
    position,
    token,
    value,
  } = (typeof thrown === 'object' && thrown !== null ? thrown : {}) as ParserError;
  const shown = typeof token === 'string' || typeof token === 'number' ? String(token) : '';
  const end = position === undefined ? source.length : Math.min(position, source.length);
  const isEnd = shown === '(end)' || code === 'S0203' || code === 'S0207';
  const from = isEnd ? lastCharacter(source) : Math.max(0, end - Math.max(1, shown.length));
  const template = MESSAGES[code] ?? 'This is no valid JSONata.';
  const wanted = typeof value === 'string' ? value : '';
  return {
    message: template.replace('{token}', shown).replace('{value}', wanted),
    from,
    to: isEnd ? from + 1 : Math.max(end, from + 1),
  };
}

function lastCharacter(source: string): number {
  return Math.max(0, source.trimEnd().length - 1);
}

/** In the words of AWS, which passes on those of JSONata. */
const MESSAGES: Readonly<Record<string, string>> = {
  S0101: 'String literal must be terminated by a matching quote.',
  S0102: 'Number out of range: {token}.',
  S0103: 'Unsupported escape sequence: \\{token}.',
  S0104: 'The escape sequence \\u must be followed by 4 hex digits.',
  S0105: 'Quoted property name must be terminated with a backquote (`).',
  S0106: 'Comment has no closing tag.',
  S0201: 'Syntax error at "{token}": an operator is missing before it.',
  S0202: 'Expected "{value}", got "{token}".',
  S0203: 'Expected "{value}" before the end of the expression.',
  S0204: 'Unknown operator: "{token}".',
  S0205: 'Unexpected token: "{token}".',
  S0206: 'Unknown expression type: "{token}".',
  S0207: 'Unexpected end of expression.',
  S0208: 'Parameter {value} of a function must be a variable name (start with $).',
  S0209: 'A predicate cannot follow a grouping expression in a step.',
  S0210: 'Each step can only have one grouping expression.',
  S0211: 'The symbol "{token}" cannot be used as a unary operator.',
  S0212: 'The left side of := must be a variable name (start with $).',
  S0213: 'The literal value {value} cannot be used as a step within a path expression.',
  S0214: 'The right side of {token} must be a variable name (start with $).',
  S0215: 'A context variable binding must precede any predicates on a step.',
  S0216: 'A context variable binding must precede the order-by clause on a step.',
  S0217: 'What "%" stands for cannot be derived from this expression.',
  S0301: 'Empty regular expressions are not allowed.',
  S0302: 'No terminating / in regular expression.',
  S0401: 'Type parameters can only be applied to functions and arrays.',
  S0402: 'Choice groups containing parameterized types are not supported.',
};

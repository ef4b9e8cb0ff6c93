import { parseTree, type ParseError } from 'jsonc-parser';

/** Why a text is no JSON: `line` and `column` count from 1, `message` says what was expected, as `expected ","`. */
export interface JsonProblem {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** The first thing that keeps `text` from being JSON, or undefined. Comments and trailing commas are no JSON. */
export function findJsonProblem(text: string): JsonProblem | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch {
    const errors: ParseError[] = [];
    parseTree(text, errors, { disallowComments: true, allowTrailingComma: false });
    const offset = errors[0]?.offset ?? 0;
    const code: number = errors[0]?.error ?? 0;
    const before = text.slice(0, offset);
    return {
      line: before.split('\n').length,
      column: offset - (before.lastIndexOf('\n') + 1) + 1,
      message: text[offset] === "'" ? 'expected double quotes' : (messages[code] ?? 'not JSON'),
    };
  }
}

/** By `ParseErrorCode` of jsonc-parser. */
const messages: Readonly<Record<number, string>> = {
  1: 'expected a value',
  2: 'not a number',
  3: 'expected a property name in double quotes',
  4: 'expected a value',
  5: 'expected ":"',
  6: 'expected ","',
  7: 'expected "}"',
  8: 'expected "]"',
  9: 'expected the end of the input',
  10: 'comments are not JSON',
  11: 'a comment has no end',
  12: 'a text has no closing quote',
  13: 'a number has no end',
  14: 'not a Unicode escape',
  15: 'not an escape',
  16: 'a control character must be escaped',
};

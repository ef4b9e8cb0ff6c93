import { byText } from '../../language/byText.ts';

/** What is wrong with a path and where, counted from the start of the text. */
export interface PathError {
  readonly message: string;
  readonly offset: number;
}

export interface ParsedPath {
  /** `$` the input, `$$` the context object, or a variable's name without its `$`. */
  readonly root: '$' | '$$' | { readonly variable: string };
  /** Names and indexes in order; undefined for a part that selects more than one node or computes. */
  readonly steps: readonly (string | number | undefined)[];
  /** Whether it names exactly one node: a reference path. */
  readonly isReference: boolean;
  /** Variables that filters inside read. */
  readonly error?: undefined;
}

/** Reads a JSONPath as AWS does (Jayway's dialect): `$.[0]` and unquoted words in filters are fine. */
export const parsePath = byText(10_000, parse);

function parse(text: string): ParsedPath | { readonly error: PathError } {
  const root = /^\$\$?/.exec(text)?.[0];
  if (root === undefined) return fail('A path begins with "$".', 0);
  let at = root.length;
  let variable: string | undefined;
  if (root === '$') {
    variable = /^[\p{ID_Start}_][\p{ID_Continue}]*/u.exec(text.slice(1))?.[0];
    at += variable?.length ?? 0;
  }
  const steps: (string | number | undefined)[] = [];
  while (at < text.length) {
    const step = parseStep(text, at);
    if ('error' in step) return step;
    steps.push(step.value);
    at = step.end;
  }
  return {
    root: variable !== undefined ? { variable } : root === '$' ? '$' : '$$',
    steps,
    isReference: !steps.includes(undefined),
  };
}

type Step = { readonly value: string | number | undefined; readonly end: number } | { readonly error: PathError };

function fail(message: string, offset: number): { readonly error: PathError } {
  return { error: { message, offset } };
}

function parseStep(text: string, at: number): Step {
  if (text.startsWith('..', at)) {
    const rest = at + 2;
    if (text[rest] === '[') return many(parseBracket(text, rest));
    return many(parseName(text, rest));
  }
  if (text[at] === '.') {
    if (text[at + 1] === '[') return parseBracket(text, at + 1);
    return parseName(text, at + 1);
  }
  if (text[at] === '[') return parseBracket(text, at);
  const word = /^\s/.test(text.slice(at, at + 1)) ? 'a blank' : `"${text[at] ?? ''}"`;
  return fail(`${word} cannot stand here: a path goes on with "." or "[".`, at);
}

function many(step: Step): Step {
  return 'error' in step ? step : { value: undefined, end: step.end };
}

function parseName(text: string, at: number): Step {
  if (text[at] === '*') return { value: undefined, end: at + 1 };
  let end = at;
  while (end < text.length && !/[.[\s()]/.test(text[end] ?? '')) end++;
  const name = text.slice(at, end);
  if (name === '') {
    return fail(
      end < text.length ? `A name is expected before "${text[end] ?? ''}".` : 'A name is expected after ".".',
      at,
    );
  }
  if (text[end] === '(') {
    const close = closing(text, end);
    if (close === undefined) return fail('")" is missing.', end);
    return { value: undefined, end: close + 1 };
  }
  if (/\s/.test(text[end] ?? '')) {
    return fail("A name with a blank must be written in brackets: ['my name'].", end);
  }
  return { value: name, end };
}

function parseBracket(text: string, at: number): Step {
  const close = closing(text, at);
  if (close === undefined) return fail('"]" is missing.', at);
  const inner = text.slice(at + 1, close).trim();
  const end = close + 1;
  if (inner === '') return fail('Nothing stands between the brackets.', at);
  if (inner === '*') return { value: undefined, end };
  if (inner.startsWith('?')) {
    if (!/^\?\s*\(.+\)$/s.test(inner)) return fail('A filter is written [?(@.name == 1)].', at);
    return { value: undefined, end };
  }
  if (/^-?\d+$/.test(inner)) return { value: Number(inner), end };
  if (/^(?:-?\d+)?\s*:\s*(?:-?\d+)?(?:\s*:\s*(?:-?\d+)?)?$/.test(inner)) return { value: undefined, end };
  if (/^-?\d+(?:\s*,\s*-?\d+)+$/.test(inner)) return { value: undefined, end };
  if (/^\(.+\)$/s.test(inner)) return { value: undefined, end };
  const quoted = /^(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")(?:\s*,\s*(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"))*$/s;
  if (!quoted.test(inner)) return fail(`${JSON.stringify(inner)} is no index, slice, quoted name or filter.`, at + 1);
  const single = /^(['"])((?:(?!\1)[^\\]|\\.)*)\1$/s.exec(inner);
  return { value: single?.[2]?.replaceAll(/\\(.)/gs, '$1'), end };
}

/** The bracket that closes the one at `open`; quoted text and nested brackets are stepped over. */
function closing(text: string, open: number): number | undefined {
  const expected: string[] = [];
  for (let index = open; index < text.length; index++) {
    const character = text[index] ?? '';
    if (character === '[') expected.push(']');
    else if (character === '(') expected.push(')');
    else if (character === ']' || character === ')') {
      if (expected.pop() !== character) return undefined;
      if (expected.length === 0) return index;
    } else if (character === "'" || character === '"') {
      const end = quoteEnd(text, index);
      if (end === undefined) return undefined;
      index = end;
    } else if (character === '/' && text.slice(open, index).trimEnd().endsWith('=~')) {
      const end = text.indexOf('/', index + 1);
      if (end < 0) return undefined;
      index = end;
    }
  }
  return undefined;
}

function quoteEnd(text: string, open: number): number | undefined {
  for (let index = open + 1; index < text.length; index++) {
    if (text[index] === '\\') index++;
    else if (text[index] === text[open]) return index;
  }
  return undefined;
}

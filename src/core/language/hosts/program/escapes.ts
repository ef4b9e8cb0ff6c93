import type { Pieces } from '../../pieces.ts';

/** How a language writes what cannot stand in a string by itself. */
export interface Escapes {
  /** By the character after the backslash. */
  readonly simple: Readonly<Record<string, string>>;
  /** Escapes that name a code point; its digits are the first group that took part. */
  readonly numeric: RegExp;
  readonly octal: RegExp;
  /** Whether the backslash before any other character is part of the text (Python) or not (JavaScript). */
  readonly keepsUnknown: boolean;
}

const both = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', v: '\v', '\\': '\\', "'": "'", '"': '"', '\n': '' };

export const PYTHON_ESCAPE: Escapes = {
  simple: { ...both, a: '\x07' },
  numeric: /^(?:x([\da-f]{2})|u([\da-f]{4})|U([\da-f]{8}))/i,
  octal: /^[0-7]{1,3}/,
  keepsUnknown: true,
};

export const JAVASCRIPT_ESCAPE: Escapes = {
  simple: both,
  numeric: /^(?:x([\da-f]{2})|u([\da-f]{4})|u\{([\da-f]{1,6})\})/i,
  octal: /^0/,
  keepsUnknown: false,
};

/** Adds the escape whose backslash stands at `place`; gives the offset after it. */
export function addEscape(
  place: number,
  end: number,
  text: string,
  { pieces, escapes }: { readonly pieces: Pieces; readonly escapes: Escapes },
): number {
  const rest = text.slice(place + 1, Math.min(end, place + 11));
  const first = rest.slice(0, 1);
  const { simple, numeric, octal, keepsUnknown } = escapes;
  const digits = numeric.exec(rest);
  const octalDigits = octal.exec(rest);
  let length = first.length;
  let value = Object.hasOwn(simple, first) ? simple[first] : undefined;
  if (rest.startsWith('\r\n')) {
    value = '';
    length = 2;
  } else if (digits !== null) {
    length = digits[0].length;
    const code = parseInt(digits[1] ?? digits[2] ?? digits[3] ?? '', 16);
    value = code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd';
  } else if (octalDigits !== null) {
    length = octalDigits[0].length;
    value = String.fromCharCode(parseInt(octalDigits[0], 8));
  }
  if (value === undefined) {
    if (keepsUnknown) pieces.plain(`\\${first}`, place);
    else pieces.encoded(first, place, place + 1 + length);
  } else pieces.encoded(value, place, place + 1 + length);
  return place + 1 + length;
}

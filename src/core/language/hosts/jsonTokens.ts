/** The token kinds of jsonc-parser's scanner, whose own const enum cannot be read by a per-file compiler. */
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
  LineBreak: 14,
  Blank: 15,
  Unknown: 16,
  EndOfText: 17,
} as const;

/** The scanner's complaints about a token that concern strings. */
export const TokenError = {
  None: 0,
  UnexpectedEndOfString: 2,
  InvalidUnicode: 4,
  InvalidEscape: 5,
  InvalidCharacter: 6,
} as const;

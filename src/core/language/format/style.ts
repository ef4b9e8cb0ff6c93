/** How a text is laid out. */
export interface TextStyle {
  /** One step of indentation. */
  readonly indent: string;
  readonly lineEnd: '\n' | '\r\n';
}

/** The style of the text itself; `indent` is what the editor says, for texts that show none. */
export function styleOf(text: string, indent: string): TextStyle {
  return {
    indent: /(?:^|\n)[ \t]*[^\s#].*\r?\n([ \t]+)[^\s#]/.exec(text)?.[1] ?? indent,
    lineEnd: /\r\n/.test(text) ? '\r\n' : '\n',
  };
}

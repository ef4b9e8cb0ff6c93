/**
 * A place in a Terraform text that moves forward: blanks, comments, and pieces of expressions that only have to be
 * stepped over. It never moves behind the text's end.
 */
export class Scanner {
  position = 0;

  constructor(readonly text: string) {}

  get isAtEnd(): boolean {
    return this.position >= this.text.length;
  }

  /** The character here; empty at the end. */
  get character(): string {
    return this.text.charAt(this.position);
  }

  startsWith(word: string): boolean {
    return this.text.startsWith(word, this.position);
  }

  /** Takes what the sticky pattern matches here. */
  take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.position;
    const [found] = pattern.exec(this.text) ?? [];
    if (found !== undefined) this.position += found.length;
    return found;
  }

  /** Blanks and comments; line breaks as well where they mean nothing. */
  skipBlanks(includesLines: boolean): void {
    const blanks = includesLines ? /[\s\uFEFF]+/y : /[^\S\r\n]+/y;
    while (this.take(blanks) !== undefined || this.#comment());
  }

  /** Goes to the end of an expression: a line break, comma or bracket that is not inside brackets of its own. */
  skipExpression(isInBrackets: boolean): void {
    let open = 0;
    while (!this.isAtEnd) {
      const { character } = this;
      if (open === 0 && (character === ',' || character === '\n') && (character === ',' || !isInBrackets)) return;
      if (character === '"') this.skipQuoted();
      else if (this.take(HEREDOC) !== undefined) this.skipHeredoc();
      else if (!this.#comment()) {
        if ('([{'.includes(character)) open++;
        if (')]}'.includes(character) && --open < 0) return;
        this.position++;
      }
    }
  }

  /** A quoted template, the strings inside of its interpolations included; ends with the line where it is not closed. */
  skipQuoted(): void {
    this.position++;
    while (!this.isAtEnd) {
      if (this.character === '\\') this.position += 2;
      else if (this.startsWith('${') || this.startsWith('%{')) this.skipInterpolation();
      else {
        const { character } = this;
        if (character === '\n') return;
        this.position++;
        if (character === '"') return;
      }
    }
    this.position = this.text.length;
  }

  /** From `${` or `%{` to behind its `}`. */
  skipInterpolation(): void {
    this.position += 2;
    for (let open = 1; open > 0 && !this.isAtEnd;) {
      const { character } = this;
      if (character === '"') {
        this.skipQuoted();
        continue;
      }
      if (character === '{') open++;
      if (character === '}') open--;
      this.position++;
    }
  }

  /** The rest of a heredoc whose opening was just taken. */
  skipHeredoc(): void {
    const [, word = ''] = /<<-?([\w-]+)\r?\n$/.exec(this.text.slice(0, this.position).slice(-200)) ?? [];
    this.position = heredocEnd(this.text, this.position, word).after;
  }

  #comment(): boolean {
    if (this.character === '#' || this.startsWith('//')) return this.take(/[^\n]*/y) !== undefined;
    return this.startsWith('/*') && this.take(/\/\*[^]*?(?:\*\/|$)/y) !== undefined;
  }
}

export const HEREDOC = /<<-?[\w-]+\r?\n/y;

/** Where the lines of a heredoc end, and the offset after its closing word. */
export function heredocEnd(
  text: string,
  from: number,
  word: string,
): { readonly content: number; readonly after: number } {
  const closing = new RegExp(`^[ \\t]*${word}(?=[^\\w-]|$)`, 'gm');
  closing.lastIndex = from;
  const found = closing.exec(text);
  return found === null
    ? { content: text.length, after: text.length }
    : { content: found.index, after: found.index + found[0].length };
}

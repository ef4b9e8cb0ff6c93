import type { TextChange } from '../lineIndex.ts';
import { formatTokens, type FormatToken } from './jsonTokens.ts';
import type { TextStyle } from './style.ts';

/** An object or array that was written on one line stays on it as long as the line is no longer than this. */
const MAX_INLINE = 120;

/**
 * Changes of blanks alone, in the order of the text, that lay JSON out: one name or item a line, what was written on one
 * line kept there, comments and single empty lines kept. Undefined where brackets do not match.
 */
export function formatJson(text: string, style: TextStyle): readonly TextChange[] | undefined {
  const tokens = formatTokens(text);
  const partners = partnersOf(tokens, text);
  if (partners === undefined || tokens.length === 0) return undefined;
  return new Layout(text, tokens, partners, style).changes();
}

/** For each opening bracket the index of its closing one; undefined where they do not match. */
function partnersOf(tokens: readonly FormatToken[], text: string): ReadonlyMap<number, number> | undefined {
  const partners = new Map<number, number>();
  const open: number[] = [];
  for (const [index, { kind, start }] of tokens.entries()) {
    if (kind === 'open') open.push(index);
    if (kind !== 'close') continue;
    const from = open.pop();
    const opening = from === undefined ? undefined : text[tokens[from]?.start ?? 0];
    if (from === undefined || opening !== (text[start] === '}' ? '{' : '[')) return undefined;
    partners.set(from, index);
  }
  return open.length === 0 ? partners : undefined;
}

class Layout {
  readonly #changes: TextChange[] = [];
  readonly #inner: string;
  #column = 0;

  constructor(
    private readonly text: string,
    private readonly tokens: readonly FormatToken[],
    private readonly partners: ReadonlyMap<number, number>,
    private readonly style: TextStyle,
  ) {
    const spaced = text.match(/\{ +["\w]/g)?.length ?? 0;
    const tight = text.match(/\{["\w]/g)?.length ?? 0;
    this.#inner = spaced > 0 && spaced >= tight ? ' ' : '';
  }

  changes(): readonly TextChange[] {
    const { tokens, text } = this;
    let depth = 0;
    // Brackets that are open, and whether what is in them stays on one line.
    const inline: boolean[] = [];
    for (const [index, token] of tokens.entries()) {
      const previous = tokens[index - 1];
      if (token.kind === 'close') depth--;
      const isInline = token.kind === 'close' ? inline.pop() === true : inline.at(-1) === true;
      const gap = previous && this.#gap(previous, token, isInline, depth);
      if (gap !== undefined) this.#write(previous?.end ?? 0, token.start, gap);
      this.#column += token.end - token.start;
      if (token.kind !== 'open') continue;
      depth++;
      inline.push(isInline || (depth > 1 && this.#fits(index)));
    }
    const last = tokens.at(-1);
    const tail = text.slice(last?.end ?? 0);
    if (last && tail.trim() === '') this.#write(last.end, text.length, tail === '' ? '' : this.style.lineEnd);
    return this.#changes;
  }

  #gap(previous: FormatToken, token: FormatToken, isInline: boolean, depth: number): string {
    const isEmpty = previous.kind === 'open' && token.kind === 'close';
    if (isEmpty) return '';
    const between = this.text.slice(previous.end, token.start);
    if (token.kind === 'lineComment' || token.kind === 'blockComment') {
      return between.includes('\n') ? this.#newLine(between, depth) : ' ';
    }
    if (previous.kind === 'lineComment') return this.#newLine(between, depth);
    if (token.kind === 'comma' || token.kind === 'colon') return '';
    if (previous.kind === 'colon') return ' ';
    if (previous.kind === 'value' && token.kind === 'value') return between === '' ? '' : ' ';
    if (isInline) {
      const isBrace = this.text[previous.end - 1] === '{' || this.text[token.start] === '}';
      if (previous.kind === 'open' || token.kind === 'close') return isBrace ? this.#inner : '';
      return ' ';
    }
    return this.#newLine(previous.kind === 'open' || token.kind === 'close' ? '' : between, depth);
  }

  /** A line end and the indentation; one empty line where there was one. */
  #newLine(between: string, depth: number): string {
    const { lineEnd, indent } = this.style;
    const hasEmptyLine = (between.match(/\n/g)?.length ?? 0) > 1;
    return `${hasEmptyLine ? lineEnd : ''}${lineEnd}${indent.repeat(depth)}`;
  }

  /** Whether the bracket and what is in it was, and can be, on one line. */
  #fits(open: number): boolean {
    const from = this.tokens[open];
    const to = this.tokens[this.partners.get(open) ?? open];
    if (from === undefined || to === undefined) return false;
    const content = this.text.slice(from.start, to.end);
    return !content.includes('\n') && this.#column + content.length <= MAX_INLINE;
  }

  #write(from: number, to: number, gap: string): void {
    const line = gap.lastIndexOf('\n');
    this.#column = line < 0 ? this.#column + gap.length : gap.length - line - 1;
    if (this.text.slice(from, to) !== gap) this.#changes.push({ offset: from, length: to - from, text: gap });
  }
}

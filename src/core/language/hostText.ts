import type { TextChange } from './lineIndex.ts';
import { hasPlaceholder } from './placeholders.ts';
import type { EmbeddedText } from './tree.ts';

/** How a text is written inside a host. */
interface Literal {
  /** How more of the text is written there; further lines begin with `indent`. */
  write(text: string, indent: string): string;
}

/**
 * A change of a text inside a string of a host, as a change of the host. Undefined where it cannot be made there: what
 * it replaces is partly known to the host's program alone, or the text is joined from several literals.
 */
export function toHostChange(
  { offset, length, text }: TextChange,
  { text: own, string, host }: EmbeddedText,
  hostText: string,
): TextChange | undefined {
  if (host !== 'json' && text !== '' && hasPlaceholder(own.slice(offset, offset + length))) return undefined;
  const literal = literalOf(hostText.slice(string.start, string.end), host);
  if (literal === undefined) return undefined;
  // What is put in follows what stands before it, which may end elsewhere than the next unit begins.
  const start = length === 0 ? string.endAt(offset) : string.at(offset);
  const end = length === 0 ? start : string.endAt(offset + length);
  return {
    offset: start,
    length: Math.max(0, end - start),
    text: literal.write(text, lineIndent(own, string, hostText)),
  };
}

function literalOf(source: string, host: EmbeddedText['host']): Literal | undefined {
  switch (host) {
    case 'json':
      return source.startsWith('"') ? escaping : undefined;
    case 'yaml': {
      const value = source.replace(/^!Sub\s+/, '');
      if (/^[|>]/.test(value)) return value.startsWith('|') ? asLines : onOneLine;
      if (value.startsWith('"')) return escaping;
      return value.startsWith("'") ? { write: (text) => joined(text).replaceAll("'", "''") } : undefined;
    }
    case 'python': {
      const [, prefix = '', quote = ''] = /^([A-Za-z]*)("""|'''|"|')/.exec(source) ?? [];
      if (quote === '' || !isOneLiteral(source.slice(prefix.length), quote)) return undefined;
      const braces = /[ft]/i.test(prefix) ? (text: string) => text.replaceAll(/[{}]/g, '$&$&') : same;
      if (/r/i.test(prefix)) return { write: (text, indent) => asLines.write(braces(text), indent) };
      const escape = quote.length === 3 ? escapeBackslashes : escaperFor(quote);
      return { write: (text) => escape(braces(text)) };
    }
    case 'javascript': {
      const quote = source[0] ?? '';
      if (quote === '`' && isOneLiteral(source, quote)) {
        return { write: (text) => escapeBackslashes(text).replaceAll('`', '\\`').replaceAll('${', '\\${') };
      }
      if ((quote !== '"' && quote !== "'") || !isOneLiteral(source, quote)) return undefined;
      return { write: escaperFor(quote) };
    }
    case 'terraform': {
      const dollars = (text: string): string => text.replaceAll('${', '$${').replaceAll('%{', '%%{');
      if (source.startsWith('<<')) return { write: (text, indent) => asLines.write(dollars(text), indent) };
      return source.startsWith('"') ? { write: (text) => dollars(escaperFor('"')(text)) } : undefined;
    }
  }
}

const same = (text: string): string => text;
const escaping: Literal = { write: (text) => JSON.stringify(text).slice(1, -1) };
const asLines: Literal = { write: (text, indent) => text.replaceAll('\n', `\n${indent}`) };
/** Line breaks between the parts of JSON mean nothing, and inside its strings there are none. */
const joined = (text: string): string => text.replaceAll(/\s*\n\s*/g, ' ');
const onOneLine: Literal = { write: joined };

function escapeBackslashes(text: string): string {
  return text.replaceAll('\\', '\\\\');
}

function escaperFor(quote: string): (text: string) => string {
  return (text) =>
    escapeBackslashes(text).replaceAll(quote, `\\${quote}`).replaceAll('\n', '\\n').replaceAll('\t', '\\t');
}

/** Whether the quote that opens the source closes it as well, and nowhere before. */
function isOneLiteral(source: string, quote: string): boolean {
  const inner = source.slice(quote.length, -quote.length);
  return source.length >= 2 * quote.length && source.endsWith(quote) && !unescaped(inner).includes(quote);
}

function unescaped(text: string): string {
  return text.replaceAll(/\\[^]/g, '');
}

/** The blanks that every line of the text begins with in the host and that are not part of it. */
function lineIndent(own: string, string: EmbeddedText['string'], hostText: string): string {
  const second = own.indexOf('\n') + 1;
  const place = second === 0 || second >= own.length ? string.at(0) : string.at(second);
  const line = hostText.lastIndexOf('\n', place - 1) + 1;
  const before = hostText.slice(line, place);
  return /^[ \t]*$/.test(before) ? before : '';
}

import { parseDocument, type Document, type YAMLError } from 'yaml';

/** A text that opens more quotes than this without closing them is not mended. */
const MAX_QUOTES = 50;

/**
 * The text with quoted scalars on one line each whose lines begin too far left for YAML 1.2, every offset as before;
 * undefined where there are none. PyYAML and SnakeYAML, with which AWS reads templates, take such lines:
 *
 *     PolicyDocument: '{
 *       "Version": "2012-10-17"
 *     }'
 */
export function joinQuotedLines(text: string, [document]: readonly Document.Parsed[]): string | undefined {
  let joined = text;
  for (let count = 0, errors = document?.errors; count < MAX_QUOTES; count++) {
    const open = unclosedQuote(errors);
    if (open === undefined) return count === 0 ? undefined : joined;
    const scalar = quotedScalar(joined, open);
    if (scalar === undefined) return undefined;
    const { start, end } = scalar;
    joined = `${joined.slice(0, start)}${joined.slice(start, end).replaceAll(/[\r\n]/g, ' ')}${joined.slice(end)}`;
    errors = parseDocument(joined, { prettyErrors: false, uniqueKeys: false, logLevel: 'silent' }).errors;
  }
  return undefined;
}

/** Where a quoted scalar stops without its closing quote, and which quote that is. */
function unclosedQuote(errors: readonly YAMLError[] | undefined): { offset: number; quote: string } | undefined {
  for (const { code, message, pos } of errors ?? []) {
    const quote = code === 'MISSING_CHAR' ? /^Missing closing (["'])quote/.exec(message)?.[1] : undefined;
    if (quote !== undefined) return { offset: pos[0], quote };
  }
  return undefined;
}

/** The whole of a scalar of which a piece ends at an offset, if it is closed on a later line and nothing follows there. */
function quotedScalar(
  text: string,
  { offset, quote }: { offset: number; quote: string },
): { start: number; end: number } | undefined {
  const start = openingQuote(text, offset, quote);
  if (start === undefined) return undefined;
  const whole = quote === '"' ? /"(?:[^"\\]|\\[\s\S])*"/y : /'(?:[^']|'')*'/y;
  whole.lastIndex = start;
  const end = start + (whole.exec(text)?.[0].length ?? 0);
  const isClosed = end > offset && /^[ \t]*(?:#.*)?(?:\r?\n|$|[,\]}])/.test(text.slice(end, end + 200));
  return isClosed ? { start, end } : undefined;
}

/** The last quote before an offset that begins a scalar: after a colon, a dash, a bracket, a comma, a tag, or a line's blanks. */
function openingQuote(text: string, offset: number, quote: string): number | undefined {
  const before = text.slice(Math.max(0, offset - 10_000), offset);
  for (let at = before.lastIndexOf(quote); at >= 0; at = before.lastIndexOf(quote, at - 1)) {
    if (/(?:[:\-?]\s+|[[{,]\s*|(?:^|\n)[ \t]*|![\w:.]+\s+)$/.test(before.slice(Math.max(0, at - 100), at))) {
      return offset - before.length + at;
    }
    if (at === 0) break;
  }
  return undefined;
}

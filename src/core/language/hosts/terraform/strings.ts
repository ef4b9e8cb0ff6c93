import { Pieces } from '../../pieces.ts';
import { placeholderFor } from '../../placeholders.ts';
import { StringNode } from '../../tree.ts';
import { heredocEnd, type Scanner } from './scanner.ts';

const SIMPLE: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\' };

/** The quoted template that begins here. */
export function readQuoted(scanner: Scanner, base: number): StringNode {
  const start = scanner.position;
  scanner.skipQuoted();
  const end = scanner.position;
  const { text } = scanner;
  const isClosed = end > start + 1 && text[end - 1] === '"';
  const pieces = new Pieces();
  addTemplate(scanner, start + 1, isClosed ? end - 1 : end, { pieces, hasEscapes: true });
  scanner.position = end;
  return new StringNode(start - base, end - start, pieces.value, pieces.encoding(start));
}

/** The heredoc that begins here, without the indentation that `<<-` takes off. */
export function readHeredoc(scanner: Scanner, base: number): StringNode {
  const start = scanner.position;
  const opening = scanner.take(/<<-?[\w-]+\r?\n/y) ?? '';
  const from = scanner.position;
  const word = /[\w-]+(?=\r?\n$)/.exec(opening)?.[0].replace(/^-/, '') ?? '';
  const { content, after } = heredocEnd(scanner.text, from, word);
  const indent = opening.startsWith('<<-') ? smallestIndent(scanner.text.slice(from, content)) : 0;
  const pieces = new Pieces();
  for (let line = from; line < content;) {
    const lineEnd = Math.min(content, nextLine(scanner.text, line));
    const first = Math.min(lineEnd, line + indent);
    addTemplate(scanner, first, lineEnd, { pieces, hasEscapes: false });
    // An interpolation may have gone over several lines.
    line = Math.max(lineEnd, scanner.position);
    if (line < content && scanner.text[line - 1] !== '\n') line = nextLine(scanner.text, line);
  }
  scanner.position = after;
  return new StringNode(start - base, after - start, pieces.value, pieces.encoding(start));
}

function nextLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end + 1;
}

function smallestIndent(text: string): number {
  const indents = text
    .split('\n')
    .flatMap((line) => (line.trim() === '' ? [] : [line.length - line.trimStart().length]));
  return indents.length === 0 ? 0 : Math.min(...indents);
}

/** Adds a stretch of a template; leaves the scanner behind what was added. */
function addTemplate(
  scanner: Scanner,
  from: number,
  to: number,
  { pieces, hasEscapes }: { readonly pieces: Pieces; readonly hasEscapes: boolean },
): void {
  const { text } = scanner;
  scanner.position = from;
  while (scanner.position < to) {
    const place = scanner.position;
    const character = scanner.character;
    if (scanner.startsWith('$${') || scanner.startsWith('%%{')) {
      pieces.encoded(`${character}{`, place, place + 3);
      scanner.position += 3;
    } else if (scanner.startsWith('${') || scanner.startsWith('%{')) {
      scanner.skipInterpolation();
      const inner = text.slice(place + 2, scanner.position - 1).replace(/^~|~$/g, '');
      pieces.encoded(character === '$' ? placeholderFor(inner) : '', place, scanner.position);
    } else if (hasEscapes && character === '\\') addEscape(scanner, pieces);
    else {
      pieces.plain(character, place);
      scanner.position++;
    }
  }
}

function addEscape(scanner: Scanner, pieces: Pieces): void {
  const place = scanner.position;
  const found = scanner.take(/\\(?:u[\dA-Fa-f]{4}|U[\dA-Fa-f]{8}|[^])/y) ?? '\\';
  if (found === '\\') scanner.position++;
  const code = found.length > 2 ? parseInt(found.slice(2), 16) : 0;
  const value = found.length > 2 ? String.fromCodePoint(Math.min(code, 0x10ffff)) : (SIMPLE[found.slice(1)] ?? found);
  pieces.encoded(value, place, scanner.position);
}

import type { Scalar } from 'yaml';
import { EncodedText, type Segment } from '../encodedText.ts';

/** Where the units of a YAML scalar's value stand, relative to the scalar's start: one offset, or piece by piece. */
export function yamlEncoding(text: string, scalar: Scalar): EncodedText | number {
  const value = scalar.value as string;
  const [start, end] = scalar.range ?? [0, 0];
  const isQuoted = scalar.type === 'QUOTE_DOUBLE' || scalar.type === 'QUOTE_SINGLE';
  const lead = isQuoted ? 1 : 0;
  if (end - start === value.length + 2 * lead && !value.includes('\n')) return lead;
  const { type } = scalar;
  return new EncodedText(() => {
    const source = text.slice(start, end);
    if (type === 'BLOCK_LITERAL' || type === 'BLOCK_FOLDED') return scanBlock(source, value);
    return scanFlow(source, value, type === 'QUOTE_DOUBLE' ? '"' : type === 'QUOTE_SINGLE' ? "'" : '');
  });
}

/** A block scalar: header line, then lines whose indentation is not part of the value. */
function scanBlock(source: string, value: string): Segment[] {
  const headerEnd = source.indexOf('\n') + 1;
  const explicit = /^[|>][+-]?([1-9])/.exec(source);
  const firstLine = /^ *(?=[^ \r\n])/m.exec(source.slice(headerEnd));
  const indent = explicit === null ? (firstLine?.[0].length ?? 0) : (firstLine?.[0].length ?? Number(explicit[1]));
  const segments: Segment[] = [];
  let place = skipBlanks(source, headerEnd, indent);
  let isAligned = false;
  let unitEnd = place;
  for (let index = 0; index < value.length; index++) {
    if (!isAligned) segments.push({ decoded: index, source: place, previousEnd: unitEnd });
    isAligned = true;
    const wanted = value[index];
    if (source[place] === '\r') {
      place++;
      isAligned = false;
    }
    if (source[place] !== '\n' && source[place] === wanted) {
      place++;
      unitEnd = place;
      continue;
    }
    unitEnd = place + 1;
    // A line break of the text: itself in the value, or a blank where the block is folded.
    isAligned = false;
    if (source[place] === '\n') place = skipBlanks(source, place + 1, indent);
    if (wanted !== '\n') while (source[place] === '\n') place = skipBlanks(source, place + 1, indent);
  }
  const end = Math.min(place, source.length);
  segments.push({ decoded: value.length, source: end, previousEnd: Math.min(unitEnd, end) });
  return segments;
}

function skipBlanks(source: string, from: number, most: number): number {
  let place = from;
  while (place < from + most && source[place] === ' ') place++;
  return place;
}

/** A plain or quoted scalar: escapes, doubled quotes, and lines folded into blanks. */
function scanFlow(source: string, value: string, quote: '"' | "'" | ''): Segment[] {
  const segments: Segment[] = [];
  let place = quote.length;
  for (let index = 0; index < value.length; index++) {
    const wanted = value[index];
    if (isBlank(wanted) && /^[ \t]*\r?\n/.test(source.slice(place, place + 200))) {
      segments.push({ decoded: index, source: place });
      if (!isBlank(value[index + 1])) {
        while (isBlank(source[place])) place++;
        segments.push({ decoded: index + 1, source: place });
      }
      continue;
    }
    segments.push({ decoded: index, source: place });
    const codeUnits = (value.codePointAt(index) ?? 0) > 0xffff && source[place] === '\\' ? 2 : 1;
    place += flowLength(source, place, quote);
    index += codeUnits - 1;
  }
  segments.push({ decoded: value.length, source: Math.min(place, source.length) });
  return segments;
}

function flowLength(source: string, place: number, quote: '"' | "'" | ''): number {
  if (quote === "'") return source.startsWith("''", place) ? 2 : 1;
  if (quote !== '"' || source[place] !== '\\') return 1;
  const lengths: Readonly<Record<string, number>> = { x: 4, u: 6, U: 10 };
  return lengths[source[place + 1] ?? ''] ?? 2;
}

function isBlank(character: string | undefined): boolean {
  return character === ' ' || character === '\n' || character === '\t' || character === '\r';
}

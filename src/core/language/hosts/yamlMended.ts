import { isNode, visit, type Document } from 'yaml';
import { readDocuments } from './yamlDocuments.ts';
import { yamlFaults, type YamlFaults } from './yamlFaults.ts';

/** Longer texts are not read several times. */
const MAX_LENGTH = 256 * 1024;

/** Lines that are taken out at most: one is being typed, and a few more may have been left as they were. */
const MAX_LINES = 3;

/** A text with blanks in the place of what cannot be read, so that every offset stays what it was. */
export interface Mended {
  readonly text: string;
  readonly document: Document.Parsed;
}

/**
 * The text without the line that breaks its structure, where the rest can be read better so: a quote that is not closed
 * takes all that follows with it, a name without its colon the next line.
 */
export function withoutBrokenLine(text: string, document: Document.Parsed, faults: YamlFaults): Mended | undefined {
  if (text.length > MAX_LENGTH) return undefined;
  let { broken } = faults;
  let mended: Mended = { text, document };
  for (let lines = 0; broken !== undefined; lines++) {
    if (lines === MAX_LINES) return undefined;
    const without = withoutLine(mended.text, broken.start);
    const [read, more] = without === mended.text ? [] : readDocuments(without);
    if (read === undefined || more !== undefined) return undefined;
    mended = { text: without, document: read };
    broken = yamlFaults(without, read).broken;
  }
  return isBetter(namesIn(mended.document, text), namesIn(document, mended.text)) ? mended : undefined;
}

/** Blanks in the place of a line, but for what begins an entry of a list: the lines below may be in it. */
function withoutLine(text: string, offset: number): string {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const lineEnd = text.indexOf('\n', offset);
  const end = lineEnd < 0 ? text.length : lineEnd;
  const [kept = ''] = /^[ \t]*(?:- +)*/.exec(text.slice(start, end)) ?? [];
  const isLast = kept.length === end - start;
  const blanks = text.slice(start + (isLast ? 0 : kept.length), end).replaceAll(/[^\r]/g, ' ');
  return text.slice(0, start) + (isLast ? '' : kept) + blanks + text.slice(end);
}

/** How deep each name of a document stands, those of one line that `other` has as well. */
function namesIn(document: Document.Parsed, other: string): ReadonlyMap<number, number> {
  const depths = new Map<number, number>();
  visit(document, {
    Pair: (_key, { key }, path) => {
      const [start, end] = (isNode(key) ? key.range : undefined) ?? [0, 0];
      const name = other.slice(start, end);
      if (name.trim() !== '' && !name.includes('\n')) depths.set(start, path.length);
    },
  });
  return depths;
}

function isBetter(mended: ReadonlyMap<number, number>, before: ReadonlyMap<number, number>): boolean {
  if (mended.size !== before.size) return mended.size > before.size;
  return [...mended].some(([start, depth]) => before.get(start) !== depth);
}

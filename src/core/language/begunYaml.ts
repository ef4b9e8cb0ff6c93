import type { TextChange } from './lineIndex.ts';

/**
 * What makes a begun line of YAML readable at the offset: a name without its colon belongs to no mapping yet, an empty
 * line to nothing at all, a quote that is not closed takes the lines below with it, and a missing value takes them for its
 * own. Undefined where the text can be read as it is. Up to the change the text stays the same.
 */
export function completeYamlLine(text: string, offset: number): TextChange | undefined {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const lineEnd = text.indexOf('\n', offset);
  const before = text.slice(lineStart, offset);
  const after = text.slice(offset, lineEnd < 0 ? text.length : lineEnd).trim();
  const quote = /^[ \t]*(?:- +)*(["'])(?:(?!\1).)*$/.exec(before)?.[1];
  // Editors close a quote that is opened.
  if (quote !== undefined && text[offset] === quote && after === quote)
    return { offset: offset + 1, length: 0, text: ':' };
  if (after !== '') return undefined;
  if (quote !== undefined) return { offset, length: 0, text: `${quote}:` };
  const insert = (added: string): TextChange => ({ offset, length: 0, text: added });
  if (/^[ \t]*(?:- +)*$/.test(before)) return insert('x:');
  if (/^[ \t]*(?:- +)*(?:[\w.$-]+|"[^"]*"|'[^']*')$/.test(before)) return insert(':');
  if (/:[ \t]*$/.test(before) && /^[ \t]*(?:- +)*(?:[\w.$-]+|"[^"]*"|'[^']*'):[ \t]*$/.test(before)) {
    if (hasDeeperLine(text, lineEnd, before)) return undefined;
    return /[ \t]$/.test(before) ? insert('""') : undefined;
  }
  const open = /^[ \t]*(?:- +)*(?:[\w.$-]+|"[^"]*"|'[^']*'):[ \t]+(["'])(?:(?!\1).)*$/.exec(before)?.[1];
  if (open !== undefined) return insert(open);
  return before.endsWith(':') ? insert('x') : undefined;
}

/** Whether what follows the line is indented deeper, so that it is the value. */
function hasDeeperLine(text: string, lineEnd: number, before: string): boolean {
  if (lineEnd < 0) return false;
  const next = /^(?:[ \t]*(?:#.*)?\r?\n)*([ \t]*)\S/.exec(text.slice(lineEnd + 1))?.[1] ?? '';
  return next.length > (/^[ \t]*(?:- +)*/.exec(before)?.[0].length ?? 0);
}

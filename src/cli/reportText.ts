import type { Finding } from '../core/language/rules/findings.ts';
import { severityWords, type CheckedDocument, type Summary } from './checkedDocument.ts';

/** For people: each finding with its place, the line it is on, and a mark below. */
export function toText(checked: readonly CheckedDocument[], { documents, errors, warnings }: Summary): string {
  const blocks = checked.flatMap(({ path, text, findings }) => {
    const lines = text.split(/\r\n|\n|\r/);
    return findings.map((finding) => block(path, lines, finding));
  });
  const summary = `${plural(documents, 'file')} checked: ${plural(errors, 'error')}, ${plural(warnings, 'warning')}.`;
  return `${[...blocks, summary].join('\n\n')}\n`;
}

function block(path: string, lines: readonly string[], { code, severity, message, range }: Finding): string {
  const { line, character } = range.start;
  const head = `${path}:${line + 1}:${character + 1}  ${severityWords[severity]}  ${message}  ${code}`;
  const source = lines[line];
  if (source === undefined) return head;
  const number = String(line + 1);
  const { shown, shift } = excerpt(source, character);
  const until = range.end.line === line ? range.end.character : source.length;
  const marks = Math.max(1, Math.min(until - character, shown.length - (character - shift)));
  const gutter = ' '.repeat(number.length);
  const indent = shown.slice(0, character - shift).replaceAll(/[^\t]/g, ' ');
  return [head, `  ${number} | ${shown}`, `  ${gutter} | ${indent}${'^'.repeat(marks)}`].join('\n');
}

/** The part of a long line around a place. */
function excerpt(source: string, character: number): { readonly shown: string; readonly shift: number } {
  const width = 120;
  const shift = source.length <= width ? 0 : Math.max(0, Math.min(character - width / 4, source.length - width));
  const from = Math.floor(shift);
  return { shown: source.slice(from, from + width), shift: from };
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

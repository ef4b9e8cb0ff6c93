import { validate, type DocumentOptions } from '../../../../../src/core/asl/index.ts';
import { LineIndex } from '../../../../../src/core/language/lineIndex.ts';

/** What follows from another fault: a wrong Next leaves states behind it that nothing leads to. */
const consequences: ReadonlySet<string> = new Set(['asl/unreachable-state', 'asl/no-terminal-state']);

/** Errors and warnings of a file as `rule: the text that is underlined`, in the order of the text. */
export function underlined(text: string, options: DocumentOptions): string[] {
  const lines = LineIndex.of(text);
  return validate(text, options)
    .filter(({ severity, code }) => severity <= 2 && !consequences.has(code))
    .map(({ code, range }) => `${code}: ${text.slice(lines.offsetAt(range.start), lines.offsetAt(range.end))}`);
}

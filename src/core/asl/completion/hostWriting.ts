import type { Tree } from '../../language/tree.ts';
import type { Completion } from './completion.ts';

/** Completions written in JSON, as the file around the definition has to spell them. */
export function toHost(completions: readonly Completion[], tree: Tree): readonly Completion[] {
  const { part } = tree;
  if (part === undefined || part.syntax === 'yaml') return completions;
  const { embedded } = part;
  if (embedded !== undefined) {
    const isEscaped = isEscapedText(tree.text.slice(embedded.string.start, embedded.string.end));
    return isEscaped ? completions.map(escaped) : completions;
  }
  switch (part.syntax) {
    case 'python':
      return completions.map((one) => inQuotesOf(tree, { ...one, insert: outsideStrings(one.insert, pythonWords) }));
    case 'terraform':
      return completions.map((one) => ({ ...one, insert: one.insert.replaceAll(PROPERTY, '$1$2 = ') }));
    case 'javascript':
      return completions.map((one) => inQuotesOf(tree, one));
    case 'json':
      return completions;
  }
}

/** A name in quotes and its colon, where a property begins. */
const PROPERTY = /((?:^|[\n{,])\s*)("(?:[^"\\]|\\.)*"): ?/g;

/** Whether quotes and line breaks of the text are written as escapes there. */
function isEscapedText(source: string): boolean {
  if (/^(?:!\w+\s+)?[|>]/.test(source) || source.startsWith('<<')) return false;
  return /^[A-Za-z]*"(?!"")/.test(source) || source.startsWith('{');
}

function escaped(completion: Completion): Completion {
  const { isSnippet, insert } = completion;
  // In a snippet, a backslash of the text is written as two.
  const backslash = isSnippet ? '\\\\' : '\\';
  const text = insert
    .replaceAll(isSnippet ? '\\\\' : '\\', backslash + backslash)
    .replaceAll('"', `${backslash}"`)
    .replaceAll('\n', `${backslash}n`)
    .replaceAll('\t', '  ');
  return { ...completion, insert: text };
}

function pythonWords(code: string): string {
  return code
    .replaceAll(/\btrue\b/g, 'True')
    .replaceAll(/\bfalse\b/g, 'False')
    .replaceAll(/\bnull\b/g, 'None');
}

function outsideStrings(text: string, change: (code: string) => string): string {
  return text
    .split(/("(?:[^"\\]|\\.)*")/)
    .map((part, index) => (index % 2 === 0 ? change(part) : part))
    .join('');
}

/** The quotes that are typed already. */
function inQuotesOf({ text }: Tree, completion: Completion): Completion {
  const { insert, start } = completion;
  if (text[start] !== "'" || insert.includes("'")) return completion;
  return { ...completion, insert: insert.replaceAll('"', "'") };
}

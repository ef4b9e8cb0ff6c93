import type { Node, StringNode, Tree } from '../../language/tree.ts';
import type { Cursor } from '../cursor.ts';
import type { Machine } from '../model.ts';

/** One proposal. Offsets count in the host document. */
export interface Completion {
  readonly label: string;
  readonly kind:
    'field' | 'state' | 'word' | 'error' | 'resource' | 'parameter' | 'variable' | 'function' | 'member' | 'snippet';
  readonly detail: string;
  readonly documentation: string;
  /** What replaces the text from `start` to `end`; a snippet with tab stops where `isSnippet`. */
  readonly insert: string;
  readonly isSnippet: boolean;
  readonly start: number;
  readonly end: number;
  /** What the text from `start` to the cursor is compared with, where that is not the label. */
  readonly filter?: string;
  /** Whether the next part is to be proposed at once. */
  readonly opensNext?: true;
}

/** A name that an account has, and what stands for it in a parameter: an ARN where one is due. */
export interface KnownName {
  readonly name: string;
  readonly written: string;
  readonly detail: string;
}

/** The names that a parameter of an action may hold, those like what is typed. */
export type NamesOf = (
  place: { readonly service: string; readonly action: string; readonly parameter: string },
  typed: string,
) => readonly KnownName[];

/** The place that is completed. */
export interface At {
  readonly machine: Machine;
  readonly tree: Tree;
  readonly cursor: Cursor;
  readonly offset: number;
  readonly namesOf?: NamesOf | undefined;
}

/** What a completion of a whole name or value replaces: the one that is begun, else nothing. */
export function spanOf({ cursor: { node }, offset, tree }: At): { readonly start: number; readonly end: number } {
  const isBegun = node.kind === 'string' || node.kind === 'boolean' || node.kind === 'number';
  if (!isBegun || offset < node.start || node.end < offset) return { start: offset, end: offset };
  // A string whose closing quote is missing reaches to the end of the line: what follows the cursor is not its own.
  return { start: node.start, end: isUnclosed(node.start, node.end, tree) ? offset : node.end };
}

function isUnclosed(start: number, end: number, { text }: Tree): boolean {
  const quote = text[start];
  return (quote === '"' || quote === "'") && (end - start < 2 || text[end - 1] !== quote);
}

/** The text of a whole name or value, in the quotes that the host wants. */
export function writeText(text: string, { tree, cursor: { node } }: At): string {
  if (tree.format === 'json' || tree.text[node.start] === '"') return JSON.stringify(text);
  if (tree.text[node.start] === "'") return `'${text.replaceAll("'", "''")}'`;
  return /^[\w.][\w. /-]*$/.test(text) || /^arn:[\w:./-]*[\w./-]$/.test(text) ? text : JSON.stringify(text);
}

/** How `text` is written inside the string `node`. */
export function writeInside(text: string, node: StringNode, { text: source }: Tree): string {
  const quote = source[node.start];
  if (quote === '"') return JSON.stringify(text).slice(1, -1);
  return quote === "'" ? text.replaceAll("'", "''") : text;
}

/** A text as a snippet that stands for just itself. */
export function escapeSnippet(text: string): string {
  return text.replaceAll(/[\\$}]/g, '\\$&');
}

/** The index in a string's decoded value at which a host offset is. */
export function indexAt(node: StringNode, offset: number): number {
  let low = 0;
  let high = node.value.length;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (node.at(middle) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Whether a name has no value yet: nothing after it, or in YAML the null that nothing is. */
export function isValueMissing(value: Node | undefined): boolean {
  return value?.kind === 'unknown' || (value?.kind === 'null' && value.length === 0);
}

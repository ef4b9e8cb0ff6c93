import type { LineIndex } from './lineIndex.ts';
import type { Node, Tree } from './tree.ts';
import { childrenOf, propertyOf } from './treeQueries.ts';

/** Lines, counted from 0, that can be folded below the first one. */
export interface Fold {
  readonly startLine: number;
  readonly endLine: number;
  readonly kind?: 'comment';
}

/** Every object and array of several lines, its closing bracket left in sight, and comments of several lines. */
export function foldsOf(tree: Tree, lines: LineIndex): readonly Fold[] {
  const found: Fold[] = [];
  collect(tree.root, tree, lines, found);
  if (tree.format === 'yaml') found.push(...commentFolds(tree.text, lines));
  return found;
}

function collect(node: Node, tree: Tree, lines: LineIndex, found: Fold[]): void {
  if (node.kind !== 'object' && node.kind !== 'array') return;
  const { start } = propertyOf(node)?.key ?? node;
  const startLine = lines.positionAt(start).line;
  const isBracketed = /[{[]/.test(tree.text[node.start] ?? '');
  const end = isBracketed ? node.end : node.start + tree.text.slice(node.start, node.end).trimEnd().length;
  const lastLine = lines.positionAt(end).line;
  const closing = /[}\]]/.test(tree.text[end - 1] ?? '') && isBracketed;
  const endLine = closing ? lastLine - 1 : lastLine;
  if (endLine > startLine) found.push({ startLine, endLine });
  // What stands on one line has nothing to fold inside.
  if (lastLine > startLine) for (const child of childrenOf(node)) collect(child, tree, lines, found);
}

function commentFolds(text: string, lines: LineIndex): readonly Fold[] {
  const found: Fold[] = [];
  for (const match of text.matchAll(/^[ \t]*#.*(?:\r?\n[ \t]*#.*)+/gm)) {
    const startLine = lines.positionAt(match.index).line;
    const endLine = lines.positionAt(match.index + match[0].length).line;
    found.push({ startLine, endLine, kind: 'comment' });
  }
  return found;
}

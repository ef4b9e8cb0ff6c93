import { parser } from '@lezer/python';
import type { SyntaxNode } from '@lezer/common';
import type { Spot } from './facts.ts';

/** Every node of a Python text, outer ones before inner ones. Empty where it is nested too deeply to be read. */
export function pythonNodes(text: string): readonly SyntaxNode[] {
  const nodes: SyntaxNode[] = [];
  try {
    const cursor = parser.parse(text).cursor();
    do nodes.push(cursor.node);
    while (cursor.next());
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  return nodes;
}

/** What a string literal without escapes and pieces says. */
export function literalSpot(node: SyntaxNode | null | undefined, text: string): Spot | undefined {
  if (node?.name !== 'String') return undefined;
  const source = text.slice(node.from, node.to);
  const [, opening = '', quote = '', inner = ''] = /^([rRuU]?)("""|'''|"|')([^]*)\2$/.exec(source) ?? [];
  if (quote === '' || inner.includes('\\')) return undefined;
  const start = node.from + opening.length + quote.length;
  return { text: inner, start, end: start + inner.length, isLiteral: true };
}

/** What stands between brackets: no brackets, commas, comments. */
export function partsOf(node: SyntaxNode): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) {
    if (!/^(?:[()[\]{},]|Comment)$/.test(child.name)) found.push(child);
  }
  return found;
}

/** Whether what the node says holds only under a condition; `if __name__ == "__main__"` is none. */
export function isConditional(node: SyntaxNode, text: string): boolean {
  for (let up = node.parent; up; up = up.parent) {
    if (/^(?:FunctionDefinition|ClassDefinition|LambdaExpression)$/.test(up.name)) return false;
    if (!CONDITIONS.test(up.name)) continue;
    if (up.name !== 'IfStatement' || !/^if\s*\(?\s*__name__/.test(text.slice(up.from, up.to))) return true;
  }
  return false;
}

const CONDITIONS =
  /^(?:IfStatement|ConditionalExpression|ForStatement|WhileStatement|TryStatement|MatchStatement|ArrayComprehensionExpression)$/;

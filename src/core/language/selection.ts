import type { Tree } from './tree.ts';
import { nodeAt, propertyOf } from './treeQueries.ts';

export interface Span {
  readonly start: number;
  readonly end: number;
}

/** What "expand selection" takes at an offset, from the innermost outwards; each holds the one before. */
export function selectionAt(tree: Tree, offset: number): readonly Span[] {
  const spans: Span[] = [];
  const add = (start: number, end: number): void => {
    const last = spans.at(-1);
    const isWider =
      last === undefined || (start <= last.start && last.end <= end && end - start > last.end - last.start);
    if (isWider && start <= offset && offset <= end) spans.push({ start, end });
  };
  for (let node = nodeAt(tree.root, offset); node !== undefined; node = node.parent) {
    const { start, end } = node;
    if (node.kind === 'string') {
      addWord(tree.text, offset, { start, end }, add);
      const expression = /^\{%\s*(.*?)\s*%\}$/s.exec(node.value);
      if (expression) {
        const from = node.value.indexOf(expression[1] ?? '', 2);
        add(node.at(from), node.at(from + (expression[1] ?? '').length));
      }
      add(node.at(0), node.at(node.value.length));
    } else if ((node.kind === 'object' || node.kind === 'array') && /[{[]/.test(tree.text[start] ?? '')) {
      add(start + 1, end - 1);
    }
    add(start, end);
    const property = propertyOf(node);
    if (property) add(property.key.start, Math.max(property.key.end, property.value.end));
  }
  add(0, tree.text.length);
  return spans;
}

/** The name under the offset, in a string. */
function addWord(text: string, offset: number, within: Span, add: (start: number, end: number) => void): void {
  let start = offset;
  let end = offset;
  while (start > within.start && /[\w$-]/.test(text[start - 1] ?? '')) start--;
  while (end < within.end && /[\w$-]/.test(text[end] ?? '')) end++;
  if (end > start) add(start, end);
}

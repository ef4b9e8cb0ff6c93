import { hostEnd, hostOffset, type Node, type Property, type SyntaxIssue, type Tree } from './tree.ts';

/** A node's children in the order of the text, keys included. */
export function* childrenOf(node: Node): Generator<Node> {
  if (node.kind === 'object') {
    for (const { key, value } of node.properties) {
      yield key;
      yield value;
    }
  } else if (node.kind === 'array') yield* node.items;
}

/** The property whose value (or key) this node is. */
export function propertyOf(node: Node): Property | undefined {
  const { parent } = node;
  if (parent?.kind !== 'object') return undefined;
  const { properties } = parent;
  let low = 0;
  let high = properties.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((properties[middle]?.offset ?? 0) <= node.offset) low = middle;
    else high = middle - 1;
  }
  const isIt = ({ key, value }: Property): boolean => key === node || value === node;
  const found = properties[low];
  // What a merge brought in does not stand in the order of the text.
  return found !== undefined && isIt(found) ? found : properties.find(isIt);
}

/** Names and indexes from the root to the node: `['States', 'Load', 'Retry', 0]`. A key has its value's path. */
export function pathOf(node: Node): (string | number)[] {
  const path: (string | number)[] = [];
  for (let current = node; current.parent !== undefined; current = current.parent) {
    const { parent } = current;
    if (parent.kind === 'array') path.unshift(parent.items.indexOf(current));
    else path.unshift(propertyOf(current)?.name ?? '');
  }
  return path;
}

/** The node at the end of a path as `pathOf` gives it. */
export function nodeAtPath(root: Node, path: readonly (string | number)[]): Node | undefined {
  let current: Node | undefined = root;
  for (const step of path) {
    if (current?.kind === 'object' && typeof step === 'string') current = current.get(step);
    else if (current?.kind === 'array' && typeof step === 'number') current = current.items[step];
    else return undefined;
  }
  return current;
}

/** The innermost node whose text holds the offset, its ends included; keys count as nodes. */
export function nodeAt(root: Node, offset: number): Node | undefined {
  if (offset < root.start || offset > root.end) return undefined;
  let current = root;
  for (;;) {
    const inner = innermostChild(current, offset);
    if (inner === undefined) return current;
    current = inner;
  }
}

function innermostChild(node: Node, offset: number): Node | undefined {
  let found: Node | undefined;
  if (node.kind === 'object') {
    for (const { key, value } of node.properties) {
      if (holds(key, offset)) found = key;
      if (holds(value, offset) && !(found === key && value.length === 0)) found = value;
    }
  } else if (node.kind === 'array') found = node.items.findLast((item) => holds(item, offset));
  return found;
}

function holds(node: Node, offset: number): boolean {
  return node.start <= offset && offset <= node.end;
}

/** Every issue of the tree with its offset in the host text, outermost containers first. */
export function syntaxIssues(tree: Tree): SyntaxIssue[] {
  const found = [...tree.issues];
  collectIssues(tree.root, found);
  return found;
}

/**
 * As `syntaxIssues`, without those that follow from others more often than not: in each line only the first, and brackets
 * that are never closed only where nothing else is wrong.
 */
export function firstSyntaxIssues(tree: Tree): SyntaxIssue[] {
  const issues = syntaxIssues(tree).sort((a, b) => a.offset - b.offset);
  const isOnlyUnclosed = !issues.some(({ code }) => code === 'syntax');
  let lineEnd = -1;
  return issues.filter(({ code, offset }) => {
    if (code === 'unclosed') return isOnlyUnclosed;
    if (code !== 'syntax') return true;
    if (offset <= lineEnd) return false;
    const end = tree.text.indexOf('\n', offset);
    lineEnd = end < 0 ? tree.text.length : end;
    return true;
  });
}

function collectIssues(node: Node, found: SyntaxIssue[]): void {
  if ((node.kind !== 'object' && node.kind !== 'array') || node.issues === undefined) return;
  for (const issue of node.issues.own) {
    const offset = hostOffset(node, issue.offset);
    const length = Math.max(0, hostEnd(node, issue.offset + issue.length) - offset);
    found.push({ ...issue, offset, length });
  }
  if (!node.issues.nested) return;
  for (const child of childrenOf(node)) collectIssues(child, found);
}

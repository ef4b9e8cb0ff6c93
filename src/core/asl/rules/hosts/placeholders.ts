import { intrinsicOf } from '../../../language/hosts/intrinsics.ts';
import type { Node, StringNode } from '../../../language/tree.ts';
import { childrenOf } from '../../../language/treeQueries.ts';

/** One `${Name}` of a definition. */
export interface Placeholder {
  readonly name: string;
  readonly node: StringNode | undefined;
  /** Units of the node's value, or of the text where there is no node. */
  readonly from: number;
  readonly to: number;
}

const SUBSTITUTION = /\$\{([A-Za-z0-9]+)\}/g;

/** Placeholders that `DefinitionSubstitutions` fill in, in the strings of a tree; not those of the template's own `Fn::Sub`. */
export function placeholdersInTree(root: Node): Placeholder[] {
  const found: Placeholder[] = [];
  const open: Node[] = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node.kind === 'string' && intrinsicOf(node) === undefined) {
      for (const { name, from, to } of placeholdersInText(node.value)) found.push({ name, node, from, to });
    }
    open.push(...childrenOf(node));
  }
  return found.sort((a, b) => (a.node?.start ?? 0) - (b.node?.start ?? 0) || a.from - b.from);
}

/** The same in a text of its own. */
export function placeholdersInText(text: string): Placeholder[] {
  if (!text.includes('${')) return [];
  return [...text.matchAll(SUBSTITUTION)].map(({ 0: whole, 1: name = '', index }) => ({
    name,
    node: undefined,
    from: index,
    to: index + whole.length,
  }));
}

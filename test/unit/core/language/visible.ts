import type { Node, Tree } from '../../../../src/core/language/tree.ts';
import { syntaxIssues } from '../../../../src/core/language/treeQueries.ts';

/** Everything that can be seen of a tree, positions included. */
export function visible(tree: Tree): unknown {
  const seen = (node: Node): unknown => {
    const at = [node.kind, node.start, node.end];
    switch (node.kind) {
      case 'object':
        return [...at, node.properties.map(({ key, value }) => [seen(key), seen(value)])];
      case 'array':
        return [...at, node.items.map(seen)];
      case 'string':
        return [...at, node.value, Array.from(node.value, (_, index) => node.at(index))];
      case 'unknown':
        return [...at, node.reason, node.tag];
      case 'null':
        return at;
      default:
        return [...at, node.value];
    }
  };
  return { root: seen(tree.root), issues: syntaxIssues(tree) };
}

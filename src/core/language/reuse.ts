import type { TextChange } from './lineIndex.ts';
import type { ContainerNode, Node, Tree } from './tree.ts';

/** The tree before an edit, and the edit. */
export interface Reuse {
  readonly tree: Tree;
  readonly change: TextChange;
}

/**
 * Finds containers of the tree before an edit that the edit did not touch. A container's shape follows from its text
 * alone, so one whose text is the same can be taken over as it is.
 */
export class ReusableNodes {
  readonly #root: Node;
  readonly #editStart: number;
  readonly #editEnd: number;
  readonly #delta: number;

  constructor({ tree, change }: Reuse) {
    this.#root = tree.root;
    this.#editStart = change.offset;
    this.#editEnd = change.offset + change.text.length;
    this.#delta = change.text.length - change.length;
  }

  /** The untouched container that now begins at `position` of the new text. */
  startingAt(position: number): ContainerNode | undefined {
    if (position < this.#editStart) {
      const found = containerStartingAt(this.#root, position);
      return found !== undefined && position + found.length <= this.#editStart ? found : undefined;
    }
    if (position < this.#editEnd) return undefined;
    return containerStartingAt(this.#root, position - this.#delta);
  }
}

function containerStartingAt(root: Node, position: number): ContainerNode | undefined {
  let node = root;
  let start = root.offset;
  while (node.kind === 'object' || node.kind === 'array') {
    if (start === position) return node.issues?.unclosed === true ? undefined : node;
    const child = lastChildFrom(node, position - start);
    if (child === undefined) return undefined;
    start += child.offset;
    node = child;
  }
  return undefined;
}

/** The last value of a container that begins at or before `offset`, relative to the container. */
function lastChildFrom(node: ContainerNode, offset: number): Node | undefined {
  const count = node.kind === 'object' ? node.properties.length : node.items.length;
  const child = (index: number): Node | undefined =>
    node.kind === 'object' ? node.properties[index]?.value : node.items[index];
  let low = 0;
  let high = count - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((child(middle)?.offset ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  const found = child(low);
  return found !== undefined && found.offset <= offset ? found : undefined;
}

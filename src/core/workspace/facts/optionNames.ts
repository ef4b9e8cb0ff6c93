import type { SyntaxNode } from '@lezer/common';
import type { ScriptOption } from './facts.ts';
import { isConditional, literalSpot, partsOf } from './pythonSyntax.ts';

/** The names in a list, and whether there may be more than its text shows. */
export interface OptionNames {
  readonly options: readonly ScriptOption[];
  readonly isOpen: boolean;
}

/** Reads lists of names in a script: literals, sums of them, and variables with what is put into them. */
export class OptionLists {
  constructor(
    private readonly nodes: readonly SyntaxNode[],
    private readonly text: string,
  ) {}

  /** `depth` counts variables that stand for one another. */
  read(node: SyntaxNode | undefined, depth = 0): OptionNames {
    if (node === undefined || depth > 8) return OPEN;
    switch (node.name) {
      case 'ArrayExpression':
      case 'TupleExpression':
      case 'SetExpression':
        return this.#list(node);
      case 'ParenthesizedExpression':
      case 'BinaryExpression':
        return this.#all(
          partsOf(node).filter(({ name }) => name !== 'ArithOp'),
          depth,
        );
      case 'ConditionalExpression': {
        const [first, , , , last] = partsOf(node);
        return this.#all([first, last], depth);
      }
      case 'CallExpression': {
        const [callee, list] = partsOf(node);
        const isCopy = callee !== undefined && /^(?:list|sorted|tuple|set)$/.test(this.#source(callee));
        return isCopy && list ? this.#all(partsOf(list), depth) : OPEN;
      }
      case 'VariableName':
        return this.#variable(this.#source(node), depth);
      default:
        return OPEN;
    }
  }

  #list(node: SyntaxNode): OptionNames {
    const options: ScriptOption[] = [];
    let isOpen = false;
    for (const item of partsOf(node)) {
      const spot = literalSpot(item, this.text);
      if (spot === undefined) isOpen = true;
      else options.push({ name: spot.text, spot, isConditional: isConditional(item, this.text) });
    }
    return { options, isOpen };
  }

  #all(nodes: readonly (SyntaxNode | undefined)[], depth: number): OptionNames {
    const all = nodes.map((one) => this.read(one, depth));
    return { options: all.flatMap(({ options }) => options), isOpen: all.some(({ isOpen }) => isOpen) };
  }

  /** What a variable is given, and what is added to it, anywhere in the script. */
  #variable(name: string, depth: number): OptionNames {
    const found: OptionNames[] = [];
    for (const node of this.nodes) {
      if (node.name === 'AssignStatement' || node.name === 'UpdateStatement') {
        const { firstChild: target, lastChild: value } = node;
        if (target && value && this.#source(target) === name) found.push(this.read(value, depth + 1));
      } else if (node.name === 'CallExpression') {
        const { firstChild: callee, lastChild: list } = node;
        const method = callee?.name === 'MemberExpression' ? this.#source(callee) : '';
        const [argument] = list ? partsOf(list) : [];
        if (argument === undefined) continue;
        if (method === `${name}.append`) found.push(this.#one(argument));
        else if (method === `${name}.extend`) found.push(this.read(argument, depth + 1));
      }
    }
    if (found.length === 0) return OPEN;
    return { options: found.flatMap(({ options }) => options), isOpen: found.some(({ isOpen }) => isOpen) };
  }

  #one(node: SyntaxNode): OptionNames {
    const spot = literalSpot(node, this.text);
    if (spot === undefined) return OPEN;
    return { options: [{ name: spot.text, spot, isConditional: isConditional(node, this.text) }], isOpen: false };
  }

  #source({ from, to }: SyntaxNode): string {
    return this.text.slice(from, to);
  }
}

const OPEN: OptionNames = { options: [], isOpen: true };

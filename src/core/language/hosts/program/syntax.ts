import type { SyntaxNode } from '@lezer/common';
import type { Pieces } from '../../pieces.ts';

/** What an expression of a program is, apart from its language. */
export type Shape =
  | { readonly kind: 'object'; readonly entries: readonly Entry[] }
  | { readonly kind: 'array'; readonly items: readonly SyntaxNode[]; readonly hasSpread: boolean }
  | { readonly kind: 'string'; readonly parts: readonly SyntaxNode[] }
  | { readonly kind: 'call'; readonly callee: SyntaxNode; readonly list: SyntaxNode }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'null' }
  /** The same value in other clothes: parentheses, `as const`. */
  | { readonly kind: 'same'; readonly as: SyntaxNode }
  | { readonly kind: 'other' };

/** A property of an object, or a keyword argument. */
export type Entry =
  | { readonly kind: 'property'; readonly key: SyntaxNode; readonly value: SyntaxNode | undefined }
  | { readonly kind: 'spread'; readonly value: SyntaxNode };

export interface Arguments {
  readonly positional: readonly SyntaxNode[];
  readonly keywords: readonly Entry[];
}

/** What the reader needs to know of a language. */
export interface ProgramSyntax {
  /** Whether `{name}` stands for `{name: name}`. */
  readonly hasShorthand: boolean;
  shapeOf(node: SyntaxNode, text: string): Shape;
  argumentsOf(list: SyntaxNode): Arguments;
  /** Adds what one part of a string (a literal, or a value that is put in) says. */
  addText(part: SyntaxNode, text: string, pieces: Pieces): void;
  /** The name that a key writes, where it is no string: an identifier. */
  keyName(key: SyntaxNode, text: string): string | undefined;
}

/** Children that say something: no brackets, commas, comments. */
export function meaningfulChildren(node: SyntaxNode): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) {
    if (!/^(?:[()[\]{},]|LineComment|BlockComment|Comment)$/.test(child.name)) found.push(child);
  }
  return found;
}

import type { Node } from '../language/tree.ts';

/** What stands for something that is filled in later: `${Bucket}`, `{{resolve:…}}`, `<your-bucket>`, `%{ if }`. */
const PLACEHOLDER = /\$\{[^}]*\}?|\{\{.*?\}\}|%\{[^}]*\}|<[^<>\s][^<>]*>|#\{[^}]*\}/;

/** Whether a part of the text is filled in later, so that the whole of it is not known. */
export function hasPlaceholder(text: string): boolean {
  return PLACEHOLDER.test(text);
}

/**
 * The text of a scalar as its author wrote it, so that 4.0 stays "4.0"; undefined where it is not known, or no scalar.
 * `source` is the text of the document.
 */
export function knownText(node: Node | undefined, source: string): string | undefined {
  switch (node?.kind) {
    case 'string':
      return hasPlaceholder(node.value) ? undefined : node.value;
    case 'number': {
      const written = source.slice(node.start, node.end);
      // What an alias stands for is written elsewhere.
      return Number(written) === node.value ? written : String(node.value);
    }
    case 'boolean':
      return String(node.value);
    default:
      return undefined;
  }
}

/** Like `knownText`, but what is filled in later stays in the text as a placeholder. */
export function writtenText(node: Node | undefined, source: string): string | undefined {
  return node?.kind === 'string' ? node.value : knownText(node, source);
}

/** The number that a scalar gives, written as a number or as text. */
export function knownNumber(node: Node | undefined, source: string): number | undefined {
  const text = knownText(node, source)?.trim();
  if (text === undefined || !/^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i.test(text)) return undefined;
  return Number(text);
}

/** Whether a node is there with a value that its author decided on: neither null nor filled in later. */
export function isLiteral(node: Node | undefined): boolean {
  if (node === undefined || node.kind === 'null' || node.kind === 'unknown') return false;
  return node.kind !== 'string' || !hasPlaceholder(node.value);
}

import type { Node } from './tree.ts';

const PLACEHOLDER = /\$\{!?[A-Za-z_](?:[\w.\-[\] ,()/"*]|::)*\}|#\{[A-Za-z_][\w.:]*\}|\{\{[^{}]*\}\}/;

/** Whether the text holds `${X}`, `#{X}` or `{{X}}`, which something fills in before AWS reads it. */
export function hasPlaceholder(text: string): boolean {
  if (!text.includes('{')) return false;
  return (text.includes('${') || text.includes('#{') || text.includes('{{')) && PLACEHOLDER.test(text);
}

/** A value that only becomes known later: rules take it as whatever would be right. */
export function isOpaque(node: Node): boolean {
  return node.kind === 'unknown' || (node.kind === 'string' && hasPlaceholder(node.value));
}

/** What stands in a decoded string for a piece that only the host's own program knows: `${region}`. */
export function placeholderFor(expression: string): string {
  const written = `\${${expression.trim()}}`;
  return PLACEHOLDER.exec(written)?.[0] === written ? written : '${value}';
}

import { formatPart } from '../language/format/formatPart.ts';
import { changeBetween } from '../language/hosts/embedded.ts';
import { applyChanges, type TextChange } from '../language/lineIndex.ts';
import type { Node } from '../language/tree.ts';
import type { AslDefinition } from './definition.ts';

/**
 * One change that lays a definition out where it stands: in a file of its own, a template, a program or a Terraform
 * file; empty where it is laid out already. `indent` is one step as the editor has it. Undefined where that would change
 * what it says, or cannot be done there.
 */
export function formatDefinition(definition: AslDefinition, indent: string): readonly TextChange[] | undefined {
  const { tree, text } = definition;
  const changes = formatPart(tree, indent);
  if (changes === undefined) return undefined;
  const after = applyChanges(
    text,
    changes.toSorted((a, b) => b.offset - a.offset),
  );
  if (after === text) return [];
  const change = changeBetween(text, after);
  const again = definition.after(change, tree.root.start);
  if (again === undefined || meaningOf(again.tree.root) !== meaningOf(tree.root)) return undefined;
  return [change];
}

/** Everything of a tree but where it stands. */
function meaningOf(node: Node): string {
  const parts: unknown[] = [];
  const visit = (one: Node): void => {
    parts.push(one.kind);
    if (one.kind === 'object') {
      for (const { key, value } of one.properties) {
        parts.push(key.value);
        visit(value);
      }
      parts.push('}');
    } else if (one.kind === 'array') {
      for (const item of one.items) visit(item);
      parts.push(']');
    } else if ('value' in one) parts.push(one.value);
    else if (one.kind === 'unknown') parts.push(one.reason, one.tag);
  };
  visit(node);
  return JSON.stringify(parts);
}

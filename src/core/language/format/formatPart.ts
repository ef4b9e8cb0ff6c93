import { toHostChange } from '../hostText.ts';
import type { TextChange } from '../lineIndex.ts';
import { ownOffset, type EmbeddedText, type Tree } from '../tree.ts';
import { syntaxIssues } from '../treeQueries.ts';
import { formatDocument } from './format.ts';
import { formatJson } from './formatJson.ts';
import { formatLiteral } from './formatLiteral.ts';
import { formatYaml } from './formatYaml.ts';
import { styleOf } from './style.ts';

/**
 * As `formatDocument`, for a tree that is a part of a file of another kind: the file around it stays, and so does its
 * way of writing. `indent` is one step as the editor has it. Undefined where the text is too broken, or where it cannot be
 * laid out there: JSON on one line of a string, or put together from pieces.
 */
export function formatPart(tree: Tree, indent: string): readonly TextChange[] | undefined {
  const { part, text, root } = tree;
  if (part === undefined) return formatDocument(tree, indent);
  if (syntaxIssues(tree).length > 0) return undefined;
  if (part.embedded !== undefined) return formatEmbedded(tree, part.embedded, indent);
  const isBlock = part.syntax === 'yaml' && text[root.start] !== '{';
  return isBlock ? formatYamlBlock(tree, indent) : formatLiteral(tree, indent);
}

function formatEmbedded(tree: Tree, embedded: EmbeddedText, indent: string): readonly TextChange[] | undefined {
  const { text } = embedded;
  const { offset } = ownOffset(tree.root);
  if (!text.slice(offset).includes('\n')) return undefined;
  // The text may stand deeper as a whole.
  const base = /[ \t]*$/.exec(text.slice(0, offset))?.[0] ?? '';
  const style = styleOf(base === '' ? text : text.replaceAll(`\n${base}`, '\n').trimStart(), indent);
  const changes: TextChange[] = [];
  for (const change of formatJson(text, style) ?? [undefined]) {
    if (change === undefined) return undefined;
    const put = change.text.replaceAll(/\n(?=[^\r\n]|$)/g, `\n${base}`);
    if (text.slice(change.offset, change.offset + change.length) === put) continue;
    const placed = toHostChange({ ...change, text: put }, embedded, tree.text);
    if (placed === undefined) return undefined;
    // Up to the next piece of JSON: the blanks that the host's line begins with are none of the text's.
    const end = embedded.string.at(change.offset + change.length);
    changes.push({ ...placed, length: Math.max(placed.length, end - placed.offset) });
  }
  return changes;
}

/** Lines of a template, laid out as if they were a file. */
function formatYamlBlock({ text, root }: Tree, indent: string): readonly TextChange[] | undefined {
  const column = root.start - (text.lastIndexOf('\n', root.start - 1) + 1);
  const end = root.start + text.slice(root.start, root.end).trimEnd().length;
  const before = text.slice(root.start, end);
  const block = before.replaceAll(new RegExp(`(?<=\\n) {1,${Math.max(1, column)}}`, 'g'), '');
  const written = formatYaml(`${block}\n`, styleOf(block, indent));
  if (written === undefined) return undefined;
  const after = written.trimEnd().replaceAll(/\n(?=[^\r\n])/g, `\n${' '.repeat(column)}`);
  return after === before ? [] : [{ offset: root.start, length: before.length, text: after }];
}

import type { TextChange } from '../lineIndex.ts';
import type { Tree } from '../tree.ts';
import { formatJson } from './formatJson.ts';
import { formatYaml } from './formatYaml.ts';
import { styleOf } from './style.ts';

/**
 * Changes that lay a document out in its own style: its width of indentation, its line ends, what it writes on one line.
 * `indent` is one step as the editor has it, for texts that show none. Undefined where the text is too broken for that.
 */
export function formatDocument(tree: Tree, indent: string): readonly TextChange[] | undefined {
  const { text, format } = tree;
  const style = styleOf(text, indent);
  if (format === 'json') return formatJson(text, style);
  const written = formatYaml(text, style);
  if (written === undefined) return undefined;
  return written === text ? [] : [differenceOf(text, written)];
}

/** One change from a text to another, without what they begin and end with alike. */
function differenceOf(before: string, after: string): TextChange {
  let start = 0;
  while (start < before.length && before[start] === after[start]) start++;
  let end = 0;
  const most = Math.min(before.length, after.length) - start;
  while (end < most && before[before.length - 1 - end] === after[after.length - 1 - end]) end++;
  return { offset: start, length: before.length - end - start, text: after.slice(start, after.length - end) };
}

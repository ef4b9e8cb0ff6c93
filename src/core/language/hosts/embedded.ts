import { parseTree } from '../edit.ts';
import type { Origin } from '../encodedText.ts';
import type { TextChange } from '../lineIndex.ts';
import type { StringNode, Tree, TreePart } from '../tree.ts';
import { parseJson } from './json.ts';

/** A JSON text inside a string of a host, and what the next version of it can take over. */
export interface EmbeddedJson {
  /** As it lies in the host. */
  readonly tree: Tree;
  /** As it was parsed. */
  readonly own: Tree;
}

/**
 * Reads the JSON text in a string of a host; every position is one of the host. With `before`, the same text before an
 * edit, containers that the edit did not touch are taken over, so that `before` must not be used afterwards.
 */
export function parseEmbedded(
  string: StringNode,
  host: { readonly text: string; readonly syntax: TreePart['syntax'] },
  before?: EmbeddedJson,
): EmbeddedJson {
  const text = string.value;
  const own =
    before === undefined
      ? parseTree(text, 'json')
      : parseJson(text, { tree: before.own, change: changeBetween(before.own.text, text) });
  const origin: Origin = {
    toHost: (offset) => string.at(offset),
    toHostEnd: (offset) => string.endAt(offset),
  };
  own.root.origin = origin;
  const issues = own.issues.map((issue) => {
    const offset = string.at(issue.offset);
    return { ...issue, offset, length: Math.max(0, string.endAt(issue.offset + issue.length) - offset) };
  });
  const part: TreePart = { syntax: 'json', embedded: { text, string, host: host.syntax } };
  return { own, tree: { text: host.text, format: 'json', root: own.root, issues, part } };
}

/** One change that makes the second text of the first: what is the same at both ends is left out. */
export function changeBetween(before: string, after: string): TextChange {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start++;
  let same = 0;
  while (
    same < shorter - start &&
    before.charCodeAt(before.length - 1 - same) === after.charCodeAt(after.length - 1 - same)
  ) {
    same++;
  }
  return { offset: start, length: before.length - same - start, text: after.slice(start, after.length - same) };
}

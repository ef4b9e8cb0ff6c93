import { parseJson } from './hosts/json.ts';
import { parseYaml } from './hosts/yaml.ts';
import { editYaml } from './hosts/yamlEdit.ts';
import type { TextChange } from './lineIndex.ts';
import type { Tree } from './tree.ts';

export type Format = Tree['format'];

/** Reads a text from scratch; never throws. */
export function parseTree(text: string, format: Format): Tree {
  return format === 'json' ? parseJson(text) : parseYaml(text);
}

/**
 * The tree of the text after one change. Nodes that the change did not touch are taken over, so that what was computed
 * from them stays valid; the tree before must not be used afterwards.
 */
export function editTree(tree: Tree, change: TextChange): Tree {
  const text = tree.text.slice(0, change.offset) + change.text + tree.text.slice(change.offset + change.length);
  return tree.format === 'json' ? parseJson(text, { tree, change }) : editYaml(text, { tree, change });
}

/** JSON or YAML, by the language id, the file name, and at last by how the text begins. */
export function formatOf(text: string, { fileName = '', languageId = '' }: DocumentName): Format {
  if (/yaml/i.test(languageId) || /\.ya?ml$/i.test(fileName)) return 'yaml';
  if (/json/i.test(languageId) || /\.json$/i.test(fileName)) return 'json';
  return /^\uFEFF?\s*(?:[{[]|$)/.test(text) || languageId === 'asl' ? 'json' : 'yaml';
}

export interface DocumentName {
  readonly fileName?: string;
  readonly languageId?: string;
}

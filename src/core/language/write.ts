import type { FixEdit } from './rules/rule.ts';
import { propertyOf, type Node, type ObjectNode, type Property, type Tree } from './tree.ts';
import type { TextChange } from './lineIndex.ts';

/** The text changes of a fix, all of them offsets in the tree's own text, in no particular order. */
export function toTextChanges(edits: readonly FixEdit[], tree: Tree): readonly TextChange[] {
  const removed = new Set(
    edits.flatMap((edit) => (edit.kind === 'removeProperty' ? (propertyOf(edit.key) ?? []) : [])),
  );
  return edits.flatMap((edit) => textChangesOf(edit, tree, removed));
}

function textChangesOf(edit: FixEdit, tree: Tree, removed: ReadonlySet<Property>): readonly TextChange[] {
  switch (edit.kind) {
    case 'replaceString':
      return [replaceNode(edit.node, writeString(edit.value, sourceOf(edit.node, tree), tree.format))];
    case 'renameKey':
      return [replaceNode(edit.node, writeString(edit.name, sourceOf(edit.node, tree), tree.format))];
    case 'replaceValue':
      return [replaceNode(edit.node, writeValue(edit.value, tree, indentAt(tree.text, edit.node.start)))];
    case 'removeProperty':
      return removal(edit.key, tree, removed);
    case 'addProperty':
      return edit.object.kind === 'object'
        ? [addition(edit.object, `${writeKey(edit.name, tree, edit.object)}: `, edit.value, tree)]
        : [];
  }
}

/** `value` in the quotes that `source`, the text it replaces, has. */
export function writeString(value: string, source: string, format: Tree['format']): string {
  if (format === 'json' || source.startsWith('"')) return JSON.stringify(value);
  if (source.startsWith("'")) return `'${value.replaceAll("'", "''")}'`;
  return isPlainYaml(value) ? value : JSON.stringify(value);
}

/** Whether YAML reads the text, written without quotes, as this very string, as a key or as a value. */
function isPlainYaml(value: string): boolean {
  return (
    /^[\p{L}_/][\p{L}\p{N}_./ -]*$/u.test(value) &&
    !/\s$/.test(value) &&
    !/^(?:y|n|yes|no|on|off|true|false|null)$/i.test(value)
  );
}

function replaceNode({ start, end }: Node, text: string): TextChange {
  return { offset: start, length: Math.max(0, end - start), text };
}

function sourceOf({ start, end }: Node, tree: Tree): string {
  return tree.text.slice(start, end);
}

function writeKey(name: string, tree: Tree, object: ObjectNode): string {
  const sibling = object.properties[0]?.key;
  return writeString(name, sibling === undefined ? '' : sourceOf(sibling, tree), formatInside(object, tree));
}

/** A flow mapping inside YAML is written as JSON is. */
function formatInside(object: ObjectNode, tree: Tree): Tree['format'] {
  return tree.format === 'json' || tree.text[object.start] === '{' ? 'json' : 'yaml';
}

function writeValue(value: unknown, tree: Tree, indent: string): string {
  if (tree.format === 'yaml') {
    return typeof value === 'string' && isPlainYaml(value) ? value : JSON.stringify(value);
  }
  return JSON.stringify(value, undefined, indentUnit(tree.text)).replaceAll('\n', `\n${indent}`);
}

/** What a removal takes out; the last properties of an object go together, with the comma before them. */
function removal(key: Node, tree: Tree, removed: ReadonlySet<Property>): readonly TextChange[] {
  const property = propertyOf(key);
  const { parent } = key;
  if (property === undefined || parent?.kind !== 'object') return [];
  const { properties } = parent;
  const index = properties.indexOf(property);
  const lastKept = properties.findLastIndex((one) => !removed.has(one));
  const next = properties[index + 1];
  if (next !== undefined && index < lastKept) {
    return [{ offset: property.key.start, length: next.key.start - property.key.start, text: '' }];
  }
  if (index !== lastKept + 1) return [];
  const end = Math.max(...properties.slice(index).flatMap((one) => [one.key.end, one.value.end]));
  if (formatInside(parent, tree) === 'yaml') return [yamlRemoval(tree, property.key.start, end)];
  const previous = properties[index - 1];
  const from = previous ? Math.max(previous.key.end, previous.value.end) : parent.start + 1;
  return [{ offset: from, length: end - from, text: '' }];
}

function yamlRemoval(tree: Tree, start: number, end: number): TextChange {
  const lineStart = tree.text.lastIndexOf('\n', start - 1);
  const trimmedEnd = start + tree.text.slice(start, end).trimEnd().length;
  const from = lineStart < 0 ? start : lineStart;
  return { offset: from, length: trimmedEnd - from, text: '' };
}

function addition(object: ObjectNode, head: string, value: unknown, tree: Tree): TextChange {
  const { text } = tree;
  const last = object.properties.at(-1);
  const isYaml = formatInside(object, tree) === 'yaml';
  if (!last) {
    const inner = `${indentAt(text, object.start)}${indentUnit(text)}`;
    const body = `${head}${writeValue(value, tree, inner)}`;
    const closing = indentAt(text, object.start);
    return { offset: object.start, length: object.length, text: `{\n${inner}${body}\n${closing}}` };
  }
  const lastEnd = Math.max(last.key.end, last.value.end);
  const at = last.key.start + text.slice(last.key.start, lastEnd).trimEnd().length;
  const opening = text.lastIndexOf('\n', last.key.start - 1);
  const isOnOwnLine = opening >= object.start || (isYaml && object.properties.length > 0);
  const indent = isYaml ? ' '.repeat(last.key.start - opening - 1) : indentAt(text, last.key.start);
  const separator = isYaml ? '' : ',';
  const body = `${head}${writeValue(value, tree, indent)}`;
  return { offset: at, length: 0, text: isOnOwnLine ? `${separator}\n${indent}${body}` : `${separator} ${body}` };
}

/** The blanks that the line of `offset` begins with. */
function indentAt(text: string, offset: number): string {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  return /^[ \t]*/.exec(text.slice(lineStart, offset))?.[0] ?? '';
}

/** One step of indentation as the text has it; two spaces where it shows none. */
export function indentUnit(text: string): string {
  return /\n([ \t]+)\S/.exec(text)?.[1] ?? '  ';
}

import { toHostChange } from './hostText.ts';
import type { TextChange } from './lineIndex.ts';
import type { FixEdit } from './rules/rule.ts';
import { ownOffset, type Node, type ObjectNode, type Property, type Tree } from './tree.ts';
import { propertyOf } from './treeQueries.ts';
import { isPlainYaml, syntaxOf, writeKey, writeString, writeValue, type Syntax } from './writeSyntax.ts';
import { writeYaml, writeYamlAfterKey } from './writeYaml.ts';

/**
 * The text changes of a fix, all of them offsets in the tree's own text, in no particular order. None where a place
 * cannot be written: a text that a program puts together from pieces.
 */
export function toTextChanges(edits: readonly FixEdit[], tree: Tree): readonly TextChange[] {
  const removed = new Set(
    edits.flatMap((edit) => (edit.kind === 'removeProperty' ? (propertyOf(edit.key) ?? []) : [])),
  );
  const embedded = tree.part?.embedded;
  const written = writtenText(tree);
  const changes: TextChange[] = [];
  for (const edit of edits) {
    if (edit.kind === 'replaceText') {
      changes.push({ offset: edit.start, length: edit.end - edit.start, text: edit.text });
      continue;
    }
    for (const change of changesOf(edit, written, removed) ?? [undefined]) {
      const placed = change && embedded ? toHostChange(change, embedded, tree.text) : change;
      if (placed === undefined) return [];
      changes.push(placed);
    }
  }
  return changes;
}

/** A text with nodes in it: the document, or the text in one of its strings. */
interface Written {
  readonly text: string;
  readonly syntax: Syntax;
  readonly spanOf: (node: Node) => { readonly start: number; readonly end: number };
}

function writtenText(tree: Tree): Written {
  const embedded = tree.part?.embedded;
  const syntax = syntaxOf(tree);
  if (embedded === undefined) return { text: tree.text, syntax, spanOf: ({ start, end }) => ({ start, end }) };
  const spanOf = (node: Node): { start: number; end: number } => {
    const start = ownOffset(node).offset;
    return { start, end: start + node.length };
  };
  return { text: embedded.text, syntax, spanOf };
}

/** Undefined where the edit cannot be written. */
function changesOf(
  edit: Exclude<FixEdit, { kind: 'replaceText' }>,
  written: Written,
  removed: ReadonlySet<Property>,
): readonly TextChange[] | undefined {
  switch (edit.kind) {
    case 'replaceString':
      return replaceString(edit.node, edit.value, written);
    case 'renameKey':
      return replaceString(edit.node, edit.name, written);
    case 'replaceValue': {
      const { start, end } = written.spanOf(edit.node);
      const { syntax } = written;
      if (isYamlBlock(edit.node, written) && typeof edit.value === 'object' && edit.value !== null) {
        return [yamlReplacement(edit.node, edit.value, written)];
      }
      const isBlock = syntax === 'yaml' && written.text[start] !== '"' && written.text[start] !== "'";
      const style = { syntax: isBlock ? syntax : syntaxAt(start, written), sibling: written.text.slice(start, end) };
      return [{ offset: start, length: end - start, text: valueText(edit.value, written, start, style) }];
    }
    case 'removeProperty':
      return removal(edit.key, written, removed);
    case 'addProperty':
      return edit.object.kind === 'object' ? [addition(edit.object, edit.name, edit.value, written)] : [];
  }
}

/** Whether a node may go over several lines of YAML by its indentation: no bracket is around it or begins it. */
function isYamlBlock(node: Node, { text, syntax, spanOf }: Written): boolean {
  if (syntax !== 'yaml') return false;
  for (let one: Node | undefined = node; one !== undefined; one = one.parent) {
    if (one.kind !== 'object' && one.kind !== 'array') continue;
    if (/[[{]/.test(text[spanOf(one).start] ?? '')) return false;
  }
  return true;
}

function yamlReplacement(node: Node, value: object, { text, spanOf }: Written): TextChange {
  const { start, end } = spanOf(node);
  const length = text.slice(start, end).trimEnd().length;
  const unit = indentUnit(text);
  const key = propertyOf(node)?.key;
  // A scalar stands behind its name, what takes its place below.
  if (key !== undefined && node.kind !== 'object' && node.kind !== 'array') {
    const indent = ' '.repeat(columnAt(text, spanOf(key).start));
    const colon = text.lastIndexOf(':', start) + 1;
    return { offset: colon, length: start + length - colon, text: writeYamlAfterKey(value, { indent, unit }) };
  }
  const indent = ' '.repeat(columnAt(text, start));
  return { offset: start, length, text: writeYaml(value, { indent, unit }) };
}

function columnAt(text: string, offset: number): number {
  return offset - text.lastIndexOf('\n', offset - 1) - 1;
}

function replaceString(node: Node, value: string, written: Written): readonly TextChange[] | undefined {
  const { start, end } = written.spanOf(node);
  const text = writeString(value, written.text.slice(start, end), written.syntax);
  return text === undefined ? undefined : [{ offset: start, length: Math.max(0, end - start), text }];
}

/** A flow mapping inside YAML is written as JSON is. */
function syntaxAt(start: number, { text, syntax }: Written): Syntax {
  return syntax === 'yaml' && text[start] === '{' ? 'json' : syntax;
}

function valueText(
  value: unknown,
  { text }: Written,
  at: number,
  { syntax, sibling }: { readonly syntax: Syntax; readonly sibling: string },
): string {
  if (syntax === 'yaml') {
    return typeof value === 'string' && isPlainYaml(value) ? value : JSON.stringify(value);
  }
  return writeValue(value, syntax, { indent: indentAt(text, at), unit: indentUnit(text), sibling });
}

/** What a removal takes out; the last properties of an object go together, with the comma before them. */
function removal(key: Node, written: Written, removed: ReadonlySet<Property>): readonly TextChange[] {
  const property = propertyOf(key);
  const { parent } = key;
  if (property === undefined || parent?.kind !== 'object') return [];
  const { properties } = parent;
  const index = properties.indexOf(property);
  const lastKept = properties.findLastIndex((one) => !removed.has(one));
  const next = properties[index + 1];
  const { start } = written.spanOf(property.key);
  if (next !== undefined && index < lastKept) {
    return [{ offset: start, length: written.spanOf(next.key).start - start, text: '' }];
  }
  if (index !== lastKept + 1) return [];
  const end = Math.max(...properties.slice(index).map((one) => endOf(one, written)));
  const opening = written.spanOf(parent).start;
  if (syntaxAt(opening, written) === 'yaml') return [yamlRemoval(written.text, start, end)];
  const previous = properties[index - 1];
  const from = previous ? endOf(previous, written) : opening + 1;
  // Programs may have a comma after the last property: it must not be left alone.
  const comma = previous ? '' : (/^\s*,/.exec(written.text.slice(end))?.[0] ?? '');
  return [{ offset: from, length: end + comma.length - from, text: '' }];
}

function endOf({ key, value }: Property, { spanOf }: Written): number {
  return Math.max(spanOf(key).end, spanOf(value).end);
}

function yamlRemoval(text: string, start: number, end: number): TextChange {
  const lineStart = text.lastIndexOf('\n', start - 1);
  const trimmedEnd = start + text.slice(start, end).trimEnd().length;
  const from = lineStart < 0 ? start : lineStart;
  return { offset: from, length: trimmedEnd - from, text: '' };
}

function addition(object: ObjectNode, name: string, value: unknown, written: Written): TextChange {
  const { text } = written;
  const { start, end } = written.spanOf(object);
  const syntax = syntaxAt(start, written);
  const isYaml = syntax === 'yaml';
  const last = object.properties.at(-1);
  const sibling = last ? text.slice(written.spanOf(last.key).start, written.spanOf(last.key).end) : '';
  const property = (indent: string): string => {
    if (isYaml)
      return `${writeKey(name, sibling, syntax).trimEnd()}${writeYamlAfterKey(value, { indent, unit: indentUnit(text) })}`;
    const body = writeValue(value, syntax, { indent, unit: indentUnit(text), sibling });
    return `${writeKey(name, sibling, syntax)}${body}`;
  };
  if (!last) {
    const closing = indentAt(text, start);
    const inner = `${closing}${indentUnit(text)}`;
    return { offset: start, length: end - start, text: `{\n${inner}${property(inner)}\n${closing}}` };
  }
  const lastStart = written.spanOf(last.key).start;
  const at = lastStart + text.slice(lastStart, endOf(last, written)).trimEnd().length;
  const opening = text.lastIndexOf('\n', lastStart - 1);
  const isOnOwnLine = opening >= start || isYaml;
  const indent = isYaml ? ' '.repeat(lastStart - opening - 1) : indentAt(text, lastStart);
  const separator = isYaml || (syntax === 'terraform' && isOnOwnLine) ? '' : ',';
  const body = property(indent);
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

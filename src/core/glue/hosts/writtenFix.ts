import type { Fix, FixEdit } from '../../language/rules/rule.ts';
import type { Node, ObjectNode, Property } from '../../language/tree.ts';
import { propertyOf } from '../../language/treeQueries.ts';

/** The language that a config stands in. */
export interface HostText {
  readonly text: string;
  readonly language: 'terraform' | 'python' | 'javascript';
}

/**
 * A fix in the words of a program or a Terraform file; undefined where one of its edits cannot be written there: only what
 * stands on a line of its own is added and removed, and only literals are replaced.
 */
export function writtenFix({ title, isSafe, edits }: Fix, host: HostText): Fix | undefined {
  const written = edits.map((edit) => writtenEdit(edit, host));
  return written.every((edit) => edit !== undefined) ? { title, isSafe, edits: written } : undefined;
}

function writtenEdit(edit: FixEdit, host: HostText): FixEdit | undefined {
  switch (edit.kind) {
    case 'replaceString':
      return isLiteral(edit.node, host) ? edit : undefined;
    case 'renameKey':
      return renamed(edit.node, edit.name, host) ?? (isLiteral(edit.node, host) ? edit : undefined);
    case 'replaceValue': {
      const { start, end } = edit.node;
      const text = valueText(edit.value, host);
      const isPlain =
        isLiteral(edit.node, host) || /^(?:-?[\d.]+|true|false|True|False)$/.test(host.text.slice(start, end));
      return text === undefined || !isPlain ? undefined : { kind: 'replaceText', start, end, text };
    }
    case 'addProperty':
      return edit.object.kind === 'object' ? added(edit.object, edit.name, edit.value, host) : undefined;
    case 'removeProperty':
      return removed(propertyOf(edit.key), host);
    case 'replaceText':
      return edit;
  }
}

/** A string that is written the same in every language. */
function isLiteral({ start, end }: Node, { text }: HostText): boolean {
  return /^(?:"[^"\\\n]*"|'[^'\\\n]*')$/.test(text.slice(start, end));
}

/** A key without quotes: an attribute, a keyword. */
function renamed({ start, end }: Node, name: string, { text }: HostText): FixEdit | undefined {
  return /^[A-Za-z_]\w*$/.test(text.slice(start, end)) && /^\w+$/.test(name)
    ? { kind: 'replaceText', start, end, text: name }
    : undefined;
}

/** One more field, on a line above the last one of its kind. */
function added(object: ObjectNode, name: string, value: unknown, host: HostText): FixEdit | undefined {
  const written = valueText(value, host);
  const sibling = object.properties.findLast(
    (one) => (one.value.kind === 'string' || one.value.kind === 'number') && lineOf(one, host) !== undefined,
  );
  const line = sibling && lineOf(sibling, host);
  if (sibling === undefined || line === undefined || written === undefined) return undefined;
  const isQuoted = /^["']/.test(host.text.slice(sibling.key.start, sibling.key.end));
  const key = isQuoted ? JSON.stringify(name) : name;
  const sign = host.text.slice(sibling.key.end, sibling.value.start).trim();
  const isSpaced = sign === ':' || host.language === 'terraform';
  const between = sign === ':' ? ': ' : isSpaced ? ` ${sign} ` : sign;
  const end = host.language === 'terraform' ? '' : ',';
  const text = `${line.indent}${key}${between}${written}${end}\n`;
  return { kind: 'replaceText', start: line.start, end: line.start, text };
}

function removed(property: Property | undefined, host: HostText): FixEdit | undefined {
  const line = property && lineOf(property, host);
  return line && { kind: 'replaceText', start: line.start, end: line.end, text: '' };
}

interface Line {
  readonly indent: string;
  readonly start: number;
  /** After its line break. */
  readonly end: number;
}

/** The lines of a field that shares them with nothing. */
function lineOf({ key, value }: Property, { text }: HostText): Line | undefined {
  const start = text.lastIndexOf('\n', key.start - 1) + 1;
  const indent = text.slice(start, key.start);
  const rest = /^,?[ \t]*(?:(?:#|\/\/)[^\n]*)?\r?(?:\n|$)/.exec(text.slice(value.end, value.end + 300));
  const sign = text.slice(key.end, value.start).trim();
  const isAlone = /^[ \t]*$/.test(indent) && rest !== null && (sign === '=' || sign === ':');
  return isAlone ? { indent, start, end: value.end + rest[0].length } : undefined;
}

function valueText(value: unknown, { language }: HostText): string | undefined {
  if (typeof value === 'boolean') return language === 'python' ? (value ? 'True' : 'False') : String(value);
  return typeof value === 'string' || typeof value === 'number' ? JSON.stringify(value) : undefined;
}

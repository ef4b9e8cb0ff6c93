import { isCollection, isMap, isSeq, parseAllDocuments, visit, type Document } from 'yaml';
import type { TextStyle } from './style.ts';

/**
 * The text of one YAML document with even indentation and spacing; comments, quotes, block scalars, anchors and what is
 * written in brackets are kept. Undefined where it cannot be read, or where anything but its layout would change.
 */
export function formatYaml(text: string, style: TextStyle): string | undefined {
  const [document, ...others] = read(text);
  if (document === undefined || others.length > 0 || document.errors.length > 0) return undefined;
  // A tab cannot indent YAML.
  const indent = /^ +$/.test(style.indent) ? Math.min(style.indent.length, 8) : 2;
  const written = document.toString({
    indent,
    indentSeq: indentsSequences(document, text),
    lineWidth: 0,
    minContentWidth: 0,
    flowCollectionPadding: /\{ \w/.test(text),
  });
  const [again] = read(written);
  if (again === undefined || meaningOf(again) !== meaningOf(document)) return undefined;
  if (commentsOf(written) !== commentsOf(text)) return undefined;
  return style.lineEnd === '\r\n' ? written.replaceAll(/\r?\n/g, '\r\n') : written;
}

function read(text: string): readonly Document.Parsed[] {
  try {
    const documents = parseAllDocuments(text, { prettyErrors: false, uniqueKeys: false, logLevel: 'silent' });
    return 'empty' in documents ? [] : documents;
  } catch {
    return [];
  }
}

/** Whether sequences in mappings stand deeper than their name; as most of the text has it. */
function indentsSequences(document: Document.Parsed, text: string): boolean {
  let deeper = 0;
  visit(document, {
    Pair(_, { key, value }) {
      if (!isSeq(value) || value.flow === true || !hasRange(key) || !hasRange(value)) return;
      deeper += columnOf(text, value.range[0]) > columnOf(text, key.range[0]) ? 1 : -1;
    },
  });
  return deeper >= 0;
}

function hasRange(node: unknown): node is { readonly range: readonly [number, number, number] } {
  return typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range);
}

function columnOf(text: string, offset: number): number {
  return offset - (text.lastIndexOf('\n', offset - 1) + 1);
}

/** Everything of a document that its readers see. */
function meaningOf(document: Document.Parsed): string {
  const parts: unknown[] = [];
  visit(document, {
    Node(_, node) {
      if (isCollection(node)) parts.push(isMap(node) ? 'map' : 'seq', node.items.length);
      else if ('value' in node) parts.push(node.value);
      if ('tag' in node) parts.push(node.tag);
      if ('anchor' in node) parts.push(node.anchor);
      if ('source' in node && 'range' in node && !('value' in node)) parts.push(node.source);
    },
  });
  return JSON.stringify(parts, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value));
}

function commentsOf(text: string): string {
  return [...text.matchAll(/(?:^|\s)#[^\r\n]*/g)].map(([comment]) => comment.trim()).join('\n');
}

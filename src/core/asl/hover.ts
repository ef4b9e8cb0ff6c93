import type { Node } from '../language/tree.ts';
import { cursorAt, type Cursor } from './cursor.ts';
import { ERROR_NAMES } from './errorNames.ts';
import type { FieldSpec, ValueSpec } from './fields/spec.ts';
import { stateMentionAt } from './mentions.ts';
import type { Machine, State } from './model.ts';

export interface HoverText {
  readonly markdown: string;
  /** What the text is about, offsets in the host document. */
  readonly start: number;
  readonly end: number;
}

/** What there is to say about the place: the state it names, the error, or the field. */
export function hoverAt(machine: Machine, offset: number): HoverText | undefined {
  const cursor = cursorAt(machine, offset);
  const markdown = aboutError(cursor) ?? aboutState(machine, offset) ?? aboutField(cursor);
  return markdown === undefined ? undefined : { markdown, start: cursor.node.start, end: cursor.node.end };
}

function aboutError({ node }: Cursor): string | undefined {
  const list = node.parent;
  if (node.kind !== 'string' || list?.kind !== 'array' || !isErrorEquals(list)) return undefined;
  const words = ERROR_NAMES[node.value];
  return words === undefined ? undefined : `**${node.value}**\n\n${words}`;
}

/** Whether the array is the value of an ErrorEquals. */
export function isErrorEquals(list: Node): boolean {
  const { parent } = list;
  return parent?.kind === 'object' && parent.get('ErrorEquals') === list;
}

function aboutState(machine: Machine, offset: number): string | undefined {
  const mention = stateMentionAt(machine, offset);
  return mention?.state && describeState(mention.state);
}

function describeState(state: State): string {
  const { name, type, node, queryLanguage } = state;
  const lines = [`**${escapeMarkdown(name)}** · ${type ?? 'no Type'} · ${queryLanguage}`];
  const comment = node.get('Comment');
  if (comment?.kind === 'string' && comment.value !== '') lines.push(escapeMarkdown(comment.value));
  const resource = node.get('Resource');
  if (resource?.kind === 'string') lines.push(codeSpan(resource.value));
  const targets = state.transitions.flatMap(({ target }) => target ?? []);
  if (targets.length > 0) lines.push(`Goes to ${[...new Set(targets)].map(codeSpan).join(', ')}`);
  else if (state.isTerminal) lines.push('Ends here.');
  return lines.join('\n\n');
}

function aboutField({ role, property, field }: Cursor): string | undefined {
  if (!property || !field || role === 'item') return undefined;
  const facts = [describeValue(field.value), field.language && `${field.language} only`].filter(Boolean).join(' · ');
  return [`**${property.key.value}**${facts && ` · ${facts}`}`, field.doc].join('\n\n');
}

/** What a field takes, in words: `integer 1 to 99999999, or an expression`. Empty where the documentation says it. */
export function describeValue(value: FieldSpec['value']): string {
  const base = baseOf(value);
  return 'expression' in value ? `${base}, or an expression` : base;
}

function baseOf(value: ValueSpec): string {
  switch (value.kind) {
    case 'text':
      return 'text';
    case 'integer':
    case 'number':
      return `${value.kind === 'integer' ? 'whole number' : 'number'}${boundsOf(value.min, value.max)}`;
    case 'boolean':
      return 'true or false';
    case 'word':
      return value.words.map(codeSpan).join(', ');
    case 'timestamp':
      return 'timestamp';
    case 'path':
      return 'path';
    case 'object':
    case 'payload':
      return value.kind === 'payload' && value.root === 'any' ? '' : 'object';
    case 'list':
      return 'array';
    case 'any':
      return '';
  }
}

function boundsOf(min: number, max: number): string {
  const hasMax = max < Number.MAX_SAFE_INTEGER;
  if (!Number.isFinite(min)) return '';
  return hasMax ? ` ${min} to ${max}` : ` from ${min}`;
}

function codeSpan(text: string): string {
  return `\`${text.replaceAll('`', "'").replaceAll(/\s+/g, ' ')}\``;
}

function escapeMarkdown(text: string): string {
  return text.replaceAll(/[\\`*_{}[\]()#+\-.!<>|~]/g, '\\$&');
}

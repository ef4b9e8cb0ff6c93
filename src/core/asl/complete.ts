import type { Tree } from '../language/tree.ts';
import { cursorAt, type Cursor } from './cursor.ts';
import { ERROR_NAMES } from './errorNames.ts';
import { SHAPES } from './fields/parts.ts';
import type { FieldSpec } from './fields/spec.ts';
import { describeValue, isErrorEquals } from './hover.ts';
import { QUERY_LANGUAGES, STATE_TYPES, type Machine } from './model.ts';

export interface Completion {
  readonly label: string;
  readonly kind: 'field' | 'state' | 'word' | 'error';
  readonly detail: string;
  readonly documentation: string;
  /** What replaces the text from `start` to `end`; a snippet with tab stops where `isSnippet`. */
  readonly insert: string;
  readonly isSnippet: boolean;
  readonly start: number;
  readonly end: number;
}

/** What may stand at the offset: fields of the object, states of the scope, words of a choice, error names. */
export function completeAt(machine: Machine, tree: Tree, offset: number): readonly Completion[] {
  const cursor = cursorAt(machine, offset);
  const at = { cursor, tree, offset };
  if (cursor.role === 'key' || cursor.role === 'gap') return fieldCompletions(at);
  if (cursor.role === 'item') return itemCompletions(at);
  return valueCompletions(at);
}

interface At {
  readonly cursor: Cursor;
  readonly tree: Tree;
  readonly offset: number;
}

function fieldCompletions(at: At): readonly Completion[] {
  const { object, shape, state, node, role, property } = at.cursor;
  if (!object || (node.kind !== 'object' && role !== 'key')) return [];
  const fields = shape ? SHAPES[shape].fields : stateBasics(at.cursor);
  if (!fields) return [];
  const language = state?.queryLanguage;
  const isNew = role === 'gap' || property?.value.kind === 'unknown';
  return Object.entries(fields)
    .filter(([name, spec]) => {
      const isTaken = object.has(name) && name !== property?.key.value;
      return !isTaken && (spec.language === undefined || language === undefined || spec.language === language);
    })
    .map(([name, spec]) => ({
      label: name,
      kind: 'field' as const,
      detail: describeValue(spec.value).replaceAll('`', ''),
      documentation: spec.doc,
      insert: isNew ? fieldSnippet(name, spec, at) : writeText(name, at),
      isSnippet: isNew,
      ...(role === 'key' ? spanOf(at) : { start: at.offset, end: at.offset }),
    }));
}

/** A state that has no Type yet can have what every state has. */
function stateBasics({ object, state }: Cursor): Readonly<Record<string, FieldSpec>> | undefined {
  if (state?.node !== object || state?.type !== undefined) return undefined;
  const { Type, Comment, QueryLanguage } = SHAPES.Pass.fields;
  return Type && Comment && QueryLanguage ? { Type, Comment, QueryLanguage } : undefined;
}

function valueCompletions(at: At): readonly Completion[] {
  const { property, field, shape, state, scope } = at.cursor;
  const name = property?.key.value;
  if (name === undefined) return [];
  if (name === 'Type' && state && at.cursor.object === state.node) return words(STATE_TYPES, 'state type', at);
  if (name === 'QueryLanguage') return words(QUERY_LANGUAGES, 'query language', at);
  const isTransition = shape !== undefined && ['Next', 'Default', 'StartAt'].includes(name);
  if (isTransition && scope) {
    const own = name === 'StartAt' ? undefined : state;
    return scope.states
      .filter((candidate) => candidate !== own)
      .map((candidate) => ({
        label: candidate.name,
        kind: 'state' as const,
        detail: candidate.type ?? '',
        documentation: '',
        insert: writeText(candidate.name, at),
        isSnippet: false,
        ...spanOf(at),
      }));
  }
  if (name === 'End' || field?.value.kind === 'boolean') return bare(['true', 'false'], at);
  return field?.value.kind === 'word' ? words(field.value.words, '', at) : [];
}

function itemCompletions(at: At): readonly Completion[] {
  const list = at.cursor.node.parent;
  if (list === undefined || !isErrorEquals(list)) return [];
  return Object.entries(ERROR_NAMES).map(([label, documentation]) => ({
    label,
    kind: 'error' as const,
    detail: 'error name',
    documentation,
    insert: writeText(label, at),
    isSnippet: false,
    ...spanOf(at),
  }));
}

function words(labels: readonly string[], detail: string, at: At): readonly Completion[] {
  return labels.map((label) => ({
    label,
    kind: 'word' as const,
    detail,
    documentation: '',
    insert: writeText(label, at),
    isSnippet: false,
    ...spanOf(at),
  }));
}

function bare(labels: readonly string[], at: At): readonly Completion[] {
  return labels.map((label) => ({
    label,
    kind: 'word' as const,
    detail: '',
    documentation: '',
    insert: label,
    isSnippet: false,
    ...spanOf(at),
  }));
}

/** What a completion replaces: the name or value that is begun, else nothing. */
function spanOf({ cursor: { node }, offset }: At): { readonly start: number; readonly end: number } {
  const isBegun = node.kind === 'string' || node.kind === 'boolean' || node.kind === 'number';
  return isBegun && node.start <= offset && offset <= node.end
    ? { start: node.start, end: node.end }
    : { start: offset, end: offset };
}

function writeText(text: string, { tree, cursor: { node } }: At): string {
  if (tree.format === 'json' || tree.text[node.start] === '"') return JSON.stringify(text);
  return /^[\w.][\w. -]*$/.test(text) ? text : JSON.stringify(text);
}

function fieldSnippet(name: string, spec: FieldSpec, at: At): string {
  const isYaml = at.tree.format === 'yaml';
  const head = `${writeText(name, { ...at, cursor: { ...at.cursor, node: at.cursor.object ?? at.cursor.node } })}: `;
  return isYaml ? head : `${head}${valueSnippet(name, spec)}`;
}

function valueSnippet(name: string, { value }: FieldSpec): string {
  if (name === 'End') return 'true';
  if (name === 'States' || name === 'Result') return '{$0}';
  if (name === 'ErrorEquals') return '["$0"]';
  switch (value.kind) {
    case 'word':
      return `"\${1|${value.words.join(',')}|}"`;
    case 'integer':
    case 'number':
      return `\${1:${Number.isFinite(value.min) ? value.min : 0}}`;
    case 'boolean':
      return '${1|true,false|}';
    case 'path':
      return '"\\$.$1"';
    case 'object':
    case 'payload':
      return '{$0}';
    case 'list':
      return '[$0]';
    default:
      return '"$1"';
  }
}

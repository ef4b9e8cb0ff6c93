import type { Cursor } from '../cursor.ts';
import { SHAPES } from '../fields/parts.ts';
import type { FieldSpec } from '../fields/spec.ts';
import { describeValue } from '../hover/values.ts';
import { optimizedAction } from '../integrations/optimized.ts';
import { resourceOf } from '../rules/task/subject.ts';
import { isValueMissing, escapeSnippet, spanOf, writeText, type At, type Completion } from './completion.ts';
import { parameterSnippet } from './parameters.ts';

/** Fields of the object around that its kind and query language have and that are not there yet. */
export function fieldCompletions(at: At): readonly Completion[] {
  const { object, shape, state, node, role, property } = at.cursor;
  if (!object || (node.kind !== 'object' && role !== 'key')) return [];
  const fields = shape ? SHAPES[shape].fields : stateBasics(at.cursor);
  if (!fields) return [];
  const language = state?.queryLanguage;
  const isNew = role === 'gap' || isValueMissing(property?.value);
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

function fieldSnippet(name: string, spec: FieldSpec, at: At): string {
  const head = `${writeText(name, { ...at, cursor: { ...at.cursor, node: at.cursor.object ?? at.cursor.node } })}: `;
  return at.tree.format === 'yaml' ? head : `${head}${valueSnippet(name, spec, at)}`;
}

function valueSnippet(name: string, { value }: FieldSpec, at: At): string {
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
    case 'payload':
      return name === 'Parameters' || name === 'Arguments' ? requiredParameters(at) : '{$0}';
    case 'object':
      return '{$0}';
    case 'list':
      return '[$0]';
    default:
      return '"$1"';
  }
}

/** An object with what the Task's integration cannot do without. */
function requiredParameters({ cursor: { state } }: At): string {
  const resource = state && resourceOf(state)?.resource;
  const action = resource?.kind === 'optimized' ? optimizedAction(resource.service, resource.action) : undefined;
  const required = action?.parameters.filter(({ isRequired }) => isRequired) ?? [];
  // Of alternatives, the first will do until somebody knows better.
  const alternatives = (action?.required ?? []).flatMap((one) => (typeof one === 'string' ? [] : one.slice(1)));
  const names = required.filter(({ name }) => !alternatives.includes(name));
  if (names.length === 0) return '{$0}';
  const lines = names.map(
    ({ name, kind }, index) => `\t${escapeSnippet(JSON.stringify(name))}: ${parameterSnippet(kind, index + 1)}`,
  );
  return `{\n${lines.join(',\n')}\n}`;
}

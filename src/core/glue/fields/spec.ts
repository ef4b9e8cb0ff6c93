import type { Style } from '../dialect.ts';

/** What may stand in a field. */
export type FieldValue =
  | { readonly kind: 'text' }
  | { readonly kind: 'integer'; readonly min: number; readonly max: number }
  | { readonly kind: 'number' }
  | { readonly kind: 'boolean' }
  | { readonly kind: 'word'; readonly words: readonly Word[] }
  | { readonly kind: 'object'; readonly shape: ShapeName }
  | { readonly kind: 'list'; readonly shape: ShapeName }
  | { readonly kind: 'texts' }
  /** Names and texts. */
  | { readonly kind: 'map' }
  /** The arguments of a job: names that begin with `--`, and texts. */
  | { readonly kind: 'arguments' };

/** A word that a field may hold. */
export interface Word {
  readonly name: string;
  /** Beside the word in a list: what it costs, what it is for. */
  readonly detail: string;
  readonly doc: string;
}

export interface FieldSpec {
  /** As the API writes it. */
  readonly name: string;
  readonly value: FieldValue;
  readonly doc: string;
  /** Where a style has a name of its own; the others follow from the API's. */
  readonly names?: Readonly<Partial<Record<Style, string>>>;
  readonly isRequired?: true;
}

export type ShapeName =
  | 'job'
  | 'jobRun'
  | 'command'
  | 'executionProperty'
  | 'notificationProperty'
  | 'connections'
  | 'sourceControl'
  | 'trigger'
  | 'action'
  | 'predicate'
  | 'condition'
  | 'eventBatching'
  | 'workflow';

export interface Shape {
  /** How a message calls such an object: "a job", "an action". */
  readonly title: string;
  readonly fields: readonly FieldSpec[];
}

const TEXT: FieldValue = { kind: 'text' };

export function text(name: string, doc: string, more: Partial<FieldSpec> = {}): FieldSpec {
  return { name, value: TEXT, doc, ...more };
}

export function integer(name: string, range: readonly [number, number], doc: string): FieldSpec {
  return { name, value: { kind: 'integer', min: range[0], max: range[1] }, doc };
}

export function flag(name: string, doc: string): FieldSpec {
  return { name, value: { kind: 'boolean' }, doc };
}

export function word(
  name: string,
  words: readonly (Word | string)[],
  doc: string,
  more: Partial<FieldSpec> = {},
): FieldSpec {
  const given = words.map((one): Word => (typeof one === 'string' ? { name: one, detail: '', doc: '' } : one));
  return { name, value: { kind: 'word', words: given }, doc, ...more };
}

export function object(name: string, shape: ShapeName, doc: string, more: Partial<FieldSpec> = {}): FieldSpec {
  return { name, value: { kind: 'object', shape }, doc, ...more };
}

/** How a style writes the field. */
export function spell({ name, names }: FieldSpec, style: Style): string {
  const own = names?.[style];
  if (own !== undefined) return own;
  switch (style) {
    case 'pascal':
      return name;
    case 'camel':
    case 'studio':
      return name.charAt(0).toLowerCase() + name.slice(1);
    case 'snake':
      return name.replaceAll(/(?<=[a-z\d])[A-Z]/g, '_$&').toLowerCase();
  }
}

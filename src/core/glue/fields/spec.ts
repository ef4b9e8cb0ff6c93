import type { Style } from '../dialect.ts';

/** What may stand in a field. */
export type FieldValue =
  /** `max` in characters; `pattern` of what the service takes, with what it should look like in words. */
  | { readonly kind: 'text'; readonly max?: number; readonly pattern?: RegExp; readonly form?: string }
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
  /** Another rule tells what is wrong with the value, in words of its own. */
  readonly isOwned?: true;
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
  | 'workflow'
  | 'crawler'
  | 'crawlerSchedule'
  | 'crawlerTargets'
  | 's3Target'
  | 'jdbcTarget'
  | 'mongoTarget'
  | 'dynamoTarget'
  | 'catalogTarget'
  | 'deltaTarget'
  | 'tableTarget'
  | 'schemaChangePolicy'
  | 'recrawlPolicy'
  | 'lineage'
  | 'lakeFormation'
  | 'connection'
  | 'connectionInput'
  | 'physicalRequirements'
  | 'authentication'
  | 'securityConfiguration'
  | 'encryption'
  | 's3Encryption'
  | 'cloudWatchEncryption'
  | 'bookmarksEncryption'
  | 'dataQualityEncryption';

export interface Shape {
  /** How a message calls such an object: "a job", "an action". */
  readonly title: string;
  readonly fields: readonly FieldSpec[];
}

export function text(name: string, doc: string, more: Partial<FieldSpec> = {}): FieldSpec {
  return { name, value: { kind: 'text' }, doc, ...more };
}

/** A text of at most `max` characters. */
export function shortText(name: string, max: number, doc: string, more: Partial<FieldSpec> = {}): FieldSpec {
  return { name, value: { kind: 'text', max }, doc, ...more };
}

export function integer(
  name: string,
  range: readonly [number, number],
  doc: string,
  more: Partial<FieldSpec> = {},
): FieldSpec {
  return { name, value: { kind: 'integer', min: range[0], max: range[1] }, doc, ...more };
}

/** A list of objects. */
export function list(name: string, shape: ShapeName, doc: string, more: Partial<FieldSpec> = {}): FieldSpec {
  return { name, value: { kind: 'list', shape }, doc, ...more };
}

export function texts(name: string, doc: string, more: Partial<FieldSpec> = {}): FieldSpec {
  return { name, value: { kind: 'texts' }, doc, ...more };
}

export function map(name: string, doc: string, more: Partial<FieldSpec> = {}): FieldSpec {
  return { name, value: { kind: 'map' }, doc, ...more };
}

export function flag(name: string, doc: string, more: Partial<FieldSpec> = {}): FieldSpec {
  return { name, value: { kind: 'boolean' }, doc, ...more };
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
export function spell(field: FieldSpec, style: Style): string {
  const { name, names } = field;
  const own = names?.[style];
  if (own !== undefined) return own;
  switch (style) {
    case 'pascal':
    case 'template':
      return name;
    case 'camel':
    case 'studio':
    case 'pulumi':
      return name.charAt(0).toLowerCase() + name.slice(1);
    case 'snake':
      return snake(name);
    case 'pulumiSnake':
      return snake(spell(field, 'pulumi'));
    case 'cdkSnake':
      return snake(spell(field, 'camel'));
    case 'terraform':
      return spell(field, 'pulumiSnake');
  }
}

function snake(name: string): string {
  return name.replaceAll(/(?<=[a-z\d])[A-Z]/g, '_$&').toLowerCase();
}

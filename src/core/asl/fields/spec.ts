import type { QueryLanguage } from '../model.ts';

/** What may stand in a field. `expression` allows a JSONata expression string instead, in JSONata states. */
export type ValueSpec =
  | { readonly kind: 'text'; readonly expression?: true }
  | { readonly kind: 'integer'; readonly min: number; readonly max: number; readonly expression?: true }
  | { readonly kind: 'number'; readonly min: number; readonly max: number; readonly expression?: true }
  | { readonly kind: 'boolean' }
  | { readonly kind: 'word'; readonly words: readonly string[] }
  | { readonly kind: 'timestamp'; readonly expression?: true }
  | { readonly kind: 'path'; readonly use: PathUse }
  /** A payload template in JSONPath; in JSONata any JSON with expressions in it. */
  | { readonly kind: 'payload'; readonly root: PayloadRoot }
  | { readonly kind: 'object'; readonly shape: ShapeName }
  | { readonly kind: 'list'; readonly shape: ShapeName }
  /** JSON that is taken as it is, or a value that a rule of its own looks at. */
  | { readonly kind: 'any' };

/** What a payload may be as a whole: an `object`, the `items` of a Map, or `any` JSON. */
export type PayloadRoot = 'object' | 'items' | 'any';

/** What a path may be: `any` JSONPath, a reference path (one node), and what else is allowed there. */
export type PathUse =
  | 'inputOutput'
  | 'result'
  | 'items'
  | 'reference'
  /** A reference path into the input or a variable: the context object is refused. */
  | 'inputReference'
  | 'variable'
  | 'textOrIntrinsic';

export interface FieldSpec {
  readonly value: ValueSpec;
  /** The only query language that has the field; both where it is missing. */
  readonly language?: QueryLanguage;
  /** The rule that a value of the wrong kind breaks. */
  readonly rule?: string;
  /** One sentence for hover and completion. */
  readonly doc: string;
}

export type ShapeName =
  | 'machine'
  | 'branch'
  | 'processor'
  | 'Task'
  | 'Pass'
  | 'Choice'
  | 'Wait'
  | 'Succeed'
  | 'Fail'
  | 'Parallel'
  | 'Map'
  | 'retrier'
  | 'catcher'
  | 'choiceRule'
  | 'nestedChoiceRule'
  | 'itemReader'
  | 'readerConfig'
  | 'itemBatcher'
  | 'resultWriter'
  | 'writerConfig'
  | 'processorConfig';

export interface Shape {
  /** How a message calls such an object: "a Task state", "a retrier". */
  readonly title: string;
  /** The rule that an unknown field breaks. */
  readonly unknownFieldRule: string;
  readonly fields: Readonly<Record<string, FieldSpec>>;
}

export function text(rule: string, doc: string, more: Partial<FieldSpec> & { expression?: true } = {}): FieldSpec {
  const { expression, ...rest } = more;
  return { value: { kind: 'text', ...(expression && { expression }) }, rule, doc, ...rest };
}

export function integer(rule: string, range: readonly [number, number], doc: string, expression?: true): FieldSpec {
  const [min, max] = range;
  return { value: { kind: 'integer', min, max, ...(expression && { expression }) }, rule, doc };
}

export function word(rule: string, words: readonly string[], doc: string): FieldSpec {
  return { value: { kind: 'word', words }, rule, doc };
}

/** A field of JSONPath states that holds a path. */
export function path(rule: string, use: PathUse, doc: string): FieldSpec {
  return { value: { kind: 'path', use }, language: 'JSONPath', rule, doc };
}

export function payload(doc: string, more: Partial<FieldSpec> & { root?: PayloadRoot } = {}): FieldSpec {
  const { root = 'any', ...rest } = more;
  return { value: { kind: 'payload', root }, rule: 'asl/payload-type', doc, ...rest };
}

export function object(shape: ShapeName, rule: string, doc: string): FieldSpec {
  return { value: { kind: 'object', shape }, rule, doc };
}

export function list(shape: ShapeName, rule: string, doc: string): FieldSpec {
  return { value: { kind: 'list', shape }, rule, doc };
}

/** A field that a rule of its own looks at. */
export function own(doc: string): FieldSpec {
  return { value: { kind: 'any' }, doc };
}

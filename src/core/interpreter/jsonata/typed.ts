import { after } from '../after.ts';
import { isJsonArray, type Json } from '../json.ts';
import { queryError, runtimeError, type StateError } from '../stateError.ts';
import type { EvaluationData, Visit } from '../visit.ts';
import { jsonataText } from './evaluate.ts';

interface TypeNames {
  readonly array: readonly Json[];
  readonly boolean: boolean;
  readonly number: number;
  readonly object: { readonly [key: string]: Json };
  readonly string: string;
}

/** The value of a field that is a literal or a JSONata expression; undefined when it is missing. Fails on another type. */
export function typedField<T extends keyof TypeNames>(
  visit: Visit,
  field: { readonly name: string; readonly value: Json | undefined; readonly type: T },
  given: EvaluationData = {},
): TypeNames[T] | undefined | Promise<TypeNames[T] | undefined> {
  const { name, value: source, type } = field;
  if (source === undefined) return undefined;
  return after(visit.fill(name, source, given), (value) => {
    if (typeName(value) === type) return value as TypeNames[T];
    throw unexpectedType({ name, source, type }, value);
  });
}

/** The failure of a field whose value is of another type than it must be. */
export function unexpectedType(
  { name, source, type }: { readonly name: string; readonly source: Json; readonly type: string },
  value: Json,
): StateError {
  const expression = typeof source === 'string' ? jsonataText(source) : undefined;
  if (expression === undefined) return runtimeError(`The field '${name}' must be of type ${type}.`);
  return queryError(
    `The JSONata expression '${expression}' specified for the field '${name}' returned an unexpected result type. Expected '${type}', but was '${typeName(value)}' for value: ${JSON.stringify(value)}`,
    name,
  );
}

/** Type of a JSON value as AWS's messages name it. */
export function typeName(value: Json): string {
  if (value === null) return 'null';
  return isJsonArray(value) ? 'array' : typeof value;
}

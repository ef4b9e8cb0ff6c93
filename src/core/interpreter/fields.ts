import { isJsonArray, isJsonObject, type Json, type JsonObject } from './json.ts';
import { runtimeError } from './stateError.ts';

/** A text field of a definition; undefined when it is missing. Throws `States.Runtime` for another type. */
export function textField(of: JsonObject, name: string): string | undefined {
  return textOrNone(of[name], name);
}

/** The value of a text field that was read already: a name that is written where it is read is found faster. */
export function textOrNone(value: Json | undefined, name: string): string | undefined {
  if (value === undefined || typeof value === 'string') return value;
  throw runtimeError(`The field '${name}' must be a string.`);
}

/** An object field of a definition; undefined when it is missing. */
export function objectField(of: JsonObject, name: string): JsonObject | undefined {
  const value = of[name];
  if (value === undefined || isJsonObject(value)) return value;
  throw runtimeError(`The field '${name}' must be an object.`);
}

/** A list of objects; empty when the field is missing. */
export function objectsField(of: JsonObject, name: string): readonly JsonObject[] {
  const value = of[name] ?? [];
  if (isJsonArray(value) && value.every(isJsonObject)) return value;
  throw runtimeError(`The field '${name}' must be an array of objects.`);
}

/** A list of strings; empty when the field is missing. */
export function textsField(of: JsonObject, name: string): readonly string[] {
  const value: Json = of[name] ?? [];
  if (isJsonArray(value) && value.every((entry) => typeof entry === 'string')) return value;
  throw runtimeError(`The field '${name}' must be an array of strings.`);
}

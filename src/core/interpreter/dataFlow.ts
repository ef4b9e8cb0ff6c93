import { after } from './after.ts';
import { isJsonObject, type Json, type JsonObject } from './json.ts';
import { writeAt } from './paths/referencePath.ts';
import { runtimeError } from './stateError.ts';
import type { EvaluationData, Visit } from './visit.ts';

/** How a state was left: its output, the state after it (none at the end), and the variables it assigned. */
export interface Exit {
  readonly output: Json;
  readonly next?: string | undefined;
  readonly assigned?: JsonObject | undefined;
}

/** The input after InputPath. JSONata states have none: their input itself. */
export function effectiveInput(visit: Visit): Json {
  if (visit.isJsonata) return visit.input;
  const value = select(visit, 'InputPath', visit.state['InputPath'], visit.input);
  visit.inspect('afterInputPath', value);
  return value;
}

/** What of a JSONPath state's data is its output. */
export function effectiveOutput(visit: Visit, data: Json): Json {
  return select(visit, 'OutputPath', visit.state['OutputPath'], data);
}

/** The data at the path in a field of the state: `$` when the field is missing, `{}` when it is null. */
function select(visit: Visit, field: string, path: Json | undefined, data: Json): Json {
  if (path === undefined || path === '$') return data;
  if (path === null) return {};
  if (typeof path !== 'string') throw runtimeError(`The field '${field}' must be a string or null.`);
  const value = visit.read(path, { data });
  if (value !== undefined) return value;
  const searched = path.startsWith('$$') ? visit.context() : data;
  throw runtimeError(
    `Invalid path '${path}': The JSONPath specified for the field '${field}' could not be found in the input '${JSON.stringify(searched)}'`,
  );
}

/** What a JSONPath state does with its result, or a JSONata state with Output and Assign. */
export function leave(
  visit: Visit,
  result: Json,
  options: { readonly hasSelector?: boolean } = {},
): Exit | Promise<Exit> {
  if (!visit.isJsonata) return leaveJsonPath(visit, result, options);
  return after(leaveJsonata(visit, visit.state, { result }, result), (left) => ({
    ...left,
    next: nextOf(visit.state),
  }));
}

/** What a JSONPath state does with its result. */
export function leaveJsonPath(visit: Visit, result: Json, options: { readonly hasSelector?: boolean } = {}): Exit {
  const next = nextOf(visit.state);
  const selector = options.hasSelector ? visit.state['ResultSelector'] : undefined;
  const selected = selector === undefined ? result : visit.fillPaths(selector, { data: result });
  visit.inspect('afterResultSelector', selected);
  const assigned = assignPaths(visit, visit.state, selected);
  const placed = placeResult(visit.state, visit.input, selected);
  visit.inspect('afterResultPath', placed);
  return { output: effectiveOutput(visit, placed), next, assigned };
}

/** ResultPath: where the result goes in the state's raw input. */
export function placeResult(holder: JsonObject, input: Json, result: Json): Json {
  const path = holder['ResultPath'];
  if (path === null) return input;
  if (path === undefined || path === '$') return result;
  if (typeof path !== 'string') throw runtimeError(`The field 'ResultPath' must be a string or null.`);
  return writeAt(input, path, result);
}

/** Output and Assign of a JSONata state, choice rule or catcher (`holder`). Without Output: `fallback`. */
export function leaveJsonata(
  visit: Visit,
  holder: JsonObject,
  given: EvaluationData & { readonly location?: string },
  fallback: Json,
): Exit | Promise<Exit> {
  const prefix = given.location ?? '';
  const template = holder['Output'];
  return after(assign(visit, holder, `${prefix}Assign`, given), (assigned): Exit | Promise<Exit> => {
    if (template === undefined) return { output: fallback, assigned };
    return after(visit.fill(`${prefix}Output`, template, given), (output) => ({ output, assigned }));
  });
}

/** The variables that `Assign` of a state, choice rule or catcher sets. */
export function assign(
  visit: Visit,
  holder: JsonObject,
  field: string,
  given: EvaluationData,
): JsonObject | undefined | Promise<JsonObject | undefined> {
  const template = holder['Assign'];
  return template === undefined ? undefined : after(visit.fill(field, template, given), variablesOf);
}

/** As `assign`, in a JSONPath state. */
export function assignPaths(visit: Visit, holder: JsonObject, data: Json): JsonObject | undefined {
  const template = holder['Assign'];
  return template === undefined ? undefined : variablesOf(visit.fillPaths(template, { data }));
}

function variablesOf(filled: Json): JsonObject {
  if (isJsonObject(filled)) return filled;
  throw runtimeError("The field 'Assign' must be an object.");
}

/** The state after this one, undefined at the end. */
export function nextOf(holder: JsonObject): string | undefined {
  const next = holder['Next'];
  return typeof next === 'string' ? next : undefined;
}

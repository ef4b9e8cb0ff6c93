import { objectField, textField } from '../fields.ts';
import { isJsonObject, type Json, type JsonObject } from '../json.ts';
import { typedField, unexpectedType } from '../jsonata/typed.ts';
import { queryError, runtimeError, StateError } from '../stateError.ts';
import type { Visit } from '../visit.ts';
import { itemsIn, type MapItem } from './items.ts';

/** A numeric field of a Map that may also be given as a path (JSONPath) or an expression (JSONata). */
export interface NumberField {
  readonly name: string;
  readonly value: Json | undefined;
  readonly path: Json | undefined;
  readonly isFloat?: boolean;
}

/** The number a field gives; undefined when neither the field nor its path is there. */
export async function numberField(visit: Visit, field: NumberField, data: Json): Promise<number | undefined> {
  if (typeof field.path !== 'string' || visit.isJsonata) {
    const value = await typedField(visit, { name: field.name, value: field.value, type: 'number' });
    if (value !== undefined && field.isFloat !== true && !Number.isInteger(value)) {
      const message = `The field '${field.name}' must give an integer, but was: ${value}`;
      throw visit.isJsonata ? queryError(message, field.name) : runtimeError(message);
    }
    return value;
  }
  const value = visit.require(`${field.name}Path`, field.path, { data });
  const number = typeof value === 'string' && /^[+-]?\d+(\.\d+)?$/.test(value) ? Number(value) : value;
  if (typeof number === 'number' && (field.isFloat === true || Number.isInteger(number))) return number;
  const shown = typeof value === 'string' ? value : JSON.stringify(value);
  throw runtimeError(
    `The ${field.name}Path field refers to value "${shown}" which is not a valid ${field.isFloat ? 'float' : 'integer'}: ${field.path}`,
  );
}

/** MaxConcurrency of a Map; 0 where none is given: no limit of its own. */
export async function maxConcurrency(visit: Visit, data: Json): Promise<number> {
  const { state } = visit;
  const value = await numberField(
    visit,
    { name: 'MaxConcurrency', value: state['MaxConcurrency'], path: state['MaxConcurrencyPath'] },
    data,
  );
  if (value !== undefined && value < 0) throw runtimeError('MaxConcurrency cannot be negative.');
  visit.inspect('maxConcurrency', value ?? 0);
  return value ?? 0;
}

/** Failures that a distributed Map puts up with. No field at all tolerates none. */
export interface Tolerance {
  readonly count?: number;
  readonly percentage?: number;
}

export async function tolerance(visit: Visit, data: Json): Promise<Tolerance> {
  const { state } = visit;
  const count = await numberField(
    visit,
    { name: 'ToleratedFailureCount', value: state['ToleratedFailureCount'], path: state['ToleratedFailureCountPath'] },
    data,
  );
  const percentage = await numberField(
    visit,
    {
      name: 'ToleratedFailurePercentage',
      value: state['ToleratedFailurePercentage'],
      path: state['ToleratedFailurePercentagePath'],
      isFloat: true,
    },
    data,
  );
  if (count !== undefined && count < 0) throw runtimeError('ToleratedFailureCount cannot be negative.');
  if (percentage !== undefined && (percentage < 0 || percentage > 100)) {
    throw runtimeError('ToleratedFailurePercentage must be between 0 and 100.');
  }
  if (count !== undefined) visit.inspect('toleratedFailureCount', count);
  if (percentage !== undefined) visit.inspect('toleratedFailurePercentage', percentage);
  return { ...(count !== undefined && { count }), ...(percentage !== undefined && { percentage }) };
}

/**
 * The items a Map gets from its input: Items, ItemsPath, or the whole input. The members of an object count as items of a
 * distributed Map alone.
 */
export async function inputItems(visit: Visit, data: Json): Promise<readonly MapItem[]> {
  if (visit.isJsonata) return await jsonataItems(visit, data);
  const path = textField(visit.state, 'ItemsPath') ?? '$';
  const found = visit.read(path, { data });
  if (found === undefined) {
    const cause = `Unable to apply step "${lastStep(path)}" to input ${JSON.stringify(data)}`;
    throw new StateError('States.ReferencePathConflict', cause);
  }
  const items = itemsOf(visit, found);
  if (!items) {
    throw runtimeError(`Reference path "${path.startsWith('$$') ? path.slice(1) : path}" must point to array.`);
  }
  visit.inspect('afterItemsPath', found);
  return items;
}

async function jsonataItems(visit: Visit, data: Json): Promise<readonly MapItem[]> {
  const field = visit.state['Items'];
  const given = field === undefined ? data : await visit.fill('Items', field);
  const items = itemsOf(visit, given);
  if (items) return items;
  if (field !== undefined) throw unexpectedType({ name: 'Items', source: field, type: 'array' }, given);
  throw queryError(`Map state input must be an array but was: ${isJsonObject(data) ? 'object' : JSON.stringify(data)}`);
}

function itemsOf(visit: Visit, found: Json): readonly MapItem[] | undefined {
  return isJsonObject(found) && !isDistributed(visit.state) ? undefined : itemsIn(found);
}

/** Whether a Map runs its items as child executions. */
export function isDistributed(state: JsonObject): boolean {
  const processor = objectField(state, 'ItemProcessor');
  return processor !== undefined && objectField(processor, 'ProcessorConfig')?.['Mode'] === 'DISTRIBUTED';
}

function lastStep(path: string): string {
  return /([^.[\]'"]+)['"\]]*$/.exec(path)?.[1] ?? path;
}

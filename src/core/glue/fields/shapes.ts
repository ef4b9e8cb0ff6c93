import { DIALECTS, type Dialect } from '../dialect.ts';
import { command, connections, executionProperty, job, jobRun, notificationProperty, sourceControl } from './job.ts';
import * as connectionShapes from './connection.ts';
import * as crawlerShapes from './crawler.ts';
import { spell, type FieldSpec, type Shape, type ShapeName } from './spec.ts';
import { action, condition, eventBatching, predicate, trigger, workflow } from './workflow.ts';

/** What each kind of object in a Glue config may hold, by the names of the API. */
export const SHAPES: Readonly<Record<ShapeName, Shape>> = {
  job,
  jobRun,
  command,
  executionProperty,
  notificationProperty,
  connections,
  sourceControl,
  trigger,
  action,
  predicate,
  condition,
  eventBatching,
  workflow,
  ...crawlerShapes,
  ...connectionShapes,
};

const spellings = new Map<string, ReadonlyMap<string, FieldSpec>>();

/** The fields of a shape by every name that a dialect knows them by. */
export function fieldsOf(shape: ShapeName, dialect: Dialect): ReadonlyMap<string, FieldSpec> {
  const key = `${dialect} ${shape}`;
  let fields = spellings.get(key);
  if (fields === undefined) {
    fields = new Map(
      DIALECTS[dialect].styles.flatMap((style) =>
        SHAPES[shape].fields.map((field) => [spell(field, style), field] as const),
      ),
    );
    spellings.set(key, fields);
  }
  return fields;
}

/** The names that a dialect knows a field by, the usual one first. */
export function spellingsOf(shape: ShapeName, name: string, dialect: Dialect): readonly string[] {
  const field = SHAPES[shape].fields.find((one) => one.name === name);
  if (field === undefined) return [name];
  return [...new Set(DIALECTS[dialect].styles.map((style) => spell(field, style)))];
}

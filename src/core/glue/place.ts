import type { Node, ObjectNode, Property } from '../language/tree.ts';
import { fieldsOf, SHAPES } from './fields/shapes.ts';
import type { FieldSpec } from './fields/spec.ts';
import { resourcesOf, type GlueFile, type Job, type Resource } from './model.ts';
import type { Part } from './part.ts';

/** Where an offset is in a config: in the name or the value of a property, or between the properties of an object. */
export type Place = FieldPlace | ArgumentPlace;

interface InObject {
  readonly role: 'key' | 'value' | 'gap';
  /** Undefined in a gap. */
  readonly property: Property | undefined;
  readonly object: ObjectNode;
  readonly part: Part;
}

/** Among the fields of a job, trigger or workflow, or of an object in one. */
export interface FieldPlace extends InObject {
  readonly kind: 'field';
  /** Undefined where the property is none that Glue knows. */
  readonly field: FieldSpec | undefined;
}

/** Among the arguments of a job, a run or an action. */
export interface ArgumentPlace extends InObject {
  readonly kind: 'argument';
  /** The job whose arguments these are, where it stands around them. */
  readonly job: Job | undefined;
}

/** The innermost place of the configs around an offset. */
export function placeAt(file: GlueFile, offset: number): Place | undefined {
  for (const resource of resourcesOf(file)) {
    const part = [...partsOf(resource)].findLast(({ node }) => holds(node, offset));
    if (part !== undefined) return placeIn(part, resource, offset);
  }
  return undefined;
}

/** The objects of a config, outer ones first; what two shapes share is given with each. */
export function* partsOf(resource: Resource): Generator<Part> {
  yield* partsWithin(resource.part);
  if (resource.kind === 'crawler' && resource.targets?.node === resource.part.node) {
    yield* partsWithin(resource.targets);
  }
}

function* partsWithin(part: Part): Generator<Part> {
  yield part;
  for (const { name, value } of SHAPES[part.shape].fields) {
    if (value.kind !== 'object' && value.kind !== 'list') continue;
    for (const inner of part.parts(name, value.shape)) yield* partsWithin(inner);
  }
}

function placeIn(part: Part, resource: Resource, offset: number): Place {
  const found = inObject(part.node, offset);
  const name = found.property?.key.value;
  const field = name === undefined ? undefined : fieldsOf(part.shape, part.dialect).get(name);
  const value = found.property?.value;
  if (field?.value.kind === 'arguments' && found.role === 'value' && value?.kind === 'object') {
    const job = resource.kind === 'job' ? resource : undefined;
    return { kind: 'argument', ...inObject(value, offset), object: value, part, job };
  }
  return { kind: 'field', ...found, object: part.node, part, field };
}

function inObject(node: ObjectNode, offset: number): Pick<Place, 'role' | 'property'> {
  for (const property of node.properties) {
    const { key, value } = property;
    if (key.start <= offset && offset <= key.end) return { role: 'key', property };
    const end = isMissing(value) ? Math.max(value.end, key.end + 2) : value.end;
    if (key.end < offset && offset <= end) return { role: 'value', property };
  }
  return { role: 'gap', property: undefined };
}

/** Whether a name has no value yet: nothing after it, or in YAML the null that nothing is. */
export function isMissing(value: Node | undefined): boolean {
  return (
    value === undefined ||
    (value.kind === 'unknown' && value.reason === 'missing') ||
    (value.kind === 'null' && value.length === 0)
  );
}

function holds({ start, end }: Node, offset: number): boolean {
  return start <= offset && offset <= end;
}

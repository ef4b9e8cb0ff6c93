import type { Node, ObjectNode, Property } from '../language/tree.ts';
import { SHAPES } from './fields/parts.ts';
import type { FieldSpec, ShapeName } from './fields/spec.ts';
import type { Machine, Scope, State } from './model.ts';

/** Where an offset is in a definition: the innermost node, and what the objects around it mean. */
export interface Cursor {
  /** `key` and `value` of `property`; `item` of an array; `gap` between the properties of `object`. */
  readonly role: 'key' | 'value' | 'item' | 'gap';
  readonly node: Node;
  readonly object: ObjectNode | undefined;
  readonly property: Property | undefined;
  /** What `object` is, where the language says. */
  readonly shape: ShapeName | undefined;
  /** What `property` is in that shape. */
  readonly field: FieldSpec | undefined;
  readonly state: State | undefined;
  /** The scope whose states the place can name. */
  readonly scope: Scope | undefined;
}

/** Never fails: an offset outside the text is at its nearer end. */
export function cursorAt(machine: Machine, offset: number): Cursor {
  const place = descend(machine.node, offset);
  const object = place.property ? objectOf(place.property) : nearestObject(place.node);
  const { state, scope } = surroundings(machine, object ?? place.node);
  const shape = object && shapeOf(object, machine, state);
  const name = place.property?.key.value;
  const fields = shape && SHAPES[shape].fields;
  const field = name !== undefined && fields && Object.hasOwn(fields, name) ? fields[name] : undefined;
  return { ...place, object, shape, field, state, scope };
}

type Place = Pick<Cursor, 'role' | 'node' | 'property'>;

function descend(root: Node, offset: number): Place {
  let place: Place = { role: 'gap', node: root, property: undefined };
  for (;;) {
    const { node } = place;
    const next =
      node.kind === 'object' ? inObject(node, offset) : node.kind === 'array' ? inArray(node, offset) : undefined;
    if (!next || next.node === node) return place;
    if (next.role === 'gap' || next.role === 'key') return next;
    // At the edge of a container the offset is beside it, not in it.
    const isContainer = next.node.kind === 'object' || next.node.kind === 'array';
    const isInside = next.node.start < offset && offset < next.node.end;
    place = isContainer && isInside ? { ...next } : next;
    if (!isContainer || !isInside) return place;
    if (next.node.kind === 'object') place = { role: 'gap', node: next.node, property: undefined };
  }
}

function inObject(node: ObjectNode, offset: number): Place | undefined {
  for (const property of node.properties) {
    const { key, value } = property;
    if (key.start <= offset && offset <= key.end) return { role: 'key', node: key, property };
    const isMissing = value.kind === 'unknown' && value.reason === 'missing';
    if (key.end < offset && offset <= (isMissing ? Math.max(value.end, key.end + 3) : value.end)) {
      return { role: 'value', node: value, property };
    }
  }
  return undefined;
}

function inArray(node: Node & { kind: 'array' }, offset: number): Place | undefined {
  const item = node.items.find(({ start, end }) => start <= offset && offset <= end);
  return item && { role: 'item', node: item, property: undefined };
}

function objectOf({ key }: Property): ObjectNode | undefined {
  return key.parent?.kind === 'object' ? key.parent : undefined;
}

function nearestObject(node: Node): ObjectNode | undefined {
  for (let current: Node | undefined = node; current; current = current.parent) {
    if (current.kind === 'object') return current;
  }
  return undefined;
}

/** The innermost state and scope around a node; a scope's own object belongs to it. */
function surroundings(machine: Machine, node: Node): { state: State | undefined; scope: Scope | undefined } {
  const states = new Map(machine.states.map((state) => [state.node as Node, state]));
  const scopes = new Map(machine.scopes.map((scope) => [scope.node as Node, scope]));
  let state: State | undefined;
  for (let current: Node | undefined = node; current; current = current.parent) {
    const scope = scopes.get(current);
    if (scope) return { state: state ?? undefined, scope };
    state ??= states.get(current);
  }
  return { state, scope: undefined };
}

function shapeOf(object: ObjectNode, machine: Machine, state: State | undefined): ShapeName | undefined {
  const scope = machine.scopes.find(({ node }) => node === object);
  if (scope) return scope.kind;
  if (!state) return undefined;
  return state.visit.objects.find(({ node }) => node === object)?.shape;
}

/** Whether the array is the value of an ErrorEquals. */
export function isErrorEquals(list: Node): boolean {
  const { parent } = list;
  return parent?.kind === 'object' && parent.get('ErrorEquals') === list;
}

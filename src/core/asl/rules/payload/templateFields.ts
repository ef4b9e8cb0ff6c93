import type { Node, ObjectNode, StringNode } from '../../../language/tree.ts';
import type { VisitedField } from '../../fields/visit.ts';
import type { State } from '../../model.ts';

/** A field of a payload template whose name ends in `.$`: its value is a path or an intrinsic function. */
export interface TemplateField {
  readonly key: StringNode;
  readonly node: Node;
  readonly object: ObjectNode;
  /** The field of the state that the template is the value of. */
  readonly field: VisitedField;
}

const remembered = new WeakMap<State, readonly TemplateField[]>();

/** The fields ending in `.$` in all payload templates of a JSONPath state, at any depth. */
export function templateFieldsOf(state: State): readonly TemplateField[] {
  let fields = remembered.get(state);
  if (fields === undefined) {
    const found: TemplateField[] = [];
    for (const field of state.visit.templates) collect(field.node, field, found);
    fields = found;
    remembered.set(state, fields);
  }
  return fields;
}

function collect(node: Node, field: VisitedField, found: TemplateField[]): void {
  if (node.kind === 'array') for (const item of node.items) collect(item, field, found);
  if (node.kind !== 'object') return;
  for (const { key, value } of node.properties) {
    if (key.value.endsWith('.$')) found.push({ key, node: value, object: node, field });
    else collect(value, field, found);
  }
}

/** All objects in the payload templates of a state. */
export function* templateObjectsOf(state: State): Generator<ObjectNode> {
  for (const { node } of state.visit.templates) yield* objectsIn(node);
}

function* objectsIn(node: Node): Generator<ObjectNode> {
  if (node.kind === 'array') for (const item of node.items) yield* objectsIn(item);
  if (node.kind !== 'object') return;
  yield node;
  for (const { value } of node.properties) yield* objectsIn(value);
}

import type { Node, ObjectNode, StringNode } from '../../../language/tree.ts';
import { PAYLOAD } from '../../fields/stateForm.ts';
import type { VisitedField } from '../../fields/visit.ts';
import { ofState } from '../../ofState.ts';

/** The fields that may hold an intrinsic function. */
export const INTRINSIC_PLACES = [PAYLOAD, 'ErrorPath', 'CausePath'];

/** A field of a payload template whose name ends in `.$`: its value is a path or an intrinsic function. */
export interface TemplateField {
  readonly key: StringNode;
  readonly node: Node;
  readonly object: ObjectNode;
  /** The field of the state that the template is the value of. */
  readonly field: VisitedField;
}

/** The fields ending in `.$` in all payload templates of a JSONPath state, at any depth. */
export const templateFieldsOf = ofState((state): readonly TemplateField[] => {
  const found: TemplateField[] = [];
  for (const field of state.visit.templates) collect(field.node, field, found);
  return found;
});

function collect(node: Node, field: VisitedField, found: TemplateField[]): void {
  if (node.kind === 'array') for (const item of node.items) collect(item, field, found);
  if (node.kind !== 'object') return;
  for (const { key, value } of node.properties) {
    if (key.value.endsWith('.$')) found.push({ key, node: value, object: node, field });
    else collect(value, field, found);
  }
}

/** All objects in the payload templates of a state. */
export const templateObjectsOf = ofState((state): readonly ObjectNode[] => {
  const found: ObjectNode[] = [];
  for (const { node } of state.visit.templates) collectObjects(node, found);
  return found;
});

function collectObjects(node: Node, found: ObjectNode[]): void {
  if (node.kind === 'array') for (const item of node.items) collectObjects(item, found);
  if (node.kind !== 'object') return;
  found.push(node);
  for (const { value } of node.properties) collectObjects(value, found);
}

import type { Node, ObjectNode } from '../../../language/tree.ts';
import { parseResource, type Resource } from '../../integrations/resource.ts';
import { isOpaque, type State } from '../../model.ts';
import { ofState } from '../../ofState.ts';
import { isExpression } from '../../fields/visit.ts';

export interface TaskResource {
  readonly node: Node & { readonly kind: 'string' };
  readonly resource: Resource;
}

/** The Resource of a Task; undefined while a placeholder hides it, or where it is no constant string. */
export function resourceOf(state: State): TaskResource | undefined {
  return remembered(state).value;
}

const remembered = ofState((state) => ({ value: readResource(state) }));

function readResource(state: State): TaskResource | undefined {
  const node = state.node.get('Resource');
  if (node?.kind !== 'string' || isOpaque(node) || isExpression(node.value) || node.value.startsWith('$'))
    return undefined;
  return { node, resource: parseResource(node.value) };
}

/** The input that a Task writes out for its resource: Parameters or Arguments, where that is an object. */
export function payloadOf(state: State): ObjectNode | undefined {
  const payload = state.node.get(state.isJsonata ? 'Arguments' : 'Parameters');
  return payload?.kind === 'object' ? payload : undefined;
}

/** A name of a payload as the resource gets it: without the `.$` of JSONPath. */
export function parameterName(name: string, state: State): string {
  return !state.isJsonata && name.endsWith('.$') ? name.slice(0, -2) : name;
}

/** A parameter that is written out, with its literal value; undefined where it is missing or computed. */
export function literalParameter(payload: ObjectNode, name: string): Node | undefined {
  const value = payload.get(name);
  if (value === undefined || isOpaque(value)) return undefined;
  return value.kind === 'string' && isExpression(value.value) ? undefined : value;
}

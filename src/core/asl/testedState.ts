import type { Machine, State } from './model.ts';
import { variablesOf } from './variables.ts';

/** The innermost state whose name or text holds the offset. */
export function stateAt(machine: Machine, offset: number): State | undefined {
  return machine.states.findLast(({ key, node }) => key.start <= offset && offset <= node.end);
}

/** Names of the variables that the state reads itself, in the order of the text. */
export function variablesReadBy(state: State): readonly string[] {
  return [...new Set(variablesOf(state).reads.map(({ name }) => name))];
}

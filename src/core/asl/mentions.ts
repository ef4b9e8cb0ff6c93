import type { StringNode } from '../language/tree.ts';
import type { Machine, Scope, State, Transition } from './model.ts';

/** A place in the text that names a state: the state's own key, or a transition to it. */
export interface StateMention {
  readonly scope: Scope;
  readonly name: string;
  /** The state, where its scope has one of that name. */
  readonly state: State | undefined;
  readonly node: StringNode;
}

/** What names a state at `offset`; undefined elsewhere. The end of a name still counts as on it. */
export function stateMentionAt(machine: Machine, offset: number): StateMention | undefined {
  for (const scope of machine.scopes) {
    for (const mention of mentionsIn(scope)) {
      if (mention.node.start <= offset && offset <= mention.node.end) return mention;
    }
  }
  return undefined;
}

/** Every place of the scope that names this state, the state's own key first. */
export function mentionsOf({ scope, name }: Pick<StateMention, 'scope' | 'name'>): readonly StateMention[] {
  const found = [...mentionsIn(scope)].filter((mention) => mention.name === name);
  const isKey = ({ node, state }: StateMention): boolean => node === state?.key;
  return [...found.filter(isKey), ...found.filter((mention) => !isKey(mention))];
}

/** Names of this scope that a new name would collide with; state names are unique in the whole machine. */
export function isStateNameTaken(machine: Machine, name: string): boolean {
  return machine.statesNamed(name).length > 0;
}

/** Every place of the scope that names a state. */
export function* mentionsIn(scope: Scope): Generator<StateMention> {
  if (scope.startAt) yield* mentionOf(scope, scope.startAt);
  for (const state of scope.states) {
    yield { scope, name: state.name, state, node: state.key };
    for (const transition of state.transitions) yield* mentionOf(scope, transition);
  }
}

function* mentionOf(scope: Scope, { node, target }: Transition): Generator<StateMention> {
  if (node.kind === 'string' && target !== undefined) {
    yield { scope, name: target, state: scope.find(target), node };
  }
}

import type { Machine, Scope, State } from './model.ts';
import { variablesOf } from './variables.ts';

/** Which variables have a value when a state begins. */
export interface Assigned {
  /** Assigned on every path to the state. */
  readonly always: ReadonlySet<string>;
  /** Assigned on at least one. */
  readonly sometimes: ReadonlySet<string>;
}

const NOTHING: Assigned = { always: new Set(), sometimes: new Set() };

/** For each state that an execution can come to: what earlier states, outer scopes included, have assigned. */
export function variableFlow(machine: Machine): ReadonlyMap<State, Assigned> {
  let flow = remembered.get(machine);
  if (flow === undefined) {
    flow = new Map<State, Assigned>();
    followScope(machine.root, NOTHING, flow);
    remembered.set(machine, flow);
  }
  return flow;
}

const remembered = new WeakMap<Machine, Map<State, Assigned>>();

function followScope(scope: Scope, atStart: Assigned, flow: Map<State, Assigned>): void {
  const target = scope.startAt?.target;
  const first = target === undefined ? undefined : scope.find(target);
  if (first === undefined) return;
  flow.set(first, atStart);
  const open = [first];
  const waiting = new Set(open);
  for (let state = open.pop(); state !== undefined; state = open.pop()) {
    waiting.delete(state);
    const before = flow.get(state) ?? NOTHING;
    for (const { next, names } of leaving(state, scope)) {
      const known = flow.get(next);
      const merged = merge(known, before, names);
      if (merged === known) continue;
      flow.set(next, merged);
      if (waiting.has(next)) continue;
      waiting.add(next);
      open.push(next);
    }
  }
  for (const state of scope.states) {
    const before = flow.get(state);
    if (before === undefined) continue;
    for (const inner of state.scopes) followScope(inner, inner.childType === undefined ? before : NOTHING, flow);
  }
}

/** The transitions of a state with the variables that are assigned on the way. */
function leaving(state: State, scope: Scope): { next: State; names: readonly string[] }[] {
  const { writes } = variablesOf(state);
  return state.transitions.flatMap(({ kind, node, target }) => {
    const next = target === undefined ? undefined : scope.find(target);
    if (next === undefined) return [];
    const holder = node.parent;
    const on = kind === 'Catch' || kind === 'Choice' ? holder : 'state';
    const names = writes.filter((write) => write.on === on).map(({ name }) => name);
    return [{ next, names }];
  });
}

/** What is assigned after one more path leads to a state; the same object where that changes nothing. */
function merge(known: Assigned | undefined, before: Assigned, names: readonly string[]): Assigned {
  if (known === undefined) {
    if (names.length === 0) return before;
    return { always: new Set([...before.always, ...names]), sometimes: new Set([...before.sometimes, ...names]) };
  }
  const here = (name: string): boolean => before.always.has(name) || names.includes(name);
  const isSame =
    [...known.always].every(here) &&
    names.every((name) => known.sometimes.has(name)) &&
    (before.sometimes === known.sometimes || [...before.sometimes].every((name) => known.sometimes.has(name)));
  if (isSame) return known;
  return {
    always: new Set([...known.always].filter(here)),
    sometimes: new Set([...known.sometimes, ...before.sometimes, ...names]),
  };
}

import type { Scope, State } from '../model.ts';
import { variablesOf } from '../variables.ts';
import { dominators, type Dominators, type Ways } from './dominators.ts';

/** The states of a scope that can be reached, what they assign when they are left, and the ways between. */
export interface ScopeWays {
  readonly sources: Ways['sources'];
  readonly dominators: Dominators;
  /** Where a state begins; undefined where no execution of the scope comes to it. */
  placeOf(state: State): number | undefined;
  /** The places at which each variable is assigned. */
  readonly writes: ReadonlyMap<string, readonly number[]>;
}

/** The start of the scope is the first place; leaving a state is a place of its own where variables are assigned on it. */
export function scopeWays(scope: Scope): ScopeWays {
  const places = new Int32Array(scope.states.length).fill(-1);
  const writes = new Map<string, number[]>();
  const cameFrom: number[] = [0];
  const leads: { readonly from: number; readonly to: number }[] = [];
  const open: Step[] = [];
  const follow = (from: number, to: State): void => {
    leads.push({ from, to: to.index });
    open.push({ from, state: to });
  };
  if (scope.startAt?.to !== undefined) follow(0, scope.startAt.to);
  for (let step = open.pop(); step !== undefined; step = open.pop()) {
    const { from, state, exit } = step;
    if (exit === undefined && places[state.index] !== -1) continue;
    const place = cameFrom.push(from) - 1;
    if (exit !== undefined) {
      for (const name of exit.names) addTo(writes, name, place);
      for (const to of exit.targets) follow(place, to);
      continue;
    }
    places[state.index] = place;
    for (const way of exitsOf(state)) {
      if (way.names.length > 0) open.push({ from: place, state, exit: way });
      else for (const to of way.targets) follow(place, to);
    }
  }
  const ways: Ways = { cameFrom: Int32Array.from(cameFrom), sources: sourcesOf(cameFrom, places, leads) };
  return {
    sources: ways.sources,
    dominators: dominators(ways),
    writes,
    placeOf: (state) => {
      const place = scope.states[state.index] === state ? places[state.index] : undefined;
      return place === -1 ? undefined : place;
    },
  };
}

/** Something to walk to: a state, or an exit of it. */
interface Step {
  readonly from: number;
  readonly state: State;
  readonly exit?: Exit;
}

/** Transitions on which the same variables are assigned. */
interface Exit {
  readonly names: readonly string[];
  readonly targets: State[];
}

function exitsOf(state: State): readonly Exit[] {
  const { writes } = variablesOf(state);
  const exits: Exit[] = [];
  let own: Exit | undefined;
  for (const { kind, node, to } of state.transitions) {
    if (to === undefined) continue;
    if (kind === 'Catch' || kind === 'Choice') {
      const names = writes.length === 0 ? [] : writes.filter(({ on }) => on === node.parent).map(({ name }) => name);
      exits.push({ names, targets: [to] });
      continue;
    }
    if (own === undefined) {
      own = { names: writes.filter(({ on }) => on === 'state').map(({ name }) => name), targets: [] };
      exits.push(own);
    }
    own.targets.push(to);
  }
  return exits;
}

/** An exit has one source, the state; a state those that lead to it. */
function sourcesOf(
  cameFrom: readonly number[],
  places: Int32Array,
  leads: readonly { readonly from: number; readonly to: number }[],
): readonly number[][] {
  const sources: number[][] = cameFrom.map(() => []);
  for (const { from, to } of leads) sources[places[to] ?? 0]?.push(from);
  for (let place = 1; place < sources.length; place++) {
    const list = sources[place];
    if (list?.length === 0) list.push(cameFrom[place] ?? 0);
  }
  return sources;
}

function addTo(writes: Map<string, number[]>, name: string, place: number): void {
  const list = writes.get(name);
  if (list === undefined) writes.set(name, [place]);
  else if (list.at(-1) !== place) list.push(place);
}

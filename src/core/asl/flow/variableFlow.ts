import type { Machine, Scope, State } from '../model.ts';
import { outerScope, visibleScopes } from './scopes.ts';
import { scopeWays, type ScopeWays } from './scopeWays.ts';
import { VariableAtPlaces, type Assigned } from './variableAtPlaces.ts';

/** Which variables have a value when a state begins; worked out for the scopes and variables that are asked for. */
export class VariableFlow {
  readonly #scopes = new Map<Scope, ScopeFlow>();

  constructor(private readonly machine: Machine) {}

  /**
   * On how many ways to a state of a scope earlier states, outer scopes included, have assigned a variable; undefined
   * where no execution comes to the state.
   */
  before(state: State, scope: Scope, name: string): Assigned | undefined {
    return this.#of(scope).before(state, name);
  }

  /** The variables that have a value on some way to a state of a scope. */
  namesBefore(state: State, scope: Scope): readonly string[] {
    const names = new Set<string>();
    for (const visible of visibleScopes(this.machine, scope)) {
      for (const name of this.#of(visible).ways.writes.keys()) names.add(name);
    }
    return [...names].filter((name) => (this.before(state, scope, name) ?? 'never') !== 'never');
  }

  #of(scope: Scope): ScopeFlow {
    let flow = this.#scopes.get(scope);
    if (flow === undefined) {
      flow = new ScopeFlow(scope, (name) => this.#atStart(scope, name));
      this.#scopes.set(scope, flow);
    }
    return flow;
  }

  /** What the owner of a scope hands on; undefined where no execution comes to it. A child execution begins with nothing. */
  #atStart(scope: Scope, name: string): Assigned | undefined {
    const { owner } = scope;
    if (owner === undefined) return 'never';
    const outer = outerScope(this.machine, scope);
    const known = outer && this.before(owner, outer, name);
    return scope.childType === undefined || known === undefined ? known : 'never';
  }
}

class ScopeFlow {
  readonly ways: ScopeWays;
  readonly #variables = new Map<string, VariableAtPlaces | Assigned | 'unreachable'>();

  constructor(
    scope: Scope,
    private readonly atStart: (name: string) => Assigned | undefined,
  ) {
    this.ways = scopeWays(scope);
  }

  before(state: State, name: string): Assigned | undefined {
    const place = this.ways.placeOf(state);
    if (place === undefined) return undefined;
    let variable = this.#variables.get(name);
    if (variable === undefined) {
      variable = this.#follow(name);
      this.#variables.set(name, variable);
    }
    if (variable === 'unreachable') return undefined;
    return typeof variable === 'string' ? variable : variable.at(place);
  }

  #follow(name: string): VariableAtPlaces | Assigned | 'unreachable' {
    const before = this.atStart(name);
    if (before === undefined) return 'unreachable';
    const writes = this.ways.writes.get(name);
    return writes === undefined ? before : new VariableAtPlaces(this.ways, writes, before);
  }
}

const remembered = new WeakMap<Machine, VariableFlow>();

/** The same for the same machine. */
export function variableFlow(machine: Machine): VariableFlow {
  let flow = remembered.get(machine);
  if (flow === undefined) {
    flow = new VariableFlow(machine);
    remembered.set(machine, flow);
  }
  return flow;
}

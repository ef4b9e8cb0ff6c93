import type { Machine, Scope } from '../model.ts';

const remembered = new WeakMap<Machine, ReadonlyMap<Scope, Scope>>();

/** The scope of the state that a scope belongs to; undefined for the outermost. */
export function outerScope(machine: Machine, scope: Scope): Scope | undefined {
  if (scope.owner === undefined) return undefined;
  let outer = remembered.get(machine);
  if (outer === undefined) {
    outer = new Map(
      machine.scopes.flatMap((around) =>
        around.states.flatMap(({ scopes }) => scopes.map((inner) => [inner, around] as const)),
      ),
    );
    remembered.set(machine, outer);
  }
  return outer.get(scope);
}

/** The scopes whose variables can be read in a scope, itself first: outer ones up to a distributed Map. */
export function* visibleScopes(machine: Machine, scope: Scope): Generator<Scope> {
  for (let current: Scope | undefined = scope; current !== undefined; current = outerScope(machine, current)) {
    yield current;
    if (current.childType !== undefined) return;
  }
}

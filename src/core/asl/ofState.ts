import type { State } from './model.ts';

let slots = 0;
let keptSlots = 0;

/** Room for what `ofState` keeps, and no more: a list that grows takes several times as much. */
export function newMemory(): Memory {
  return new Array<object | undefined>(slots);
}

/** Room for what `keptOfState` keeps. */
export function newKept(): Memory {
  return new Array<object | undefined>(keptSlots);
}

export type Memory = (object | undefined)[];

/**
 * Makes a function of a state that works its value out once and keeps it until the rules have been asked (see
 * `State.forget`). The value lies in the state itself, because tens of thousands of entries in weak maps cost more than
 * most of what they would keep.
 */
export function ofState<T extends object>(compute: (state: State) => T): (state: State) => T {
  const slot = slots++;
  return (state) => {
    const known = state.memory?.[slot] as T | undefined;
    if (known !== undefined) return known;
    const made = compute(state);
    (state.memory ??= newMemory())[slot] = made;
    return made;
  };
}

/** As `ofState`, for what rules about the whole machine ask again after each edit: kept as long as the state. */
export function keptOfState<T extends object>(compute: (state: State) => T): (state: State) => T {
  const slot = keptSlots++;
  return (state) => {
    const known = state.kept[slot] as T | undefined;
    if (known !== undefined) return known;
    const made = compute(state);
    state.kept[slot] = made;
    return made;
  };
}

import { sortedNames } from './sortedNames.ts';

/** Names are looked for in the same listing with every keystroke; what was near then is near now. */
const known = new WeakMap<ReadonlySet<string>, Map<string, string | undefined>>();

/** A listing that many different names were looked for in starts anew. */
const MAX_NAMES = 2_000;

/** Of the names of a listing, which is never changed, the one that a misspelt name most likely meant. */
export function nearestName(name: string, names: ReadonlySet<string>): string | undefined {
  const found = known.get(names) ?? new Map<string, string | undefined>();
  if (found.size === 0 || found.size >= MAX_NAMES) {
    found.clear();
    known.set(names, found);
  }
  if (!found.has(name)) found.set(name, sortedNames(names).nearest(name));
  return found.get(name);
}

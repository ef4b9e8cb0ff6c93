/** More than any distance that counts. */
const FAR = 255;

/**
 * The names of a listing in alphabetical order, case aside, in which the nearest to a misspelt one is found without a look
 * at each: what begins alike is compared once.
 */
export class SortedNames {
  readonly names: readonly string[];
  readonly lower: readonly string[];
  /** How many letters each name has in common with the one before it. */
  readonly #shared: Uint16Array;

  constructor(names: Iterable<string>) {
    const pairs = Array.from(names, (name) => ({ name, lower: name.toLowerCase() }));
    pairs.sort((a, b) => order(a.lower, b.lower) || order(a.name, b.name));
    this.names = pairs.map(({ name }) => name);
    this.lower = pairs.map(({ lower }) => lower);
    this.#shared = Uint16Array.from(this.lower, (one, index) => sharedLength(this.lower[index - 1] ?? '', one));
  }

  /**
   * The name that was most likely meant: other case, or up to three letters missing, extra, swapped or wrong, fewer in short
   * names; the first of several. Undefined where none is near.
   */
  nearest(name: string): string | undefined {
    const wanted = name.toLowerCase();
    const rows = new Rows(wanted);
    let limit = Math.min(3, Math.floor(name.length / 3)) + 1;
    let best: string | undefined;
    /** As many letters of the name before as the rows are worked out for, and at how many it was too far away. */
    let depth = 0;
    let farAt = Number.POSITIVE_INFINITY;
    for (let index = 0; index < this.lower.length && limit > 0; index++) {
      const shared = this.#shared[index] ?? 0;
      if (shared >= farAt) continue;
      farAt = Number.POSITIVE_INFINITY;
      depth = Math.min(depth, shared);
      const candidate = this.lower[index] ?? '';
      if (Math.abs(candidate.length - wanted.length) >= limit || this.names[index] === name) continue;
      while (depth < candidate.length && farAt > depth) {
        const least = rows.add(candidate, depth, limit);
        depth++;
        if (least >= limit) farAt = depth;
      }
      if (farAt === depth) continue;
      const distance = rows.distance(depth);
      if (distance < limit) [best, limit] = [this.names[index], distance];
    }
    return best;
  }
}

/** The table of distances between the beginnings of two words, a row for each letter of the second. */
class Rows {
  readonly #rows: Uint8Array[];

  constructor(private readonly wanted: string) {
    this.#rows = [Uint8Array.from({ length: wanted.length + 1 }, (_, index) => Math.min(index, FAR))];
  }

  distance(depth: number): number {
    return this.#rows[depth]?.[this.wanted.length] ?? FAR;
  }

  /** Works out the row after `depth` letters of a word, as far as less than `limit` is in it; gives the least in it. */
  add(word: string, depth: number, limit: number): number {
    const { wanted } = this;
    const row = (this.#rows[depth + 1] ??= new Uint8Array(wanted.length + 1));
    const above = this.#rows[depth];
    const before = this.#rows[depth - 1];
    const from = Math.max(1, depth + 2 - limit);
    const to = Math.min(wanted.length, depth + limit);
    row[from - 1] = from === 1 ? Math.min(depth + 1, FAR) : FAR;
    if (to < wanted.length) row[to + 1] = FAR;
    let least = row[from - 1] ?? FAR;
    const letter = word.charCodeAt(depth);
    for (let at = from; at <= to; at++) {
      const own = wanted.charCodeAt(at - 1);
      let cost = Math.min(
        (above?.[at] ?? FAR) + 1,
        (row[at - 1] ?? FAR) + 1,
        (above?.[at - 1] ?? FAR) + (own === letter ? 0 : 1),
      );
      const isSwapped = at > 1 && letter === wanted.charCodeAt(at - 2) && own === word.charCodeAt(depth - 1);
      if (isSwapped && before) cost = Math.min(cost, (before[at - 2] ?? FAR) + 1);
      row[at] = Math.min(cost, FAR);
      if (cost < least) least = cost;
    }
    return least;
  }
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function sharedLength(a: string, b: string): number {
  let length = 0;
  while (length < a.length && length < b.length && a.charCodeAt(length) === b.charCodeAt(length)) length++;
  return length;
}

/** Listings are never changed: each is put in order once. */
const sorted = new WeakMap<ReadonlySet<string>, SortedNames>();

/** The names of a listing in order. */
export function sortedNames(names: ReadonlySet<string>): SortedNames {
  let known = sorted.get(names);
  if (known === undefined) {
    known = new SortedNames(names);
    sorted.set(names, known);
  }
  return known;
}

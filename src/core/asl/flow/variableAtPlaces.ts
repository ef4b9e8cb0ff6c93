import type { ScopeWays } from './scopeWays.ts';

/** On how many ways to a place a variable has been assigned. */
export type Assigned = 'always' | 'sometimes' | 'never';

/**
 * Where one variable has a value, worked out as in static single assignment form: only the places that assign it, and
 * those where ways with different assignments meet, say something new; at any other place it is as at the last such
 * place that all ways to it go through.
 */
export class VariableAtPlaces {
  /** Places that say something new, by rank. */
  readonly #news: Int32Array;
  /** For each of them, the next one that it is behind, as an index of them; -1 for none. */
  readonly #around: Int32Array;
  readonly #isWrite: Uint8Array;
  #atMeetings: readonly Assigned[] | undefined;

  /** `before` is what holds where the scope starts. */
  constructor(
    private readonly ways: ScopeWays,
    writes: readonly number[],
    private readonly before: Assigned,
  ) {
    const { dominators } = ways;
    const written = new Set(writes);
    const rankOf = (place: number): number => dominators.rank[place] ?? 0;
    const news = [...new Set([...written, ...meetings(ways, writes)])].sort((a, b) => rankOf(a) - rankOf(b));
    this.#news = Int32Array.from(news);
    this.#isWrite = Uint8Array.from(news, (place) => (written.has(place) ? 1 : 0));
    this.#around = new Int32Array(news.length).fill(-1);
    const inside: number[] = [];
    for (const [index, place] of news.entries()) {
      let around = inside.at(-1);
      while (around !== undefined && !dominators.isBehind(place, news[around] ?? 0)) {
        inside.pop();
        around = inside.at(-1);
      }
      this.#around[index] = around ?? -1;
      inside.push(index);
    }
  }

  at(place: number): Assigned {
    const index = this.#lastNews(place);
    if (index === -1) return this.before;
    if (this.#isWrite[index] === 1) return 'always';
    this.#atMeetings ??= this.#meet();
    return this.#atMeetings[index] ?? 'never';
  }

  /** The last of the news that all ways to a place go through; -1 for none. */
  #lastNews(place: number): number {
    const { rank, isBehind } = this.ways.dominators;
    const wanted = rank[place] ?? 0;
    let low = 0;
    let high = this.#news.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((rank[this.#news[middle] ?? 0] ?? 0) <= wanted) low = middle + 1;
      else high = middle;
    }
    let index = low - 1;
    while (index !== -1 && !isBehind(place, this.#news[index] ?? 0)) index = this.#around[index] ?? -1;
    return index;
  }

  /** What holds at each meeting, by its index in the news. */
  #meet(): readonly Assigned[] {
    const count = this.#news.length;
    /** For each meeting, the meetings that it tells what holds at it. */
    const told = new Map<number, number[]>();
    const some = new Uint8Array(count);
    const notAll = new Uint8Array(count);
    for (let index = 0; index < count; index++) {
      if (this.#isWrite[index] === 1) continue;
      for (const source of this.ways.sources[this.#news[index] ?? 0] ?? []) {
        const from = this.#lastNews(source);
        if (from !== -1 && this.#isWrite[from] === 0) {
          const list = told.get(from);
          if (list === undefined) told.set(from, [index]);
          else if (list.at(-1) !== index) list.push(index);
          continue;
        }
        const known = from === -1 ? this.before : 'always';
        if (known !== 'never') some[index] = 1;
        if (known !== 'always') notAll[index] = 1;
      }
    }
    spread(some, told);
    spread(notAll, told);
    return Array.from(some, (isSome, index) => (isSome === 0 ? 'never' : notAll[index] === 1 ? 'sometimes' : 'always'));
  }
}

/** Where ways on which the variable was assigned at different places, or not at all, come together. */
function meetings({ dominators }: ScopeWays, writes: readonly number[]): ReadonlySet<number> {
  const frontier = dominators.frontier();
  const found = new Set<number>();
  const open = [...writes];
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    for (const meeting of frontier[place] ?? []) {
      if (found.has(meeting)) continue;
      found.add(meeting);
      open.push(meeting);
    }
  }
  return found;
}

function spread(marks: Uint8Array, told: ReadonlyMap<number, readonly number[]>): void {
  const open = [...told.keys()].filter((index) => marks[index] === 1);
  for (let index = open.pop(); index !== undefined; index = open.pop()) {
    for (const next of told.get(index) ?? []) {
      if (marks[next] === 1) continue;
      marks[next] = 1;
      open.push(next);
    }
  }
}

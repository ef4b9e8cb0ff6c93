/**
 * Places and the ways between them. They are numbered in the order in which a walk that goes on as deep as it can comes
 * to each of them first, so the start is 0, and all can be reached from it.
 */
export interface Ways {
  /** The place that the walk came from; anything for the start. */
  readonly cameFrom: Int32Array;
  /** All places that lead to each. */
  readonly sources: readonly (readonly number[])[];
}

export interface Dominators {
  /** The last place before each that every way from the start to it goes through; 0 for the start. */
  readonly above: Int32Array;
  /** Whether every way from the start to `place` goes through `gate`, the place itself included. */
  readonly isBehind: (place: number, gate: number) => boolean;
  /** Numbers in an order in which all places behind one follow it at once. */
  readonly rank: Int32Array;
  /** For each place: where ways that go through it meet others that need not. */
  frontier(): readonly (readonly number[])[];
}

/** The Semi-NCA algorithm (Georgiadis, "Linear-Time Algorithms for Dominators and Related Problems", 2005). */
export function dominators(ways: Ways): Dominators {
  const count = ways.sources.length;
  const above = Int32Array.from(ways.cameFrom);
  const semi = semiDominators(ways);
  for (let place = 1; place < count; place++) {
    let gate = above[place] ?? 0;
    while (gate > (semi[place] ?? 0)) gate = above[gate] ?? 0;
    above[place] = gate;
  }
  const { rank, size } = ranks(above);
  const isBehind = (place: number, gate: number): boolean => {
    const from = rank[gate] ?? 0;
    const at = rank[place] ?? 0;
    return at >= from && at < from + (size[gate] ?? 0);
  };
  let frontier: (readonly number[])[] | undefined;
  return { above, rank, isBehind, frontier: () => (frontier ??= frontierOf(ways, above)) };
}

function semiDominators({ cameFrom, sources }: Ways): Int32Array {
  const count = sources.length;
  const semi = Int32Array.from({ length: count }, (_, place) => place);
  const best = Int32Array.from(semi);
  // The way up, shortened as it is walked.
  const up = Int32Array.from(cameFrom);
  const path: number[] = [];
  const leastAbove = (start: number, linked: number): number => {
    let place = start;
    if ((up[place] ?? 0) < linked) return best[place] ?? 0;
    for (; (up[place] ?? 0) >= linked; place = up[place] ?? 0) path.push(place);
    let least = best[place] ?? 0;
    const end = up[place] ?? 0;
    for (let next = path.pop(); next !== undefined; next = path.pop()) {
      up[next] = end;
      const own = best[next] ?? 0;
      if ((semi[least] ?? 0) < (semi[own] ?? 0)) best[next] = least;
      else least = own;
    }
    return best[start] ?? 0;
  };
  for (let place = count - 1; place > 0; place--) {
    let least = cameFrom[place] ?? 0;
    for (const source of sources[place] ?? []) {
      const found = semi[leastAbove(source, place + 1)] ?? 0;
      if (found < least) least = found;
    }
    semi[place] = least;
  }
  return semi;
}

/** `above` of a place is always a smaller number, so one pass each way does. */
function ranks(above: Int32Array): { rank: Int32Array; size: Int32Array } {
  const count = above.length;
  const size = new Int32Array(count).fill(1);
  for (let place = count - 1; place > 0; place--) {
    const gate = above[place] ?? 0;
    size[gate] = (size[gate] ?? 0) + (size[place] ?? 0);
  }
  const rank = new Int32Array(count);
  const next = new Int32Array(count).fill(1);
  for (let place = 1; place < count; place++) {
    const gate = above[place] ?? 0;
    const own = next[gate] ?? 0;
    rank[place] = own;
    next[gate] = own + (size[place] ?? 0);
    next[place] = own + 1;
  }
  return { rank, size };
}

function frontierOf({ sources }: Ways, above: Int32Array): number[][] {
  const found: number[][] = sources.map(() => []);
  const seen = new Int32Array(sources.length).fill(-1);
  for (let place = 0; place < sources.length; place++) {
    const list = sources[place] ?? [];
    if (list.length < 2) continue;
    for (const source of list) {
      // All above one that was seen were seen too.
      for (let gate = source; gate !== above[place] && seen[gate] !== place; gate = above[gate] ?? 0) {
        seen[gate] = place;
        found[gate]?.push(place);
      }
    }
  }
  return found;
}

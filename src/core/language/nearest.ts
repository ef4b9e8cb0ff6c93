/**
 * The candidate that a misspelt name most likely meant: other case, swapped, missing or extra letters; undefined when
 * none is near. Candidates earlier in the list win ties.
 */
export function nearest(name: string, candidates: Iterable<string>): string | undefined {
  const wanted = name.toLowerCase();
  let best: string | undefined;
  let bestDistance = Math.min(3, Math.floor(name.length / 3)) + 1;
  for (const candidate of candidates) {
    if (candidate === name) continue;
    if (Math.abs(candidate.length - name.length) >= bestDistance) continue;
    const distance = editDistance(wanted, candidate.toLowerCase(), bestDistance);
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
      if (distance === 0) break;
    }
  }
  return best;
}

/**
 * The same for one name after the other, which stops once `maxCompared` candidates in all have been looked at: of
 * thousands of wrong names in a text nobody reads what each of them may have meant.
 */
export function nearestOf(candidates: readonly string[], maxCompared = 100_000): (name: string) => string | undefined {
  const known = new Map<string, string | undefined>();
  let left = maxCompared;
  return (name) => {
    if (!known.has(name) && left > 0) {
      left -= candidates.length;
      known.set(name, nearest(name, candidates));
    }
    return known.get(name);
  };
}

/** Insertions, deletions, replacements and swaps of neighbours between two words; at least `limit` when there are more. */
function editDistance(a: string, b: string, limit: number): number {
  let start = 0;
  let endA = a.length;
  let endB = b.length;
  while (start < endA && start < endB && a.charCodeAt(start) === b.charCodeAt(start)) start++;
  while (endA > start && endB > start && a.charCodeAt(endA - 1) === b.charCodeAt(endB - 1)) {
    endA--;
    endB--;
  }
  return distanceBetween(a.slice(start, endA), b.slice(start, endB), limit);
}

function distanceBetween(a: string, b: string, limit: number): number {
  if (a.length === 0 || b.length === 0) return Math.max(a.length, b.length);
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min((previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1, (previous[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
      }
      current[j] = cost;
      if (cost < least) least = cost;
    }
    if (least >= limit) return limit;
    before = previous;
    previous = current;
  }
  return previous[b.length] ?? limit;
}

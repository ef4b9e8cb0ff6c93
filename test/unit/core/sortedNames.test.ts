import { expect, it } from 'vitest';
import { SortedNames } from '../../../src/core/existence/sortedNames.ts';
import { nearest } from '../../../src/core/language/nearest.ts';

/** Numbers below a limit, the same in every run. */
function numbers(): (below: number) => number {
  let seed = 7;
  return (below) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((seed / 2_147_483_648) * below);
  };
}

it('finds the name that a look at each of them finds', () => {
  const below = numbers();
  const letters = (length: number): string => Array.from({ length }, () => 'abc-D'[below(5)] ?? '').join('');
  const slip = (name: string): string => {
    const at = below(name.length);
    return [
      name.slice(0, at) + name.slice(at + 1),
      `${name.slice(0, at)}c${name.slice(at)}`,
      `${name.slice(0, at)}D${name.slice(at + 1)}`,
      name.slice(0, at) + (name[at + 1] ?? '') + (name[at] ?? '') + name.slice(at + 2),
    ][below(4)] as string;
  };
  let found = 0;
  for (let round = 0; round < 500; round++) {
    const listing = new SortedNames(new Set(Array.from({ length: 1 + below(40) }, () => letters(4 + below(10)))));
    const meant = listing.names[below(listing.names.length)] ?? '';
    for (const name of [slip(meant), slip(slip(meant)), slip(slip(slip(meant))), letters(8), meant.toLowerCase()]) {
      const wanted = nearest(name, listing.names);
      if (wanted !== undefined) found++;
      expect(`${name} → ${String(listing.nearest(name))}`).toBe(`${name} → ${String(wanted)}`);
    }
  }
  expect(found).toBeGreaterThan(800);
});

it('finds what hundreds of names meant among 50,000 that begin alike', () => {
  const listing = new SortedNames(
    Array.from({ length: 50_000 }, (_, index) => `team-${index % 97}-orders-load-daily-${index}`),
  );
  const before = process.cpuUsage();
  for (let index = 0; index < 300; index++) {
    const name = `team-${index % 97}-orders-laod-daily-${index}`;
    expect(listing.nearest(name)).toBe(name.replace('laod', 'load'));
  }
  const { user, system } = process.cpuUsage(before);
  // A look at each takes minutes.
  expect(user + system).toBeLessThan(20_000_000);
});

import { describe, expect, it } from 'vitest';
import { isPredicateMet, type LastEnds } from '../../../../src/local-account/glue/predicate.ts';
import type { JobRunState, Predicate } from '../../../../src/local-account/glue/records.ts';

const ended = (
  states: Readonly<Record<string, JobRunState>>,
  crawls: Readonly<Record<string, string>> = {},
): LastEnds => {
  const find = (known: Readonly<Record<string, string>>) => (name: string) => {
    const state = known[name];
    return state === undefined ? undefined : { state };
  };
  return { lastJobRun: find(states), lastCrawl: find(crawls) };
};

const predicate = (logical: Predicate['logical'], ...conditions: readonly [string, string][]): Predicate => ({
  logical,
  conditions: conditions.map(([jobName, state]) => ({ jobName, state })),
});

describe('isPredicateMet', () => {
  it.each([
    ['AND', { a: 'SUCCEEDED', b: 'SUCCEEDED' }, true],
    ['AND', { a: 'SUCCEEDED' }, false],
    ['AND', { a: 'SUCCEEDED', b: 'FAILED' }, false],
    ['ANY', { a: 'SUCCEEDED' }, true],
    ['ANY', { a: 'FAILED', b: 'TIMEOUT' }, false],
    ['ANY', {}, false],
  ] satisfies readonly [Predicate['logical'], Record<string, JobRunState>, boolean][])(
    '%s over %j is %s',
    (logical, states, isMet) => {
      expect(isPredicateMet(predicate(logical, ['a', 'SUCCEEDED'], ['b', 'SUCCEEDED']), ended(states))).toBe(isMet);
    },
  );

  it.each(['SUCCEEDED', 'FAILED', 'STOPPED', 'TIMEOUT'] as const)('watches for %s', (state) => {
    expect(isPredicateMet(predicate('AND', ['a', state]), ended({ a: state }))).toBe(true);
    expect(isPredicateMet(predicate('AND', ['a', state]), ended({ a: 'ERROR' }))).toBe(false);
  });

  it('watches crawlers as well, and is never met without a condition', () => {
    const crawler: Predicate = { logical: 'ANY', conditions: [{ crawlerName: 'c', crawlState: 'SUCCEEDED' }] };
    expect(isPredicateMet(crawler, ended({}, { c: 'SUCCEEDED' }))).toBe(true);
    expect(isPredicateMet(crawler, ended({ c: 'SUCCEEDED' }, { c: 'CANCELLED' }))).toBe(false);
    expect(isPredicateMet({ logical: 'AND', conditions: [] }, ended({}))).toBe(false);
  });
});

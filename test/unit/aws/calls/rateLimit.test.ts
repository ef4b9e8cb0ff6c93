import { setMaxListeners } from 'node:events';
import { expect, test } from 'vitest';
import { RateLimits } from '../../../../src/aws/calls/rateLimit.ts';
import { FakeClock } from '../../../support/fakeClock.ts';

const scope = { account: '123456789012', region: 'eu-west-1', service: 'glue' } as const;
const never = new AbortController().signal;
setMaxListeners(0, never);

/** How long `count` calls take. */
async function span(clock: FakeClock, limits: RateLimits, count: number, more: object = {}): Promise<number> {
  const startMs = clock.now();
  const limit = limits.of({ ...scope, ...more });
  await clock.run(Promise.all(Array.from({ length: count }, async () => await limit.take(never))), 1);
  return clock.now() - startMs;
}

test('a burst goes at once, then calls are spread', async () => {
  const clock = new FakeClock();
  const limits = new RateLimits(clock);
  expect(await span(clock, limits, 20)).toBe(0);
  expect(await span(clock, limits, 16)).toBe(2_000);
});

test('profiles of one account share, accounts, regions and services do not', async () => {
  const clock = new FakeClock();
  const limits = new RateLimits(clock);
  await span(clock, limits, 20);
  expect(await span(clock, limits, 8)).toBe(1_000);
  expect(await span(clock, limits, 20, { account: '2' })).toBe(0);
  expect(await span(clock, limits, 20, { region: 'us-east-1' })).toBe(0);
  expect(await span(clock, limits, 20, { service: 'states' })).toBe(0);
});

test('an endpoint on this machine has no quota', async () => {
  const clock = new FakeClock();
  expect(await span(clock, new RateLimits(clock), 500, { endpoint: 'http://127.0.0.1:4566' })).toBe(0);
});

test('being throttled slows down, success speeds up again', async () => {
  const clock = new FakeClock();
  const limits = new RateLimits(clock);
  limits.of(scope).throttled();
  expect(await span(clock, limits, 8)).toBe(2_000);
  for (let success = 0; success < 20; success += 1) limits.of(scope).succeeded();
  expect(await span(clock, limits, 8)).toBe(1_000);
});

test('one that stops waiting gives its turn back', async () => {
  const clock = new FakeClock();
  const limit = new RateLimits(clock).of(scope);
  for (let call = 0; call < 20; call += 1) await limit.take(never);
  const cancel = new AbortController();
  const waiting = limit.take(cancel.signal);
  cancel.abort(new Error('enough'));
  await expect(waiting).rejects.toThrow('enough');
  const startMs = clock.now();
  await clock.run(limit.take(never), 1);
  expect(clock.now() - startMs).toBe(125);
});

import { setTimeout as delay } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { systemClock } from '../../../src/processes/systemClock.ts';

it('sleeps for longer than a timer of Node can', async () => {
  const stop = new AbortController();
  const sleep = systemClock.sleep(2 ** 31 + 1000, stop.signal).then(
    () => 'woke',
    () => 'was stopped',
  );
  expect(await Promise.race([sleep, delay(50).then(() => 'sleeps')])).toBe('sleeps');
  stop.abort();
  expect(await sleep).toBe('was stopped');
});

import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from '../core/base/clock.ts';

/** The machine's own clock. A sleeping timer does not keep a process alive that has nothing else to do. */
export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: async (ms, signal) => {
    await delay(ms, undefined, signal ? { signal } : {});
  },
};

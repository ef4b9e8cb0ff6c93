import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from '../core/base/clock.ts';

/** Node's timers end at once when they are to take longer. */
const longestTimerMs = 2 ** 31 - 1;

/** The machine's own clock. A sleeping timer does not keep a process alive that has nothing else to do. */
export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: async (ms, signal) => {
    let left = ms;
    do {
      await delay(Math.min(left, longestTimerMs), undefined, signal ? { signal } : {});
      left -= longestTimerMs;
    } while (left > 0);
  },
};

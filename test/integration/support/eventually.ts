import { setTimeout as delay } from 'node:timers/promises';

/** Reads again until `holds`; fails after `timeoutMs` and tells what was read last. */
export async function eventually<T>(
  what: string,
  read: () => T | PromiseLike<T>,
  holds: (value: T) => boolean,
  timeoutMs = 60_000,
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const value = await read();
    if (holds(value)) return value;
    if (Date.now() > deadline) throw new Error(`Waited for ${what}; last seen: ${JSON.stringify(value)}`);
    await delay(100);
  }
}

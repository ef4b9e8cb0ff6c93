import type { Clock } from '../../core/base/clock.ts';
import { isObject } from '../calls/foreign.ts';

/** @see https://datatracker.ietf.org/doc/html/rfc8628#section-3.5 */
const slowDownSeconds = 5;

/**
 * Asks for the token of a device code until the user has confirmed it, as often as the service allows. Rejects with
 * whatever else the service says, or with the signal's reason.
 */
export async function pollForToken<T>(
  ask: () => Promise<T>,
  options: { readonly clock: Clock; readonly intervalSeconds: number; readonly signal: AbortSignal },
): Promise<T> {
  let waitSeconds = options.intervalSeconds;
  for (;;) {
    await options.clock.sleep(waitSeconds * 1000, options.signal);
    try {
      return await ask();
    } catch (error) {
      const name = isObject(error) ? error.name : undefined;
      if (name === 'SlowDownException') waitSeconds += slowDownSeconds;
      else if (name !== 'AuthorizationPendingException') throw error;
    }
  }
}

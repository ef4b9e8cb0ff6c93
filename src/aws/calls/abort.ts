import { setMaxListeners } from 'node:events';
import type { Clock } from '../../core/base/clock.ts';
import { AttemptTimeout } from './failure.ts';

/** One signal of several, which lets go of them when done: AbortSignal.any keeps listeners on long-lived signals. */
export function linkSignals(...signals: readonly (AbortSignal | undefined)[]): {
  readonly signal: AbortSignal;
  readonly abort: (reason: unknown) => void;
  readonly release: () => void;
} {
  const controller = new AbortController();
  const releases: (() => void)[] = [];
  for (const signal of signals) {
    if (!signal) continue;
    // Many calls may share a signal; Node would take that for a leak.
    setMaxListeners(0, signal);
    if (signal.aborted) controller.abort(signal.reason);
    const onAbort = (): void => controller.abort(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    releases.push(() => signal.removeEventListener('abort', onAbort));
  }
  return {
    signal: controller.signal,
    abort: (reason) => controller.abort(reason),
    release: () => {
      for (const release of releases) release();
    },
  };
}

/** Settles as soon as `signal` aborts, with its reason, whatever `work` does: a hung socket is never waited for. */
export async function orAbort<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return await new Promise<T>((resolve, reject) => {
    const onAbort = (): void => reject(asError(signal.reason));
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
    work
      .then(resolve, (error: unknown) => reject(asError(error)))
      .finally(() => {
        signal.removeEventListener('abort', onAbort);
      });
  });
}

/** Runs one attempt with a signal that aborts after `timeoutMs`; rejects with AttemptTimeout then. */
export async function withTimeout<T>(
  run: (signal: AbortSignal) => Promise<T>,
  options: { readonly clock: Clock; readonly timeoutMs: number; readonly signal: AbortSignal },
): Promise<T> {
  const { clock, timeoutMs } = options;
  const attempt = linkSignals(options.signal);
  const timer = new AbortController();
  clock.sleep(timeoutMs, timer.signal).then(
    () => attempt.abort(new AttemptTimeout(timeoutMs)),
    () => undefined,
  );
  try {
    return await orAbort(run(attempt.signal), attempt.signal);
  } finally {
    timer.abort();
    attempt.release();
  }
}

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error(String(reason));
}

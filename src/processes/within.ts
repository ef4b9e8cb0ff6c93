/**
 * Runs a task with a signal that aborts after `limitMs`, or when `signal` does. Not by `AbortSignal.timeout`: Node may
 * take one that `AbortSignal.any` was given for rubbish, and then it never fires.
 */
export async function within<T>(
  limitMs: number,
  task: (signal: AbortSignal) => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  signal?.throwIfAborted();
  const limit = new AbortController();
  const abort = (): void => limit.abort(signal?.reason);
  signal?.addEventListener('abort', abort, { once: true });
  const timer = setTimeout(() => limit.abort(), limitMs);
  try {
    return await task(limit.signal);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
  }
}

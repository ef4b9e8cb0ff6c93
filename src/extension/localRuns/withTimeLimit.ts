import type { LocalEnd } from '../../core/runs/localRun.ts';

/** Runs a task that ends when its signal is aborted, and aborts it when the time of a job is over. */
export async function withTimeLimit(
  limitMs: number | undefined,
  signal: AbortSignal,
  task: (signal: AbortSignal) => Promise<LocalEnd>,
): Promise<LocalEnd> {
  // Beyond this many milliseconds a timer of Node's fires at once.
  if (limitMs === undefined || limitMs > 2 ** 31 - 1) return await task(signal);
  const over = new AbortController();
  const timer = setTimeout(() => over.abort(), limitMs);
  try {
    const end = await task(AbortSignal.any([signal, over.signal]));
    return over.signal.aborted && !signal.aborted && end.kind === 'stopped' ? { kind: 'timedOut', limitMs } : end;
  } finally {
    clearTimeout(timer);
  }
}

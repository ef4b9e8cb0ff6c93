import { ProgressLocation, window } from 'vscode';
import { UserError } from '../../core/base/userError.ts';
import { waitFor } from '../connections/waitFor.ts';

/** Says how far a task is: what happens now. */
export type Report = (message: string) => void;

/**
 * A long action with one progress notification and a Cancel button, which aborts `signal`. Rejects with `aborted`
 * after Cancel, and with the reason of the caller's own `signal`, also where the task takes no notice of it.
 */
export async function withProgress<T>(
  title: string,
  task: (signal: AbortSignal, report: Report) => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  signal?.throwIfAborted();
  const options = { location: ProgressLocation.Notification, title, cancellable: true };
  return await window.withProgress(options, async (progress, token) => {
    const controller = new AbortController();
    const cancelled = new Promise<never>((_resolve, reject) => {
      controller.signal.addEventListener('abort', () => reject(controller.signal.reason as Error), { once: true });
    });
    const abort = (): void => controller.abort(signal?.reason);
    signal?.addEventListener('abort', abort, { once: true });
    const listener = token.onCancellationRequested(() => controller.abort(new UserError('aborted', 'Cancelled.')));
    try {
      return await Promise.race([task(controller.signal, (message) => progress.report({ message })), cancelled]);
    } finally {
      listener.dispose();
      signal?.removeEventListener('abort', abort);
    }
  });
}

/** What is done sooner than this needs no notification. */
const noticeMs = 1000;

/** The same for what mostly takes no time: the notification comes once it does. */
export async function withSlowProgress<T>(
  title: string,
  task: (signal: AbortSignal) => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  signal?.throwIfAborted();
  const controller = new AbortController();
  const abort = (): void => controller.abort(signal?.reason);
  signal?.addEventListener('abort', abort, { once: true });
  const work = task(controller.signal);
  const isDone = async (): Promise<true> => {
    await work.catch(() => undefined);
    return true;
  };
  let timer: NodeJS.Timeout | undefined;
  const isSlow = new Promise<false>((resolve) => (timer = setTimeout(() => resolve(false), noticeMs)));
  try {
    if (await waitFor(Promise.race([isDone(), isSlow]), signal)) return await work;
    return await withProgress(
      title,
      async (wanted) => {
        wanted.addEventListener('abort', () => controller.abort(wanted.reason), { once: true });
        return await work;
      },
      signal,
    );
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
  }
}

/**
 * A long action that takes its time to stop: Cancel aborts `signal`, and the notification stays until the task has ended.
 * Settles as the task does.
 */
export async function withStoppableProgress<T>(
  title: string,
  task: (signal: AbortSignal, report: Report) => Promise<T>,
): Promise<T> {
  const options = { location: ProgressLocation.Notification, title, cancellable: true };
  return await window.withProgress(options, async (progress, token) => {
    const controller = new AbortController();
    const listener = token.onCancellationRequested(() => {
      progress.report({ message: 'stopping' });
      controller.abort();
    });
    try {
      return await task(controller.signal, (message) => progress.report({ message }));
    } finally {
      listener.dispose();
    }
  });
}

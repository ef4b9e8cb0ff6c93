import { ProgressLocation, window } from 'vscode';
import { UserError } from '../../core/base/userError.ts';

/** Says how far a task is: what happens now. */
export type Report = (message: string) => void;

/**
 * A long action with one progress notification and a Cancel button, which aborts `signal`. Rejects with `aborted`
 * after Cancel, also where the task takes no notice of it.
 */
export async function withProgress<T>(
  title: string,
  task: (signal: AbortSignal, report: Report) => Promise<T>,
): Promise<T> {
  const options = { location: ProgressLocation.Notification, title, cancellable: true };
  return await window.withProgress(options, async (progress, token) => {
    const controller = new AbortController();
    const cancelled = new Promise<never>((_resolve, reject) => {
      controller.signal.addEventListener('abort', () => reject(controller.signal.reason as Error), { once: true });
    });
    const listener = token.onCancellationRequested(() => controller.abort(new UserError('aborted', 'Cancelled.')));
    try {
      return await Promise.race([task(controller.signal, (message) => progress.report({ message })), cancelled]);
    } finally {
      listener.dispose();
    }
  });
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

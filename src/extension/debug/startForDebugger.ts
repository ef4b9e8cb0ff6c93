import type { Uri } from 'vscode';
import { UserError } from '../../core/base/userError.ts';
import { waitFor } from '../connections/waitFor.ts';
import { freePort } from '../localRuns/freePort.ts';
import { startLocalRun, type LocalRunParts, type StartedLocalRun } from '../localRuns/startLocalRun.ts';

/** A run whose debugpy listens. */
export interface WaitingRun extends StartedLocalRun {
  /** Of this machine's 127.0.0.1. */
  readonly port: number;
}

/**
 * Starts a script on this machine, and resolves when it waits for a debugger. Aborting before ends what was started. Rejects
 * with UserError, and with the signal's reason.
 */
export async function startForDebugger(
  app: LocalRunParts,
  script: Uri | undefined,
  variant: string | undefined,
  signal: AbortSignal,
): Promise<WaitingRun> {
  const port = await freePort();
  let started: Promise<StartedLocalRun> | undefined;
  const waiting = new Promise<void>((resolve, reject) => {
    const onEnd = (): void => {
      const message = 'The script ended before a debugger could attach.';
      reject(new UserError('process-failed', message, 'The run document says why.'));
    };
    const debug = { port, onWaiting: resolve, onEnd };
    started = startLocalRun(app, script, { debug, ...(variant === undefined ? {} : { variant }) }, signal);
    started.catch(reject);
  });
  try {
    await waitFor(waiting, signal);
  } catch (error) {
    if (signal.aborted)
      started?.then(
        ({ key }) => app.localRuns.stop(key.id),
        () => undefined,
      );
    throw error;
  }
  if (!started) throw new UserError('unexpected', 'The script was not started.');
  return { ...(await started), port };
}

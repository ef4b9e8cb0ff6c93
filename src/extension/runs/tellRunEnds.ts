import { commands } from 'vscode';
import type { Clock } from '../../core/base/clock.ts';
import type { Disposable } from '../../core/base/disposable.ts';
import type { Log } from '../../core/base/log.ts';
import { findFailure } from '../../core/runs/failure.ts';
import type { RunSnapshot } from '../../core/runs/snapshot.ts';
import type { RunStore } from '../../core/runs/store.ts';
import type { RunDocuments } from '../../views/runs/document/runDocuments.ts';
import { isMockMissed } from '../../views/runs/isMockMissed.ts';
import { presentRunEnd } from '../../views/runs/tree/present.ts';
import { showError, showInformation } from '../prompts/notify.ts';

/** The log of a failed run is read for so long, to find the line that failed. */
const readLogMs = 8_000;

interface Parts {
  readonly runs: RunStore;
  readonly runDocuments: Pick<RunDocuments, 'isVisible'>;
  readonly clock: Clock;
  readonly log: Log;
}

/** Tells when a run that the user started has ended while its document is not seen. */
export function tellRunEnds({ runs, runDocuments, clock, log }: Parts): Disposable {
  const end = new AbortController();
  const tell = async (run: RunSnapshot): Promise<void> => {
    if (!run.startedByUser || runDocuments.isVisible(run.key)) return;
    const { isFailure } = presentRunEnd(run);
    if (isFailure) await readLog(runs, run, { clock, signal: end.signal });
    const { message } = presentRunEnd(run);
    const line = findFailure(run)?.line;
    const job = findFailure(run)?.job?.detail.jobName;
    const buttons = [...(isMockMissed(run) ? ['Add Mock…'] : []), ...(line ? ['Go to Line'] : []), 'Open Run'];
    const pressed = await (isFailure ? showError(message, buttons) : showInformation(message, buttons));
    if (pressed === 'Open Run') await commands.executeCommand('sluice.openRun', run.key);
    if (pressed === 'Add Mock…') await commands.executeCommand('sluice.addMock', run.key);
    if (pressed === 'Go to Line' && line) {
      const { key, originUri } = run;
      const where = key.kind === 'localRun' ? { originUri } : { jobName: job, connectionId: key.connectionId };
      await commands.executeCommand('sluice.openScriptLine', { ...line, ...where });
    }
  };
  const subscription = runs.onDidEnd((run) => {
    void tell(run).catch((error: unknown) => {
      if (!end.signal.aborted) log.error(new Error('The end of a run was not told.', { cause: error }));
    });
  });
  return {
    dispose: () => {
      end.abort();
      subscription.dispose();
    },
  };
}

/** Traceback lines arrive after the run's end. They are awaited until they name a line. */
async function readLog(
  runs: RunStore,
  run: RunSnapshot,
  { clock, signal }: { readonly clock: Clock; readonly signal: AbortSignal },
): Promise<void> {
  if (run.key.kind === 'localRun') return;
  const done = new AbortController();
  const look = runs.observe(
    run.key,
    (now) => {
      if (now.isComplete || findFailure(now)?.line) done.abort();
    },
    { logs: true },
  );
  try {
    await clock.sleep(readLogMs, AbortSignal.any([signal, done.signal]));
  } catch (error) {
    if (!done.signal.aborted) throw error;
  } finally {
    look.dispose();
  }
}

import { isTerminal, runKeyText, type RunSummary } from '../../core/runs/model.ts';

/**
 * The run that tells an item's state: of the newest one that a service listed, and the newest one that Sluice watches.
 * Of a run that is both, the start says nothing: until the service has told its own, a watched one has this machine's time.
 */
export function newestRun(listed: RunSummary | undefined, watched: RunSummary | undefined): RunSummary | null {
  if (!listed || !watched) return listed ?? watched ?? null;
  if (isSameRun(listed, watched)) return isTerminal(listed.state) && !isTerminal(watched.state) ? listed : watched;
  return (watched.startedMs ?? Infinity) >= (listed.startedMs ?? 0) ? watched : listed;
}

export function isSameRun(a: RunSummary, b: RunSummary): boolean {
  return runKeyText(a.key) === runKeyText(b.key);
}

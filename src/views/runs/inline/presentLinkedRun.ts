import { isTerminal } from '../../../core/runs/model.ts';
import { runTitle } from '../../../core/runs/runTitle.ts';
import type { RunSnapshot } from '../../../core/runs/snapshot.ts';

/** Results of older runs are not shown by themselves. */
const shownForMs = 24 * 3_600_000;

/** A definition that is open. */
export interface OpenDefinition {
  readonly uri: string;
  /** Name of the machine that the file describes. */
  readonly machineName: string;
}

/**
 * The run that a definition shows: the latest that was started from it, or else of a machine of its name, where no other
 * open definition has that name. Runs that ended long ago are not shown.
 */
export function linkedRun(
  definition: OpenDefinition,
  others: readonly OpenDefinition[],
  runs: readonly RunSnapshot[],
  nowMs: number,
): RunSnapshot | undefined {
  const isShared = others.some(
    ({ uri, machineName }) => uri !== definition.uri && machineName === definition.machineName,
  );
  return runs.find((run) => {
    if (run.key.kind !== 'execution' || !isRecent(run, nowMs)) return false;
    if (run.originUri !== undefined) return run.originUri === definition.uri;
    return !isShared && runTitle(run.key) === definition.machineName;
  });
}

export function isRecent({ outcome }: RunSnapshot, nowMs: number): boolean {
  if (!isTerminal(outcome.state)) return true;
  return nowMs - (outcome.endedMs ?? outcome.startedMs ?? 0) < shownForMs;
}

/** By name alone a run is only linked when its definition has the same states. */
export function hasSameStates(a: Iterable<string>, b: Iterable<string>): boolean {
  return [...new Set(a)].sort().join('\n') === [...new Set(b)].sort().join('\n');
}

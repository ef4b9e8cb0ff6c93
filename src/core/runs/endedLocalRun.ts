import { LiveRun } from './liveRun.ts';
import { isTerminal } from './model.ts';
import type { RunRecord } from './records.ts';

/** A run on this machine ends with its window, and what it wrote is not kept over that. */
export function endedLocalRun(record: RunRecord): LiveRun {
  const isOver = isTerminal(record.state);
  const run = new LiveRun(isOver ? record : { ...record, state: 'stopped', awsState: 'STOPPED' });
  const text = isOver ? 'what it wrote went with its window' : 'ended with its window';
  run.entries.push({
    kind: 'event',
    mark: 'info',
    timeMs: record.endedMs ?? record.trackedMs,
    late: false,
    path: [],
    text,
  });
  run.isComplete = true;
  run.hasLogs = true;
  return run;
}

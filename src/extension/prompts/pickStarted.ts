import { UserError } from '../../core/base/userError.ts';
import { formatTime } from '../../core/runs/format.ts';
import type { RunSummary } from '../../core/runs/model.ts';
import { runStateWord } from '../../views/runs/presentRunState.ts';
import { back, pickOne } from './steps.ts';

/** What the user says after a start whose fate is not known: that one of these runs is it, or that it must be repeated. */
export type StartedChoice = RunSummary | 'again';

/**
 * After a start that may or may not have arrived: shows the runs since then. Starting again is a choice of its own,
 * never the first. Rejects with `aborted` when the user leaves.
 */
export async function pickStarted(name: string, error: UserError, runs: readonly RunSummary[]): Promise<StartedChoice> {
  const again = { label: '$(debug-restart) None of these: start again', value: 'again' } as const;
  const leave = { label: '$(circle-slash) Leave it', description: 'look again later', value: 'leave' } as const;
  const choice = await pickOne<StartedChoice | 'leave'>({
    at: { title: `Did ${name} start?`, canGoBack: false },
    placeholder: error.message,
    items: [
      ...runs.map((run) => ({
        label: run.name,
        description: [run.startedMs === undefined ? '' : formatTime(run.startedMs), runStateWord(run.state)].join(' '),
        value: run,
      })),
      leave,
      again,
    ],
  });
  if (choice === back || choice === 'leave') throw new UserError('aborted', 'Cancelled.');
  return choice;
}

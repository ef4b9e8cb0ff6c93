import type { RunSnapshot } from '../../core/runs/snapshot.ts';

/** Whether a run on Local ended at a task that does not run there and has no mocked response. */
export function isMockMissed({ outcome }: RunSnapshot): boolean {
  return outcome.error === 'Sluice.NotInLocalAccount';
}

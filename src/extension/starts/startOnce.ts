import { UserError } from '../../core/base/userError.ts';
import type { Clock } from '../../core/base/clock.ts';
import type { RunSummary } from '../../core/runs/model.ts';

/** A start without a token that would make it safe to repeat. */
export interface UnsafeStart {
  /** What the user calls it. */
  readonly name: string;
  /** Gives the run's id; rejects with `ambiguous-start` where the call may have arrived. */
  start(): Promise<string>;
  /** The newest runs. */
  recent(): Promise<readonly RunSummary[]>;
  /** Asks the user which of these runs is it; `again` starts once more. Rejects with `aborted` when the user leaves. */
  ask(name: string, error: UserError, runs: readonly RunSummary[]): Promise<RunSummary | 'again'>;
}

/** Clocks of two machines differ by less than this. */
const clockSkewMs = 60_000;

/** Starts, and never twice without the user's word: where it is open whether the start arrived, the user sees the runs. */
export async function startOnce(clock: Clock, unsafe: UnsafeStart): Promise<string> {
  for (;;) {
    const sinceMs = clock.now() - clockSkewMs;
    try {
      return await unsafe.start();
    } catch (thrown) {
      if (!(thrown instanceof UserError) || thrown.code !== 'ambiguous-start') throw thrown;
      const runs = (await unsafe.recent()).filter(({ startedMs }) => startedMs === undefined || startedMs >= sinceMs);
      const choice = await unsafe.ask(unsafe.name, thrown, runs);
      if (choice !== 'again') return choice.key.id;
    }
  }
}

import { setTimeout as delay } from 'node:timers/promises';
import { UserError } from '../../core/base/userError.ts';
import { askEngine, isUnreachable, type EngineProgram } from './engineProgram.ts';
import { within } from '../within.ts';

export interface Heartbeat {
  /** Between two questions. */
  readonly everyMs: number;
  /** An engine that has not answered after this time has gone. */
  readonly patienceMs: number;
}

/** A busy machine may take long for an answer, and a run that is given up wrongly is lost work. */
export const defaultHeartbeat: Heartbeat = { everyMs: 10_000, patienceMs: 30_000 };

/**
 * Resolves with true once an engine has stopped answering, with false when the signal is aborted. The engine's own client
 * notices a closed connection, but not a machine behind it that stands still or went away.
 */
export async function isEngineLost(
  program: EngineProgram,
  { everyMs, patienceMs }: Heartbeat,
  signal: AbortSignal,
): Promise<boolean> {
  try {
    do await delay(everyMs, undefined, { signal });
    while (await doesAnswer(program, patienceMs, signal));
    signal.throwIfAborted();
    return true;
  } catch {
    return false;
  }
}

/** Asks once. Never rejects. */
export async function doesAnswer(program: EngineProgram, patienceMs: number, signal?: AbortSignal): Promise<boolean> {
  const argv = ['version', '--format', '{{.Server.Version}}'];
  try {
    const ask = async (limited: AbortSignal): ReturnType<typeof askEngine> => await askEngine(program, argv, limited);
    const { exit, stderr } = await within(patienceMs, ask, signal);
    return exit.code === 0 || !isUnreachable(stderr);
  } catch {
    return false;
  }
}

export function engineLost(): UserError {
  return new UserError(
    'process-failed',
    'The container engine went away in the middle of the run.',
    'Start Docker or Podman again, then run again. A container that is still there is removed with the next run.',
  );
}

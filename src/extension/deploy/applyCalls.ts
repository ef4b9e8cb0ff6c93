import { isAbort, toUserError, UserError } from '../../core/base/userError.ts';
import type { Report } from '../prompts/progress.ts';
import type { PlannedCall } from './deployPlan.ts';

/**
 * Makes the calls one after the other, and says what was done. A failure or a cancel on the way rejects with a UserError that
 * says what is done by then; what is done stays, and a new plan does the rest.
 */
export async function applyCalls(
  calls: readonly PlannedCall[],
  signal: AbortSignal,
  report: Report,
): Promise<readonly string[]> {
  const done: string[] = [];
  try {
    for (const [index, call] of calls.entries()) {
      signal.throwIfAborted();
      report(`${call.label} (${index + 1} of ${calls.length})`);
      done.push(await call.run(signal, report));
    }
  } catch (thrown) {
    if (done.length === 0) throw thrown;
    const { code, message, help, details } = toUserError(thrown);
    const soFar = `Done before: ${done.join(', ')}. Running it again does the rest.`;
    if (isAbort(thrown)) throw new UserError('conflict', `Cancelled on the way. ${soFar}`, '', { cause: thrown });
    throw new UserError(code, `${message} ${soFar}`, help, { ...details, cause: thrown });
  }
  return done;
}

import { backoffMs } from '../../core/base/backoff.ts';
import type { Clock } from '../../core/base/clock.ts';
import { UserError } from '../../core/base/userError.ts';
import { readFailure, type Failure } from './failure.ts';
import type { RateLimit } from './rateLimit.ts';

/** How long a call goes on while AWS limits requests: users are told after half a minute, and polls come back anyway. */
const throttledForMs = 120_000;
const transientAttempts = 4;
const unreachableAttempts = 2;
const backoff = {
  throttled: { baseMs: 500, maxMs: 10_000 },
  transient: { baseMs: 200, maxMs: 3_000 },
  unreachable: { baseMs: 200, maxMs: 3_000 },
};

/** Another try is out of the question: the last failure, and whether an earlier one left the outcome open. */
export class AttemptsEnded extends Error {
  override readonly name = 'AttemptsEnded';
  constructor(
    readonly failure: Failure,
    readonly wasAmbiguous: boolean,
  ) {
    super(failure.message, { cause: failure.thrown });
  }
}

export interface RetryOptions {
  readonly clock: Clock;
  readonly random: () => number;
  readonly limit: RateLimit;
  /** A call that starts something and carries no idempotency token: what may have arrived is not sent again. */
  readonly isSentOnce: boolean;
  readonly signal: AbortSignal;
  /** Asked once, when AWS did not accept the credentials: whether fresh ones are worth a try. */
  readonly renewCredentials: () => Promise<boolean>;
  readonly onFailure: (failure: Failure, attempt: number) => void;
}

/**
 * The one retry policy: throttled calls go on for two minutes, lost connections and 5xx four times, an endpoint that
 * cannot be reached twice. Rejects with AttemptsEnded, or with the signal's reason.
 */
export async function withRetry<T>(send: () => Promise<T>, options: RetryOptions): Promise<T> {
  const { clock, random, limit, signal } = options;
  const startedMs = clock.now();
  let wasAmbiguous = false;
  let isRenewed = false;
  const failures = { throttled: 0, transient: 0, unreachable: 0 };
  for (let attempt = 1; ; attempt += 1) {
    await limit.take(signal);
    signal.throwIfAborted();
    try {
      const result = await send();
      limit.succeeded();
      return result;
    } catch (thrown) {
      signal.throwIfAborted();
      // Already said in the user's words, for instance that there are no credentials.
      if (thrown instanceof UserError) throw thrown;
      const failure = readFailure(thrown);
      options.onFailure(failure, attempt);
      if (failure.isAmbiguous) wasAmbiguous = true;
      if (failure.isAmbiguous && options.isSentOnce) throw new AttemptsEnded(failure, wasAmbiguous);
      if (failure.kind === 'credentials' && !isRenewed) {
        isRenewed = true;
        if (await options.renewCredentials()) continue;
      }
      const { kind } = failure;
      if (kind === 'credentials' || kind === 'final') throw new AttemptsEnded(failure, wasAmbiguous);
      failures[kind] += 1;
      if (kind === 'throttled') limit.throttled();
      const waitMs = Math.max(failure.retryAfterMs ?? 0, backoffMs(failures[kind], backoff[kind], random));
      const isOver =
        kind === 'throttled'
          ? clock.now() + waitMs - startedMs > throttledForMs
          : failures[kind] >= (kind === 'transient' ? transientAttempts : unreachableAttempts);
      if (isOver) throw new AttemptsEnded(failure, wasAmbiguous);
      await clock.sleep(waitMs, signal);
    }
  }
}

import type { Clock } from '../../core/base/clock.ts';
import { Emitter, type Event } from '../../core/base/emitter.ts';
import { services, type ServiceName } from './service.ts';

/** Users hear of throttling only once it has lasted this long. */
const slowAfterMs = 30_000;
const slowestPerSecond = 0.5;

/**
 * Spreads the calls of one account, region and service: a bucket of tokens that refills steadily. Being throttled
 * empties it and halves the refill; each success then raises the refill a little, up to where it began.
 */
export class RateLimit {
  readonly #clock: Clock;
  readonly #perSecond: number;
  readonly #burst: number;
  readonly #onSlow: (isSlow: boolean) => void;
  #tokens: number;
  #rate: number;
  #refilledMs: number;
  #throttledSinceMs: number | undefined;
  #isSlow = false;

  constructor(
    clock: Clock,
    quota: { readonly perSecond: number; readonly burst: number },
    onSlow: (isSlow: boolean) => void,
  ) {
    this.#clock = clock;
    this.#perSecond = quota.perSecond;
    this.#burst = quota.burst;
    this.#rate = quota.perSecond;
    this.#tokens = quota.burst;
    this.#refilledMs = clock.now();
    this.#onSlow = onSlow;
  }

  /** Resolves when a call may be sent, in the order of asking; rejects with the signal's reason when aborted. */
  async take(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    this.#refill();
    this.#tokens -= 1;
    if (this.#tokens >= 0) return;
    try {
      await this.#clock.sleep(Math.ceil((-this.#tokens / this.#rate) * 1000), signal);
    } catch (error) {
      this.#tokens += 1;
      throw error;
    }
  }

  throttled(): void {
    this.#refill();
    this.#rate = Math.max(slowestPerSecond, this.#rate / 2);
    this.#tokens = Math.min(this.#tokens, 0);
    this.#throttledSinceMs ??= this.#clock.now();
    if (!this.#isSlow && this.#clock.now() - this.#throttledSinceMs >= slowAfterMs) {
      this.#isSlow = true;
      this.#onSlow(true);
    }
  }

  succeeded(): void {
    this.#refill();
    this.#rate = Math.min(this.#perSecond, this.#rate + this.#perSecond / 20);
    this.#throttledSinceMs = undefined;
    if (this.#isSlow) {
      this.#isSlow = false;
      this.#onSlow(false);
    }
  }

  get isSlow(): boolean {
    return this.#isSlow;
  }

  #refill(): void {
    const nowMs = this.#clock.now();
    const gained = (Math.max(0, nowMs - this.#refilledMs) / 1000) * this.#rate;
    this.#tokens = Math.min(this.#burst, this.#tokens + gained);
    this.#refilledMs = nowMs;
  }
}

/** Whom a quota belongs to. `account` is the account id, or the connection's id while that is unknown. */
export interface RateScope {
  readonly account: string;
  readonly region: string;
  readonly service: ServiceName;
  /** The endpoint of one's own that is called, if any: one on this machine has no quota to share. */
  readonly endpoint?: string | undefined;
}

export interface SlowChange extends RateScope {
  readonly isSlow: boolean;
}

/** The buckets of all connections; two profiles of one account draw from the same. Make one for the whole extension. */
export class RateLimits {
  readonly #limits = new Map<string, RateLimit>();
  readonly #slow = new Emitter<SlowChange>();

  constructor(private readonly clock: Clock) {}

  /** Fires when AWS has limited requests for half a minute, and when it lets them through again. */
  readonly onDidChangeSlow: Event<SlowChange> = this.#slow.event;

  of(scope: RateScope): RateLimit {
    const key = [scope.account, scope.region, scope.service, scope.endpoint].join('|');
    let limit = this.#limits.get(key);
    if (!limit) {
      const quota = isLoopback(scope.endpoint) ? { perSecond: 1_000, burst: 1_000 } : services[scope.service];
      limit = new RateLimit(this.clock, quota, (isSlow) => this.#slow.fire({ ...scope, isSlow }));
      this.#limits.set(key, limit);
    }
    return limit;
  }
}

/** Whether an endpoint is on this machine; AWS's own, undefined, is not. */
export function isLoopback(endpoint: string | undefined): boolean {
  return endpoint !== undefined && /^https?:\/\/(127\.|localhost\b|\[::1\])/i.test(endpoint);
}

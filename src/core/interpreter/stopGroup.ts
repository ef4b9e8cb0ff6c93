/**
 * Signals that are aborted together, each with its own listeners: one signal for hundreds of children would gather
 * hundreds of listeners, which Node reports as a leak.
 */
export class StopGroup {
  readonly #members = new Set<AbortController>();
  #isStopped = false;

  get isStopped(): boolean {
    return this.#isStopped;
  }

  /** Runs work under a signal of its own, aborted by `stop`. */
  async run<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const member = new AbortController();
    if (this.#isStopped) member.abort();
    this.#members.add(member);
    try {
      return await work(member.signal);
    } finally {
      this.#members.delete(member);
    }
  }

  /** Aborts all signals, those to come too. */
  stop(): void {
    this.#isStopped = true;
    for (const member of this.#members) member.abort();
  }
}

/** Work that is stopped together. */
export class StopGroup {
  readonly #control = new AbortController();
  #isStopped = false;

  get isStopped(): boolean {
    return this.#isStopped;
  }

  /** Aborted by `stop`. Node counts no listeners of abort signals, so that hundreds of children may share it. */
  get signal(): AbortSignal {
    return this.#control.signal;
  }

  stop(): void {
    this.#isStopped = true;
    this.#control.abort();
  }
}

/** Work that is stopped together. Most of it never waits, so its abort signal is made when somebody asks for it. */
export class StopGroup {
  #listeners: Set<() => void> | undefined;
  #control: AbortController | undefined;
  #isStopped = false;

  get isStopped(): boolean {
    return this.#isStopped;
  }

  /** Aborted by `stop`. Node counts no listeners of abort signals, so that hundreds of children may share it. */
  get signal(): AbortSignal {
    this.#control ??= new AbortController();
    if (this.#isStopped) this.#control.abort();
    return this.#control.signal;
  }

  stop(): void {
    if (this.#isStopped) return;
    this.#isStopped = true;
    this.#control?.abort();
    for (const listener of this.#listeners ?? []) listener();
  }

  /** Calls `listener` when the work is stopped, or at once where it is; gives what takes it away again. */
  onStop(listener: () => void): () => void {
    if (this.#isStopped) listener();
    else (this.#listeners ??= new Set()).add(listener);
    return () => void this.#listeners?.delete(listener);
  }
}

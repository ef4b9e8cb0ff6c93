/**
 * Runs one task after the other, so that what one found out a while ago is never written over what a later one found.
 * A task that waits for its turn is not queued a second time under the same name.
 */
export class Turns {
  readonly #waiting = new Map<string, Promise<void>>();
  #last: Promise<void> = Promise.resolve();

  /** Resolves when the task, or the one of this name that waits already, has run; rejects as it does. */
  async take(name: string, task: () => Promise<void>): Promise<void> {
    const waiting = this.#waiting.get(name);
    if (waiting) {
      await waiting;
      return;
    }
    const turn = this.#last.then(async () => {
      this.#waiting.delete(name);
      await task();
    });
    this.#waiting.set(name, turn);
    this.#last = turn.catch(() => undefined);
    await turn;
  }
}

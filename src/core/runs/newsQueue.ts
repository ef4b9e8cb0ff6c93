/**
 * Hands things from one who makes them to one who takes them in batches. Making waits while too much lies there, so that
 * memory stays bounded however fast a program writes.
 */
export class NewsQueue<T> {
  #waiting: T[] = [];
  #weight = 0;
  #wake: (() => void) | undefined;
  #room: (() => void)[] = [];
  #isClosed = false;

  /** At most about `limit` lies there, in what `weigh` says of each: things, where it is absent. */
  constructor(
    private readonly limit: number,
    private readonly weigh: (item: T) => number = () => 1,
  ) {}

  /** Puts one in. Resolves when there is room for more; most often at once. */
  push(item: T): Promise<void> | undefined {
    return this.pushAll([item]);
  }

  /** Puts some in, all of them at once. */
  pushAll(items: readonly T[]): Promise<void> | undefined {
    for (const item of items) {
      this.#waiting.push(item);
      this.#weight += this.weigh(item);
    }
    this.#wake?.();
    if (this.#weight < this.limit) return undefined;
    return new Promise((resolve) => this.#room.push(resolve));
  }

  /** Nothing more comes. */
  close(): void {
    this.#isClosed = true;
    this.#wake?.();
  }

  /** All that has come since; undefined after the last. */
  async take(): Promise<readonly T[] | undefined> {
    while (this.#waiting.length === 0) {
      if (this.#isClosed) return undefined;
      await new Promise<void>((resolve) => (this.#wake = resolve));
      this.#wake = undefined;
    }
    const taken = this.#waiting;
    this.#waiting = [];
    this.#weight = 0;
    for (const goOn of this.#room.splice(0)) goOn();
    return taken;
  }
}

import type { Disposable } from '../../core/base/disposable.ts';
import type { WarmContainer } from '../../processes/docker/warmContainer.ts';

/** Where tests run, and how the machine reaches and names what is in there. */
export interface TestPlace {
  readonly container: WarmContainer;
  /** Of this machine's 127.0.0.1, for debugpy in the container. */
  readonly debugPort: number;
}

/** A container is kept this long after its last test. */
const idleMs = 10 * 60_000;

interface Warm {
  readonly place: Promise<TestPlace>;
  readonly starting: AbortController;
  users: number;
  timer?: NodeJS.Timeout;
}

/** The warm containers of a window, one for each set of what they are made of. They end with it. */
export class TestContainers implements Disposable {
  readonly #warm = new Map<string, Warm>();

  /**
   * Uses the container of this key, started where none is warm. Aborting leaves a start to those who wait for it as well,
   * and ends it where nobody does; the container stays. Rejects with the signal's reason where it was aborted before.
   */
  async use<T>(
    key: string,
    start: (signal: AbortSignal) => Promise<TestPlace>,
    task: (place: TestPlace) => Promise<T>,
    signal: AbortSignal,
  ): Promise<T> {
    signal.throwIfAborted();
    const warm = this.#warm.get(key) ?? this.#start(key, start);
    clearTimeout(warm.timer);
    warm.users += 1;
    try {
      return await task(await this.#started(key, warm, signal));
    } finally {
      warm.users -= 1;
      if (warm.users === 0) warm.timer = setTimeout(() => this.#end(key, warm), idleMs).unref();
    }
  }

  dispose(): void {
    for (const [key, warm] of this.#warm) this.#end(key, warm);
  }

  async #started(key: string, warm: Warm, signal: AbortSignal): Promise<TestPlace> {
    let leave: () => void = () => undefined;
    const left = new Promise<never>((_resolve, reject) => {
      leave = () => {
        // Who comes next must not wait for a start that is being ended.
        if (warm.users === 1) this.#end(key, warm);
        reject(signal.reason as Error);
      };
    });
    signal.addEventListener('abort', leave, { once: true });
    try {
      return await Promise.race([warm.place, left]);
    } finally {
      signal.removeEventListener('abort', leave);
    }
  }

  #start(key: string, start: (signal: AbortSignal) => Promise<TestPlace>): Warm {
    const starting = new AbortController();
    const warm: Warm = { place: start(starting.signal), starting, users: 0 };
    this.#warm.set(key, warm);
    const forget = (): void => {
      if (this.#warm.get(key) === warm) this.#warm.delete(key);
    };
    warm.place.then(async ({ container }) => await container.ended).then(forget, forget);
    return warm;
  }

  #end(key: string, warm: Warm): void {
    clearTimeout(warm.timer);
    if (this.#warm.get(key) === warm) this.#warm.delete(key);
    warm.starting.abort();
    void warm.place.then(async ({ container }) => await container.stop()).catch(() => undefined);
  }
}

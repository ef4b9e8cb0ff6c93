import type { Clock } from '../../../core/base/clock.ts';

export interface LoadedFactsPorts {
  readonly clock: Clock;
  /** Something could not be learned this time. */
  readonly onFailed: (error: unknown) => void;
  /** There is a fact that was not known. */
  readonly onReady: () => void;
}

/** An account that gave no answer is asked again after so long, when somebody still wants to know. */
const againMs = 30_000;

interface Fact<T> {
  readonly value?: T;
  /** When it may be asked for again; absent while it is asked for, and once it is known. */
  readonly againMs?: number;
}

/** Facts that an account is asked for once each; what it could not say is asked for again. */
export class LoadedFacts<T> {
  readonly #facts = new Map<string, Fact<T>>();

  constructor(private readonly ports: LoadedFactsPorts) {}

  /** Undefined while it is not known. */
  get(id: string, load: () => Promise<T | undefined>): T | undefined {
    const fact = this.#facts.get(id);
    if (fact && (fact.againMs ?? Infinity) > this.ports.clock.now()) return fact.value;
    this.#facts.set(id, {});
    void this.#load(id, load);
    return undefined;
  }

  async #load(id: string, load: () => Promise<T | undefined>): Promise<void> {
    const { clock, onFailed, onReady } = this.ports;
    try {
      const value = await load();
      if (value !== undefined) {
        this.#facts.set(id, { value });
        onReady();
        return;
      }
    } catch (error) {
      onFailed(error);
    }
    this.#facts.set(id, { againMs: clock.now() + againMs });
  }
}

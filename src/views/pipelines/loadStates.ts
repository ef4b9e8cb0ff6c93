import { backoffMs } from '../../core/base/backoff.ts';
import type { Clock } from '../../core/base/clock.ts';
import { isAbort, toUserError, type UserError } from '../../core/base/userError.ts';
import type { ItemNode } from './node.ts';

export type Urgency = 'soon' | 'later';

export interface StatePorts {
  readonly clock: Clock;
  /** Reads the newest run of an item into its node. */
  fetch(node: ItemNode, signal: AbortSignal): Promise<void>;
  changed(node: ItemNode): void;
  /** Calls have been refused for their rate for half a minute, or are taken again. */
  slowed(isSlowed: boolean): void;
}

/** Between two reads that nobody waits for: leaves most of an account's rate to what the user does. */
const laterPauseMs = 250;
const slowedAfterMs = 30_000;
const parallel = 3;

/**
 * Reads last states of one connection: what is looked at first, a few at a time; the rest one by one with pauses,
 * only while somebody sees the tree.
 */
export class LastStates {
  readonly #soon = new Set<ItemNode>();
  readonly #later = new Set<ItemNode>();
  readonly #waiting = new Map<ItemNode, (() => void)[]>();
  readonly #reading = new Set<ItemNode>();
  readonly #abort = new AbortController();
  #isVisible = true;
  #isPausing = false;
  #throttles = 0;
  #throttledSinceMs: number | undefined;

  constructor(private readonly ports: StatePorts) {}

  request(nodes: Iterable<ItemNode>, urgency: Urgency): void {
    for (const node of nodes) {
      // Its first answer is on the way. A later one may be older than what it is asked for again.
      if (this.#reading.has(node) && node.lastRun === undefined) continue;
      if (urgency === 'soon') {
        this.#later.delete(node);
        this.#soon.add(node);
      } else if (!this.#soon.has(node)) this.#later.add(node);
    }
    this.#work();
  }

  /** Resolves when the node's state has been read, or could not be. */
  async now(node: ItemNode): Promise<void> {
    await new Promise<void>((resolve) => {
      if (this.#abort.signal.aborted) {
        resolve();
        return;
      }
      this.#waiting.set(node, [...(this.#waiting.get(node) ?? []), resolve]);
      this.request([node], 'soon');
    });
  }

  /** Rows that are gone need no state. */
  forget(nodes: Iterable<ItemNode>): void {
    for (const node of nodes) {
      this.#soon.delete(node);
      this.#later.delete(node);
      this.#done(node);
    }
  }

  set visible(isVisible: boolean) {
    this.#isVisible = isVisible;
    this.#work();
  }

  dispose(): void {
    this.#abort.abort();
    this.forget([...this.#soon, ...this.#later, ...this.#waiting.keys()]);
  }

  #work(): void {
    if (this.#abort.signal.aborted || this.#throttles > 0) return;
    while (this.#reading.size < parallel && this.#soon.size > 0) {
      const [node] = this.#soon;
      if (node === undefined) return;
      this.#soon.delete(node);
      void this.#read(node);
    }
    if (this.#reading.size === 0 && this.#later.size > 0 && this.#isVisible && !this.#isPausing) void this.#readLater();
  }

  async #readLater(): Promise<void> {
    this.#isPausing = true;
    try {
      await this.ports.clock.sleep(laterPauseMs, this.#abort.signal);
    } catch {
      return;
    } finally {
      this.#isPausing = false;
    }
    if (this.#reading.size > 0 || this.#throttles > 0 || !this.#isVisible) return;
    const [node] = this.#later;
    if (node === undefined) return;
    this.#later.delete(node);
    await this.#read(node);
  }

  async #read(node: ItemNode): Promise<void> {
    this.#reading.add(node);
    try {
      await this.ports.fetch(node, this.#abort.signal);
      delete node.stateError;
      this.#unthrottle();
    } catch (thrown) {
      if (isAbort(thrown)) this.#unthrottle();
      else if (!this.#abort.signal.aborted) this.#failed(node, toUserError(thrown));
    } finally {
      this.#reading.delete(node);
      this.#done(node);
    }
    if (this.#abort.signal.aborted) return;
    this.ports.changed(node);
    this.#work();
  }

  #failed(node: ItemNode, error: UserError): void {
    if (error.code === 'throttled') {
      this.#later.add(node);
      void this.#backOff();
      return;
    }
    // Whatever else is wrong, calls are no longer refused for their rate: nothing else would end the wait.
    this.#unthrottle();
    node.stateError = error;
    // Every other item would fail alike: one call told all there is to know.
    if (error.code === 'access-denied') this.#dropSection(node, error);
  }

  #dropSection(failed: ItemNode, error: UserError): void {
    for (const node of this.#later) {
      if (node.section !== failed.section) continue;
      this.#later.delete(node);
      node.stateError = error;
    }
  }

  async #backOff(): Promise<void> {
    const { clock } = this.ports;
    this.#throttles++;
    this.#throttledSinceMs ??= clock.now();
    if (clock.now() - this.#throttledSinceMs >= slowedAfterMs) this.ports.slowed(true);
    const attempt = this.#throttles;
    try {
      await clock.sleep(
        backoffMs(attempt, { baseMs: 4_000, maxMs: 30_000 }, () => 0.5),
        this.#abort.signal,
      );
    } catch {
      return;
    }
    if (attempt !== this.#throttles) return;
    // One probe decides whether to go on; it throttles again or clears the count.
    const probe = [...this.#soon, ...this.#later][0];
    if (probe === undefined) this.#unthrottle();
    else {
      this.#soon.delete(probe);
      this.#later.delete(probe);
      await this.#read(probe);
    }
  }

  #unthrottle(): void {
    if (this.#throttles === 0) return;
    this.#throttles = 0;
    this.#throttledSinceMs = undefined;
    this.ports.slowed(false);
  }

  #done(node: ItemNode): void {
    const resolvers = this.#waiting.get(node) ?? [];
    this.#waiting.delete(node);
    for (const resolve of resolvers) resolve();
  }
}

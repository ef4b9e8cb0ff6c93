import type { Pages } from '../../aws/calls/pages.ts';
import { toUserError, type UserError } from '../../core/base/userError.ts';
import { itemName, itemResource, type Item, type ItemNode } from './node.ts';

export interface ItemReadingPorts {
  list(signal: AbortSignal): Pages<Item>;
  /** Resources to have whether the pages read so far name them or not; one that is gone or refused is left out. */
  pinned(): readonly string[];
  get(resource: string, signal: AbortSignal): Promise<Item>;
  /** The row's one object, made or brought up to date. */
  toNode(item: Item): ItemNode;
  isEnough(nodes: readonly ItemNode[]): boolean;
  progressed(): void;
  /** No more is read for now: enough, all, or an error. */
  rested(): void;
}

/** One reading of a section's list, as far as somebody wants it. After an error it is over; what was read stays. */
export class ItemReading {
  /** In the order of the pages, each page by name, so that a row never moves when a later page arrives. */
  readonly nodes: ItemNode[] = [];
  isComplete = false;
  error: UserError | undefined;
  readonly #pages: AsyncIterator<readonly Item[]>;
  readonly #resources = new Set<string>();
  readonly #abort = new AbortController();
  #isFirst = true;
  #isReading = false;

  constructor(private readonly ports: ItemReadingPorts) {
    this.#pages = ports.list(this.#abort.signal)[Symbol.asyncIterator]();
  }

  get isReading(): boolean {
    return this.#isReading;
  }

  /** Reads on until there is enough. Nothing where that is so already, or where it is under way. */
  readOn(): void {
    if (this.#isReading || this.error || this.#abort.signal.aborted) return;
    if (!this.#isFirst && (this.isComplete || this.ports.isEnough(this.nodes))) return;
    this.#isReading = true;
    void this.#read();
  }

  abort(): void {
    this.#abort.abort();
    // A source that is waiting for an answer ends by the signal; its own clean-up has nobody to tell.
    void this.#pages.return?.().catch(() => undefined);
  }

  #isOver(): boolean {
    return this.#abort.signal.aborted;
  }

  async #read(): Promise<void> {
    try {
      while (this.#isFirst || (!this.isComplete && !this.ports.isEnough(this.nodes))) {
        const page = await this.#pages.next();
        if (this.#isOver()) return;
        this.isComplete = page.done === true;
        this.#add(page.done === true ? [] : page.value);
        if (this.#isFirst) {
          this.#isFirst = false;
          await this.#readPins(this.#abort.signal);
        }
        if (!this.#isOver()) this.ports.progressed();
      }
    } catch (thrown) {
      if (this.#isOver()) return;
      this.error = toUserError(thrown);
    }
    if (this.#isOver()) return;
    this.#isReading = false;
    this.ports.rested();
  }

  async #readPins(signal: AbortSignal): Promise<void> {
    const missing = this.isComplete ? [] : this.ports.pinned().filter((resource) => !this.#resources.has(resource));
    const found = await Promise.allSettled(missing.map(async (resource) => await this.ports.get(resource, signal)));
    this.#add(found.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : [])));
  }

  #add(items: readonly Item[]): void {
    for (const item of [...items].sort((a, b) => compareNames(itemName(a), itemName(b)))) {
      const node = this.ports.toNode(item);
      const resource = itemResource(item);
      if (this.#resources.has(resource)) continue;
      this.#resources.add(resource);
      this.nodes.push(node);
    }
  }
}

const collator = new Intl.Collator(undefined, { numeric: true });

export function compareNames(a: string, b: string): number {
  return collator.compare(a, b);
}

import type { Account } from '../../aws/account.ts';
import { isTerminal, type RunSummary } from '../../core/runs/model.ts';
import { compareNames, ItemReading } from './loadItems.ts';
import { getItem, listItems } from './loadSource.ts';
import type { Urgency } from './loadStates.ts';
import { newestRun } from './newestRun.ts';
import { itemId, itemName, itemResource, nodeId } from './node.ts';
import type { Item, ItemNode, Note, PipelineNode, SectionNode } from './node.ts';

export interface SectionPorts {
  account(signal: AbortSignal): Promise<Account>;
  /** Whether the filter lets a name through. */
  matches(name: string): boolean;
  isFiltered(): boolean;
  /** Resources of this section that the user pinned. */
  pinned(): readonly string[];
  /** Runs of a resource that Sluice watches or has watched, newest first. */
  tracked(resource: string): readonly RunSummary[];
  wantStates(nodes: readonly ItemNode[], urgency: Urgency): void;
  changed(node: SectionNode): void;
}

/** Rows that the first look at a section and each "Load more…" bring. */
export const rowsPerLoad = 200;
/** Up to this many rows that a filter found have their states read at once. */
const filteredStates = 50;

/** The rows of one section: read as far as they are shown, one object per resource over every reload. */
export class SectionRows {
  readonly #nodes = new Map<string, ItemNode>();
  #reading: ItemReading | undefined;
  #isErrorShown = false;
  #goal = rowsPerLoad;
  #waiting: (() => void)[] = [];
  /** Rows whose state was read before the last reload. */
  readonly #stale = new Set<ItemNode>();

  constructor(
    readonly node: SectionNode,
    private readonly ports: SectionPorts,
  ) {}

  /** Resolves as soon as there is a row to show; what comes after is announced by `changed`. Never rejects. */
  async children(): Promise<readonly PipelineNode[]> {
    if (!this.#reading || (this.#reading.error && this.#isErrorShown)) this.#start();
    if (this.#reading?.isReading === true && this.#shown().length === 0) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
    const rows = this.#shown();
    this.#wantStates(rows);
    return [...rows, ...this.#lastRows(rows.length)];
  }

  /** Reads the first page, so that the count is known before the section is opened. */
  prefetch(): void {
    if (!this.#reading) this.#start();
  }

  loadMore(): void {
    this.#goal += rowsPerLoad;
    this.#reading?.readOn();
    this.ports.changed(this.node);
  }

  /** Forgets the list, not the rows' objects: the next `children` reads anew. */
  reload(): void {
    this.#reading?.abort();
    this.#reading = undefined;
    this.#goal = rowsPerLoad;
    for (const node of this.#nodes.values()) {
      delete node.stateError;
      this.#stale.add(node);
    }
    this.#wake();
  }

  /** The filter or the pins are others: shows what is there and reads on where that is too little. */
  rearrange(): void {
    const reading = this.#reading;
    if (!reading) return;
    const pinned = new Set(this.ports.pinned());
    for (const node of this.#nodes.values()) node.pinned = pinned.has(itemResource(node.item));
    reading.readOn();
    this.#count();
    this.ports.changed(this.node);
  }

  find(resource: string): ItemNode | undefined {
    return this.#nodes.get(resource);
  }

  get items(): readonly ItemNode[] {
    return this.#reading?.nodes ?? [];
  }

  #start(): void {
    this.reload();
    this.#isErrorShown = false;
    const { ports, node } = this;
    const reading = new ItemReading({
      list: (signal) => this.#list(signal),
      get: async (resource, signal) => await getItem(await ports.account(signal), node.section, resource, signal),
      pinned: () => ports.pinned(),
      toNode: (item) => this.#toNode(item),
      isEnough: (nodes) => nodes.filter((row) => this.#isShown(row)).length >= this.#goal,
      progressed: () => {
        if (this.#reading === reading) this.#progressed();
      },
      rested: () => {
        if (this.#reading === reading) this.#rested();
      },
    });
    this.#reading = reading;
    reading.readOn();
  }

  async *#list(signal: AbortSignal): AsyncGenerator<readonly Item[]> {
    yield* listItems(await this.ports.account(signal), this.node.section, signal);
  }

  #progressed(): void {
    this.#count();
    if (this.#waiting.length === 0) this.ports.changed(this.node);
    else if (this.#shown().length > 0) this.#wake();
  }

  #rested(): void {
    this.#count();
    const isWaitedFor = this.#waiting.length > 0;
    this.#wake();
    // An error that a waiting `children` shows needs no announcement: that would only make it read again.
    if (!isWaitedFor || this.#reading?.error === undefined) this.ports.changed(this.node);
  }

  #wake(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }

  #toNode(item: Item): ItemNode {
    const resource = itemResource(item);
    const { connection, section } = this.node;
    const [watched] = this.ports.tracked(resource);
    let node = this.#nodes.get(resource);
    if (node) node.item = item;
    else {
      const id = itemId(connection.id, section, resource);
      node = { kind: 'item', id, connection, section, item, pinned: false, recent: [] };
      this.#nodes.set(resource, node);
      if (watched && !isTerminal(watched.state)) {
        // That it is on needs no reading; what else there was does.
        node.lastRun = watched;
        this.#stale.add(node);
      }
    }
    node.pinned = this.ports.pinned().includes(resource);
    if (item.kind === 'workflow') {
      node.lastRun = newestRun(item.workflow.lastRun, watched);
      this.#stale.delete(node);
    }
    return node;
  }

  #isShown(node: ItemNode): boolean {
    return this.ports.matches(itemName(node.item));
  }

  /** Pinned rows first, by name. */
  #shown(): readonly ItemNode[] {
    const shown = this.items.filter((node) => this.#isShown(node));
    const pinned = shown.filter((node) => node.pinned);
    pinned.sort((a, b) => compareNames(itemName(a.item), itemName(b.item)));
    return [...pinned, ...shown.filter((node) => !node.pinned)].slice(0, Math.max(this.#goal, pinned.length));
  }

  #lastRows(shownCount: number): readonly PipelineNode[] {
    const { connection, id } = this.node;
    const reading = this.#reading;
    if (!reading) return [];
    if (reading.error) {
      this.#isErrorShown = true;
      return [{ kind: 'error', id: nodeId(id, 'error'), connection, parent: this.node, error: reading.error }];
    }
    if (reading.isReading) return [];
    const hasMore = !reading.isComplete || this.node.shown > shownCount;
    if (hasMore) return [{ kind: 'more', id: nodeId(id, 'more'), connection, parent: this.node }];
    if (shownCount > 0) return [];
    const note: Note = reading.nodes.length === 0 ? 'empty' : 'noMatch';
    return [{ kind: 'note', id: nodeId(id, note), connection, parent: this.node, note }];
  }

  #count(): void {
    this.node.loaded = this.items.length;
    this.node.complete = this.#reading?.isComplete ?? false;
    this.node.filtered = this.ports.isFiltered();
    this.node.shown = this.items.filter((node) => this.#isShown(node)).length;
    const error = this.#reading?.error;
    if (error) this.node.error = error;
    else delete this.node.error;
  }

  #wantStates(rows: readonly ItemNode[]): void {
    const isUnknown = (node: ItemNode): boolean => node.lastRun === undefined || this.#stale.has(node);
    const unknown = rows.filter((node) => isUnknown(node) && node.stateError === undefined);
    for (const node of unknown) this.#stale.delete(node);
    const isFew = this.ports.isFiltered() && rows.length <= filteredStates;
    const urgent = (node: ItemNode): boolean => isFew || node.pinned;
    this.ports.wantStates(unknown.filter(urgent), 'soon');
    this.ports.wantStates(
      unknown.filter((node) => !urgent(node)),
      'later',
    );
  }
}

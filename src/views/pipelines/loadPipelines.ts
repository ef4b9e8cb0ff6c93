import type { Account } from '../../aws/account.ts';
import type { Clock } from '../../core/base/clock.ts';
import type { Disposable } from '../../core/base/disposable.ts';
import { Emitter, type Event } from '../../core/base/emitter.ts';
import type { Connection } from '../../core/connections/connection.ts';
import { isTerminal, type RunKind, type RunSummary } from '../../core/runs/model.ts';
import { isNode, itemResource } from './node.ts';
import type { ConnectionNode, ItemNode, PipelineNode, RunNode, Section } from './node.ts';
import type { ConnectionPorts, ConnectionRows } from './loadConnection.ts';
import { isSameRun, newestRun } from './newestRun.ts';
import { RunTicker } from './runTicker.ts';

/** Runs that Sluice watches or has watched. */
export interface TrackedRuns {
  /** Of one resource, newest first. */
  of(connectionId: string, resource: string): readonly RunSummary[];
  readonly onDidChange: Event<RunSummary>;
}

export interface PipelinesPorts {
  readonly clock: Clock;
  readonly tracked: TrackedRuns;
  /** Roots of the tree, in their order. */
  connections(): readonly Connection[];
  account(connection: Connection, signal: AbortSignal): Promise<Account>;
  /** Resources that the user pinned to the top of a section. */
  pinned(connection: Connection, section: Section): readonly string[];
}

const sectionOf: Readonly<Partial<Record<RunKind, Section>>> = {
  jobRun: 'jobs',
  workflowRun: 'workflows',
  execution: 'machines',
};

/** The Pipelines tree without a view: what is under a node, and which nodes are others than a moment ago. */
export class Pipelines implements Disposable {
  readonly #changes = new Emitter<readonly PipelineNode[] | undefined>();
  readonly #connections = new Map<string, ConnectionRows>();
  readonly #changed = new Set<PipelineNode>();
  readonly #subscription: Disposable;
  readonly #abort = new AbortController();
  readonly #ticker: RunTicker;
  #words: readonly string[] = [];
  #isVisible = false;

  /** Nodes to draw again, with what is under them; undefined for the whole tree. Several changes come together. */
  readonly onDidChange: Event<readonly PipelineNode[] | undefined> = this.#changes.event;

  constructor(private readonly ports: PipelinesPorts) {
    this.#ticker = new RunTicker({
      clock: ports.clock,
      active: () => (this.#isVisible ? this.#active() : []),
      draw: (nodes) => this.redrawRows(nodes),
      look: (nodes) => this.#lookAgain(nodes),
    });
    this.#subscription = ports.tracked.onDidChange((run) => this.#runChanged(run));
  }

  /** Never rejects: what fails is a row. */
  async children(node?: PipelineNode): Promise<readonly PipelineNode[]> {
    switch (node?.kind) {
      case undefined:
        return await this.#roots();
      case 'connection':
        return (await this.#of(node)?.children()) ?? [];
      case 'section':
        return (await this.#of(node)?.section(node.section)?.children()) ?? [];
      case 'item': {
        const rows = await this.#of(node)?.runs(node).children();
        this.#ticker.start(this.#abort.signal);
        return rows ?? [];
      }
      default:
        return [];
    }
  }

  parent(node: PipelineNode): PipelineNode | undefined {
    switch (node.kind) {
      case 'connection':
        return undefined;
      case 'section':
        return this.#of(node)?.node;
      case 'item':
        return this.#of(node)?.section(node.section)?.node;
      case 'trigger':
      case 'run':
        return node.item;
      case 'more':
      case 'error':
      case 'note':
        return node.parent;
    }
  }

  /** Reads again what is under a node, or everything; what is under way for it ends. */
  refresh(node?: PipelineNode): void {
    if (!node) {
      for (const rows of this.#connections.values()) rows.reload();
      this.#changes.fire(undefined);
      return;
    }
    switch (node.kind) {
      case 'connection':
        this.#of(node)?.reload();
        break;
      case 'section':
        this.#of(node)?.section(node.section)?.reload();
        break;
      case 'item':
        delete node.stateError;
        this.#of(node)?.runs(node).reload();
        this.#of(node)?.states.request([node], 'soon');
        break;
      default: {
        const parent = this.parent(node);
        if (parent) this.refresh(parent);
        return;
      }
    }
    this.#announce(node);
  }

  /** The row that a menu or a link names: the row itself, or its id. */
  find(target: unknown): PipelineNode | undefined {
    if (typeof target === 'object' && target !== null) return isNode(target) ? target : undefined;
    if (typeof target !== 'string') return undefined;
    for (const rows of this.#connections.values()) {
      for (const { items } of rows.sections) {
        const item = items.find(({ id }) => id === target);
        if (item) return item;
      }
      for (const runs of rows.opened) {
        const run = runs.findById(target);
        if (run) return run;
      }
    }
    return undefined;
  }

  /** Draws the whole tree again from what is known. */
  redraw(): void {
    this.#changes.fire(undefined);
  }

  /** Draws some rows again from what is known. */
  redrawRows(nodes: readonly PipelineNode[]): void {
    for (const node of nodes) this.#announce(node);
  }

  /** Twelve digits, once the account of the node's connection has told them. */
  accountIdOf(node: PipelineNode): string | undefined {
    return this.#connections.get(node.connection.id)?.node.accountId;
  }

  /** Reads again what is under these connections. */
  renew(connections: readonly Connection[]): void {
    for (const { id } of connections) {
      const rows = this.#connections.get(id);
      if (rows) this.refresh(rows.node);
    }
  }

  /** Brings the next rows of the list that a "Load more…" row ends. */
  async loadMore(node: PipelineNode): Promise<void> {
    if (node.kind !== 'more') return;
    const { parent } = node;
    if (parent.kind === 'section') this.#of(parent)?.section(parent.section)?.loadMore();
    else await this.#of(parent)?.runs(parent).loadMore();
  }

  /** Resolves when the last state of an item is known, or cannot be. */
  async ensureState(node: ItemNode): Promise<void> {
    if (node.lastRun === undefined && node.stateError === undefined) await this.#of(node)?.states.now(node);
  }

  /** Names that hold every word of `text` are shown, without regard to case. */
  set filter(text: string) {
    this.#words = text.toLowerCase().split(/\s+/).filter(Boolean);
    this.rearrange();
  }

  /** The pins or the filter are others. */
  rearrange(): void {
    for (const rows of this.#connections.values()) for (const section of rows.sections) section.rearrange();
  }

  /** Whether somebody can see the tree: if not, nothing ticks and nothing is read ahead. */
  set visible(isVisible: boolean) {
    this.#isVisible = isVisible;
    for (const rows of this.#connections.values()) rows.states.visible = isVisible;
    this.#ticker.start(this.#abort.signal);
  }

  /** The row of a resource, once its section has been read that far. */
  findItem(connectionId: string, section: Section, resource: string): ItemNode | undefined {
    return this.#connections.get(connectionId)?.section(section)?.find(resource);
  }

  dispose(): void {
    this.#abort.abort();
    this.#subscription.dispose();
    for (const rows of this.#connections.values()) rows.dispose();
    this.#connections.clear();
    this.#changes.dispose();
  }

  /** The first look at the tree brings the code of what is read under a connection. */
  async #roots(): Promise<readonly ConnectionNode[]> {
    const { ConnectionRows } = await import('./loadConnection.ts');
    if (this.#abort.signal.aborted) return [];
    const wanted = this.ports.connections();
    const ids = new Set(wanted.map(({ id }) => id));
    for (const [id, rows] of this.#connections) {
      if (ids.has(id)) continue;
      rows.dispose();
      this.#connections.delete(id);
    }
    return wanted.map((connection) => {
      let rows = this.#connections.get(connection.id);
      if (!rows) {
        rows = new ConnectionRows(connection, this.#portsOfRows());
        rows.states.visible = this.#isVisible;
        this.#connections.set(connection.id, rows);
      }
      return rows.node;
    });
  }

  /** Undefined for a row of a connection that has been removed. */
  #of(node: PipelineNode): ConnectionRows | undefined {
    return this.#connections.get(node.connection.id);
  }

  #portsOfRows(): ConnectionPorts {
    const { ports } = this;
    return {
      clock: ports.clock,
      account: async (of, signal) => await ports.account(of, signal),
      matches: (name) => this.#matches(name),
      isFiltered: () => this.#words.length > 0,
      pinned: (of, section) => ports.pinned(of, section),
      tracked: (of, resource) => ports.tracked.of(of.id, resource),
      changed: (node) => this.#announce(node),
    };
  }

  #matches(name: string): boolean {
    const lower = name.toLowerCase();
    return this.#words.every((word) => lower.includes(word));
  }

  /** Gathers what changes within one turn, so that a view draws once. */
  #announce(node: PipelineNode): void {
    this.#changed.add(node);
    if (node.kind === 'item') this.#ticker.start(this.#abort.signal);
    if (this.#changed.size > 1) return;
    queueMicrotask(() => {
      const nodes = [...this.#changed];
      this.#changed.clear();
      if (nodes.length > 0) this.#changes.fire(nodes);
    });
  }

  #runChanged(run: RunSummary): void {
    const rows = this.#connections.get(run.key.connectionId);
    if (!rows) return;
    const section = sectionOf[run.key.kind];
    const node = section && rows.section(section)?.find(run.key.resource);
    if (!node) return;
    const newest = this.ports.tracked.of(run.key.connectionId, run.key.resource)[0];
    // What is told of a run just now is newer than what a list said of the same.
    if (newest)
      node.lastRun = node.lastRun && !isSameRun(newest, node.lastRun) ? newestRun(node.lastRun, newest) : newest;
    this.#announce(node);
    if (isTerminal(run.state)) rows.states.request([node], 'later');
  }

  #lookAgain(active: readonly (ItemNode | RunNode)[]): void {
    const unwatched = active.filter((node) => !this.#isWatched(node));
    // Also under an item whose newest run is over, an older one may be on.
    for (const node of new Set(unwatched.map((each) => (each.kind === 'item' ? each : each.item)))) {
      const rows = this.#of(node);
      if (rows?.runs(node).isOpen) {
        rows.runs(node).renew();
        this.#announce(node);
      } else rows?.states.request([node], 'soon');
    }
  }

  #isWatched(node: ItemNode | RunNode): boolean {
    const { connection, item } = node.kind === 'item' ? node : node.item;
    const id = node.kind === 'item' ? node.lastRun?.key.id : node.run.key.id;
    return this.ports.tracked.of(connection.id, itemResource(item)).some(({ key }) => key.id === id);
  }

  #active(): readonly (ItemNode | RunNode)[] {
    return [...this.#connections.values()].flatMap((rows) => [
      ...rows.sections.flatMap(({ items }) => items.filter(({ lastRun }) => lastRun && !isTerminal(lastRun.state))),
      ...[...rows.opened].flatMap(({ active }) => active),
    ]);
  }
}

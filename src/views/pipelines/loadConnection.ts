import type { Account } from '../../aws/account.ts';
import type { Clock } from '../../core/base/clock.ts';
import { toUserError, type UserError, type UserErrorCode } from '../../core/base/userError.ts';
import type { Connection } from '../../core/connections/connection.ts';
import type { RunSummary } from '../../core/runs/model.ts';
import { RunRows } from './loadRuns.ts';
import { SectionRows } from './loadSection.ts';
import { listRuns } from './loadSource.ts';
import { LastStates } from './loadStates.ts';
import { newestRun } from './newestRun.ts';
import { itemResource, nodeId, sections } from './node.ts';
import type { ConnectionNode, ItemNode, PipelineNode, Section } from './node.ts';

export interface ConnectionPorts {
  readonly clock: Clock;
  account(connection: Connection, signal: AbortSignal): Promise<Account>;
  matches(name: string): boolean;
  isFiltered(): boolean;
  pinned(connection: Connection, section: Section): readonly string[];
  tracked(connection: Connection, resource: string): readonly RunSummary[];
  changed(node: PipelineNode): void;
}

/** With these, no section can be read: the connection says it once, in the place of its sections. */
const wholeConnection = new Set<UserErrorCode>([
  'sso-expired',
  'credentials-expired',
  'credentials-missing',
  'profile-invalid',
  'endpoint-invalid',
  'mfa-refused',
  // Declined: an MFA code was asked for, and nobody gave one.
  'aborted',
]);
const recentRuns = 5;

/** Everything that is read under one connection. */
export class ConnectionRows {
  readonly node: ConnectionNode;
  readonly sections: readonly SectionRows[];
  readonly states: LastStates;
  readonly #runs = new Map<ItemNode, RunRows>();
  #abort = new AbortController();
  #identified: Promise<UserError | undefined> | undefined;

  constructor(
    readonly connection: Connection,
    private readonly ports: ConnectionPorts,
  ) {
    this.node = { kind: 'connection', id: connection.id, connection };
    const account = async (signal: AbortSignal): Promise<Account> => await ports.account(connection, signal);
    this.states = new LastStates({
      clock: ports.clock,
      fetch: async (node, signal) => await this.#fetchState(node, signal),
      changed: (node) => ports.changed(node),
      slowed: (isSlowed) => this.#slowed(isSlowed),
    });
    this.sections = sections.map((section) => {
      const id = nodeId(connection.id, section);
      const flags = { complete: false, shown: 0, filtered: false, slowed: false };
      return new SectionRows(
        { kind: 'section', id, connection, section, ...flags },
        {
          account,
          matches: (name) => ports.matches(name),
          isFiltered: () => ports.isFiltered(),
          pinned: () => ports.pinned(connection, section),
          tracked: (resource) => ports.tracked(connection, resource),
          wantStates: (nodes, urgency) => this.states.request(nodes, urgency),
          changed: (node) => ports.changed(node),
        },
      );
    });
  }

  /** The sections, or the one thing that keeps all of them from being read. Never rejects. */
  async children(): Promise<readonly PipelineNode[]> {
    this.#identified ??= this.#identify(this.#abort.signal);
    const { connection, node } = this;
    const error = await this.#identified;
    if (error) {
      this.#identified = undefined;
      return [{ kind: 'error', id: nodeId(node.id, 'error'), connection, parent: node, error }];
    }
    for (const section of this.sections) section.prefetch();
    return this.sections.map((section) => section.node);
  }

  section(section: Section): SectionRows | undefined {
    return this.sections.find((rows) => rows.node.section === section);
  }

  runs(node: ItemNode): RunRows {
    const { ports, connection } = this;
    let rows = this.#runs.get(node);
    if (!rows) {
      rows = new RunRows(node, {
        account: async (signal) => await ports.account(connection, signal),
        tracked: () => ports.tracked(connection, itemResource(node.item)),
        changed: (changed) => ports.changed(changed),
      });
      this.#runs.set(node, rows);
    }
    return rows;
  }

  /** Rows under items that were opened. */
  get opened(): Iterable<RunRows> {
    return this.#runs.values();
  }

  /** Forgets what was read; the next look reads anew. */
  reload(): void {
    this.#abort.abort();
    this.#abort = new AbortController();
    this.#identified = undefined;
    for (const section of this.sections) section.reload();
    for (const runs of this.#runs.values()) runs.reload();
  }

  dispose(): void {
    this.reload();
    this.#abort.abort();
    this.states.dispose();
  }

  /** Who the caller is. Undefined also where that is not known but the sections may be. */
  async #identify(signal: AbortSignal): Promise<UserError | undefined> {
    try {
      const account = await this.ports.account(this.connection, signal);
      const { accountId } = await account.identity(signal);
      if (signal.aborted || this.node.accountId === accountId) return undefined;
      this.node.accountId = accountId;
      this.ports.changed(this.node);
      return undefined;
    } catch (thrown) {
      if (signal.aborted) return undefined;
      const error = toUserError(thrown);
      return this.connection.kind === 'local' || wholeConnection.has(error.code) ? error : undefined;
    }
  }

  async #fetchState(node: ItemNode, signal: AbortSignal): Promise<void> {
    const account = await this.ports.account(this.connection, signal);
    const page = await listRuns(account, node.item, { pageSize: recentRuns }, signal);
    // Only now: a run that is watched goes on while the list is read, and is told of once.
    const tracked = this.ports.tracked(this.connection, itemResource(node.item));
    node.recent = page.items.length > 0 ? page.items : tracked.slice(0, recentRuns);
    node.lastRun = newestRun(page.items[0], tracked[0]);
  }

  #slowed(isSlowed: boolean): void {
    for (const { node } of this.sections) {
      node.slowed = isSlowed;
      this.ports.changed(node);
    }
  }
}

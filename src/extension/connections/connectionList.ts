import { Emitter, type Event } from '../../core/base/emitter.ts';
import { parseConnectionId, type Connection } from '../../core/connections/connection.ts';
import type { TypedMemento, workspaceState } from '../state.ts';

/** Which connections this workspace has, in the order of their tree roots, and which one is active. Kept per workspace. */
export class ConnectionList {
  readonly #changed = new Emitter<void>();
  #all: readonly Connection[];
  #activeId: string;

  constructor(private readonly state: TypedMemento<typeof workspaceState>) {
    this.#all = state.get('connections')?.flatMap((id) => parseConnectionId(id) ?? []) ?? [];
    this.#activeId = state.get('activeConnection');
  }

  get all(): readonly Connection[] {
    return this.#all;
  }

  get active(): Connection | undefined {
    return this.#all.find(({ id }) => id === this.#activeId) ?? this.#all[0];
  }

  readonly onDidChange: Event<void> = this.#changed.event;

  /** What the workspace has as long as nobody chose; not kept. */
  suggest(connections: readonly Connection[]): void {
    if (this.state.get('connections') !== undefined) return;
    this.#all = connections;
    this.#changed.fire();
  }

  /** Makes it active; a connection that is new comes last in the list. */
  async use(connection: Connection): Promise<void> {
    if (!this.#all.some(({ id }) => id === connection.id)) this.#all = [...this.#all, connection];
    this.#activeId = connection.id;
    await this.#keep();
  }

  /** Takes the place of `old` in the list, and is active. */
  async replace(old: Connection, connection: Connection): Promise<void> {
    const others = this.#all.filter(({ id }) => id !== connection.id || id === old.id);
    this.#all = others.map((item) => (item.id === old.id ? connection : item));
    await this.use(connection);
  }

  async remove(connection: Connection): Promise<void> {
    this.#all = this.#all.filter(({ id }) => id !== connection.id);
    if (this.#activeId === connection.id) this.#activeId = this.#all[0]?.id ?? '';
    await this.#keep();
  }

  dispose(): void {
    this.#changed.dispose();
  }

  async #keep(): Promise<void> {
    this.#changed.fire();
    const ids = this.#all.map(({ id }) => id);
    await Promise.all([this.state.set('connections', ids), this.state.set('activeConnection', this.#activeId)]);
  }
}

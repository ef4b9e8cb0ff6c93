import type { Clock } from '../../core/base/clock.ts';
import type { Disposable } from '../../core/base/disposable.ts';
import { Emitter, type Event } from '../../core/base/emitter.ts';
import { connectionLabel, type Connection } from '../../core/connections/connection.ts';
import type { InventorySnapshot, KindNames, ResourceKind } from '../../core/existence/inventory.ts';

/** What is kept of one connection. Those of an account that was forgotten are still written to and read no more. */
export interface Books {
  readonly kinds: Map<ResourceKind, KindNames>;
  /** When something was asked last: a kind, or a question about one name. */
  readonly askedMs: Map<string, number>;
  /** IAM actions and kinds that are denied or not there; nobody asks again until another account may be behind it. */
  readonly refused: Set<string>;
}

/** What is known of the accounts of the connections, as far as something has listed them: the tree, a save, an export. */
export class Inventories implements Disposable {
  readonly #known = new Map<string, Books>();
  readonly #changed = new Emitter<void>();

  constructor(
    readonly clock: Clock,
    private readonly accountId: (connection: Connection) => string | undefined,
  ) {}

  readonly onDidChange: Event<void> = this.#changed.event;

  /** What is known of a connection, however old; undefined where nothing is. */
  snapshot(connection: Connection): InventorySnapshot | undefined {
    const kinds = this.#known.get(connection.id)?.kinds;
    if (kinds === undefined || kinds.size === 0) return undefined;
    return {
      place: connectionLabel(connection),
      region: connection.region,
      accountId: this.accountId(connection),
      ...(connection.kind === 'local' && { isLocal: true }),
      kinds: Object.fromEntries(kinds),
    };
  }

  /** The books of a connection, for who lists it; what is changed in them is told with `changed`. */
  of({ id }: Connection): Books {
    let known = this.#known.get(id);
    if (known === undefined) {
      known = { kinds: new Map(), askedMs: new Map(), refused: new Set() };
      this.#known.set(id, known);
    }
    return known;
  }

  changed(): void {
    this.#changed.fire();
  }

  /** Another account may be behind these connections now. */
  forget(connections: readonly Connection[]): void {
    for (const { id } of connections) this.#known.delete(id);
    this.#changed.fire();
  }

  dispose(): void {
    this.#known.clear();
    this.#changed.dispose();
  }
}

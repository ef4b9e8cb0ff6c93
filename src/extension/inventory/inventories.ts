import type { Account, Pages } from '../../aws/account.ts';
import type { Clock } from '../../core/base/clock.ts';
import type { Disposable } from '../../core/base/disposable.ts';
import { Emitter, type Event } from '../../core/base/emitter.ts';
import { connectionLabel, type Connection } from '../../core/connections/connection.ts';
import type { InventorySnapshot, KindNames, ResourceKind } from '../../core/existence/inventory.ts';

/** How long a listing stands: what is not there is worth a few calls every five minutes, not at every save. */
const freshForMs = 5 * 60_000;

/** What of an account the inventory keeps. */
interface Listed {
  readonly name: string;
}

/** The names that the accounts of the connections have, as far as something has listed them: the tree, a save, an export. */
export class Inventories implements Disposable {
  readonly #known = new Map<string, Map<ResourceKind, KindNames>>();
  readonly #listedMs = new Map<string, number>();
  readonly #changed = new Emitter<void>();

  constructor(
    private readonly clock: Clock,
    private readonly accountId: (connection: Connection) => string | undefined,
  ) {}

  readonly onDidChange: Event<void> = this.#changed.event;

  /** What is known of a connection, however old; undefined where nothing is. */
  snapshot(connection: Connection): InventorySnapshot | undefined {
    const kinds = this.#known.get(connection.id);
    if (kinds === undefined) return undefined;
    return {
      place: connectionLabel(connection),
      region: connection.region,
      accountId: this.accountId(connection),
      kinds: Object.fromEntries(kinds),
    };
  }

  /** The account, of which every whole listing is noted as it goes by. */
  recording(connection: Connection, account: Account): Account {
    const { glue, stepFunctions } = account;
    const note = (kind: ResourceKind) => (items: readonly Listed[]) => this.#note(connection, kind, items);
    return withMethods(account, {
      glue: withMethods(glue, {
        listJobs: (signal) => noted(glue.listJobs(signal), note('glueJob')),
        listWorkflows: (signal) => noted(glue.listWorkflows(signal), note('glueWorkflow')),
      }),
      stepFunctions: withMethods(stepFunctions, {
        listStateMachines: (signal) => noted(stepFunctions.listStateMachines(signal), note('stateMachine')),
      }),
    });
  }

  /** Whether the last listing of everything is so old that another is worth its calls. */
  isDue({ id }: Connection): boolean {
    return this.clock.now() - (this.#listedMs.get(id) ?? -Infinity) >= freshForMs;
  }

  /** Lists every kind anew. A kind that may not be listed is left out, and what was known of it forgotten. */
  async refresh(connection: Connection, account: Account, signal?: AbortSignal): Promise<void> {
    this.#listedMs.set(connection.id, this.clock.now());
    const { glue, stepFunctions } = account;
    const lists: Readonly<Record<ResourceKind, () => Pages<Listed>>> = {
      glueJob: () => glue.listJobs(signal),
      glueWorkflow: () => glue.listWorkflows(signal),
      stateMachine: () => stepFunctions.listStateMachines(signal),
    };
    await Promise.all(
      (Object.keys(lists) as ResourceKind[]).map(async (kind) => {
        try {
          const items: Listed[] = [];
          for await (const page of lists[kind]()) items.push(...page);
          this.#note(connection, kind, items);
        } catch {
          signal?.throwIfAborted();
          this.#known.get(connection.id)?.delete(kind);
        }
      }),
    );
    this.#changed.fire();
  }

  /** Another account may be behind these connections now. */
  forget(connections: readonly Connection[]): void {
    for (const { id } of connections) {
      this.#known.delete(id);
      this.#listedMs.delete(id);
    }
    this.#changed.fire();
  }

  dispose(): void {
    this.#known.clear();
    this.#changed.dispose();
  }

  #note(connection: Connection, kind: ResourceKind, items: readonly Listed[]): void {
    const kinds = this.#known.get(connection.id) ?? new Map<ResourceKind, KindNames>();
    const before = kinds.get(kind)?.names;
    const names = new Set(items.map(({ name }) => name));
    kinds.set(kind, { names, asOfMs: this.clock.now() });
    this.#known.set(connection.id, kinds);
    const isSame = before?.size === names.size && [...names].every((name) => before.has(name));
    if (!isSame) this.#changed.fire();
  }
}

/** The pages as they come; what they held together once the last one has. */
async function* noted<T>(pages: Pages<T>, note: (items: readonly T[]) => void): Pages<T> {
  const all: T[] = [];
  for await (const page of pages) {
    all.push(...page);
    yield page;
  }
  note(all);
}

/** The object with some of its members replaced; the others keep their own `this`. */
function withMethods<T extends object>(target: T, members: Partial<T>): T {
  return new Proxy(target, {
    get: (object, name) => {
      if (Object.hasOwn(members, name)) return Reflect.get(members, name) as unknown;
      const value: unknown = Reflect.get(object, name, object);
      return typeof value === 'function' ? (value.bind(object) as unknown) : value;
    },
  });
}

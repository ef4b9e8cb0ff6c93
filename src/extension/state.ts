/** Checks a stored value; undefined means that it is not one of ours and the default counts. */
type Read<T> = (stored: unknown) => T | undefined;

interface StateSpec<T> {
  readonly default: T;
  readonly read: Read<T>;
}

const stringList: Read<readonly string[]> = (stored) =>
  Array.isArray(stored) ? stored.filter((item) => typeof item === 'string') : undefined;
const textMap: Read<Readonly<Record<string, string>>> = (stored) =>
  typeof stored === 'object' && stored !== null && Object.values(stored).every((value) => typeof value === 'string')
    ? (stored as Readonly<Record<string, string>>)
    : undefined;
const text: Read<string> = (stored) => (typeof stored === 'string' ? stored : undefined);
const flag: Read<boolean> = (stored) => (typeof stored === 'boolean' ? stored : undefined);

const spec = <T>(initial: T, read: Read<T>): StateSpec<T> => ({ default: initial, read });

/** What is kept per workspace. */
export const workspaceState = {
  /** Ids of the connections that are tree roots, in their order; undefined until the first choice. */
  connections: spec<readonly string[] | undefined>(undefined, stringList),
  /** Id of the connection that commands use when nothing else says which; empty for none. */
  activeConnection: spec('', text),
  /** The stage whose values placeholders have; empty where `sluice.json` says which. */
  stage: spec('', text),
  /** Words that names in the Pipelines view must have; empty for all. */
  pipelinesFilter: spec('', text),
  /** Where scripts that no config names were uploaded to, by connection and path. */
  uploadLocations: spec<Readonly<Record<string, string>>>({}, textMap),
  /** Ids of the rows that the user pinned to the top of their section. */
  pinnedRows: spec<readonly string[]>([], stringList),
};

/** What is kept per user, over all workspaces. */
export const globalState = {
  /** Whether the user was asked to open definitions as text beside AWS Toolkit. */
  textEditorOffered: spec(false, flag),
  /** Whether the user was told that AWS Toolkit checks definitions as well. */
  doubleChecksTold: spec(false, flag),
};

type Table = Readonly<Record<string, StateSpec<unknown>>>;
type ValueOf<S> = S extends StateSpec<infer T> ? T : never;

/** What is used of VS Code's `Memento`. */
export interface Memory {
  get(key: string): unknown;
  update(key: string, value: unknown): PromiseLike<void>;
}

/** The one reader and writer of a Memento: keys and types come from a table, stored values are checked when read. */
export class TypedMemento<T extends Table> {
  constructor(
    private readonly memento: Memory,
    private readonly table: T,
  ) {}

  get<K extends keyof T & string>(key: K): ValueOf<T[K]> {
    const entry = this.table[key];
    return (entry?.read(this.memento.get(key)) ?? entry?.default) as ValueOf<T[K]>;
  }

  /** Undefined forgets the value, so that the default counts again. */
  async set<K extends keyof T & string>(key: K, value: ValueOf<T[K]> | undefined): Promise<void> {
    await this.memento.update(key, value);
  }
}

export interface ExtensionState {
  readonly workspace: TypedMemento<typeof workspaceState>;
  readonly global: TypedMemento<typeof globalState>;
}

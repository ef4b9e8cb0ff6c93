/** Context keys that `when` clauses of package.json use, with the value to start with; VS Code itself knows none before. */
export const contextKeys = {
  /** How many connections this workspace has. */
  'sluice.connectionCount': 0,
  /** The walkthrough has been opened: VS Code ticks a step only when a key changes after that. */
  'sluice.isWalkthroughOpened': false,
  /** Whether the Pipelines view shows only names that match a text. */
  'sluice.isPipelinesFiltered': false,
  /** The run document in front shows some of its lines. */
  'sluice.isRunFiltered': false,
  /** The run document in front is of a run that is on. */
  'sluice.isActiveRunShown': false,
  /** The run document in front is of a run on Local that missed a mocked response. */
  'sluice.isMockMissed': false,
  /** The editor in front is of a script that Glue would run: a job has it, or it imports what only Glue and Spark have. */
  'sluice.isGlueScript': false,
  /** What the run document in front is a run of: a `RunKind`, or empty. */
  'sluice.shownRunKind': '',
} satisfies Readonly<Record<`sluice.${string}`, boolean | number | string>>;

type Table = typeof contextKeys;
export type ContextKey = keyof Table;
type Widened<T> = T extends boolean ? boolean : T extends number ? number : string;

/** Sets context keys, and only those whose value changes. */
export class ContextKeys {
  readonly #values = new Map<ContextKey, boolean | number | string>();

  /** `execute` runs a VS Code command. */
  constructor(private readonly execute: (command: string, ...args: readonly unknown[]) => PromiseLike<unknown>) {
    for (const [key, value] of Object.entries(contextKeys)) this.set(key as ContextKey, value);
  }

  set<K extends ContextKey>(key: K, value: Widened<Table[K]>): void {
    if (this.#values.get(key) === value) return;
    this.#values.set(key, value);
    void this.execute('setContext', key, value);
  }
}

/** What can be looked up in an account by its name. */
export const RESOURCE_KINDS = ['glueJob', 'glueWorkflow', 'stateMachine'] as const;
export type ResourceKind = (typeof RESOURCE_KINDS)[number];

/** What messages call one of a kind. */
export const KIND_TITLES: Readonly<Record<ResourceKind, string>> = {
  glueJob: 'Glue job',
  glueWorkflow: 'Glue workflow',
  stateMachine: 'state machine',
};

/** Every name of one kind. State machines are kept by their names as well. */
export interface KindNames {
  readonly names: ReadonlySet<string>;
  /** When the listing ended. */
  readonly asOfMs: number;
}

/** What an account had, kind by kind; a kind that is missing was not listed, or may not be: nothing is said of it. */
export interface InventorySnapshot {
  /** How messages call the account: the name of the connection, with its region. */
  readonly place: string;
  readonly region: string | undefined;
  readonly accountId: string | undefined;
  readonly kinds: Readonly<Partial<Record<ResourceKind, KindNames>>>;
}

/** The text of a file that `sluice check --inventory` reads. Names are in order, so that files can be compared. */
export function writeInventory({ place, region, accountId, kinds }: InventorySnapshot): string {
  const listed = RESOURCE_KINDS.flatMap((kind) => {
    const known = kinds[kind];
    if (known === undefined) return [];
    return [[kind, { asOf: new Date(known.asOfMs).toISOString(), names: [...known.names].sort() }] as const];
  });
  return `${JSON.stringify({ version: 1, place, region, accountId, kinds: Object.fromEntries(listed) }, undefined, 2)}\n`;
}

/** Reads such a text; throws an Error that says what is wrong where it is none. */
export function parseInventory(text: string): InventorySnapshot {
  const value: unknown = JSON.parse(text);
  if (!isRecord(value) || value['version'] !== 1) throw new Error('it is no inventory of version 1');
  const given = value['kinds'];
  if (!isRecord(given)) throw new Error('it lacks "kinds"');
  const kinds: Partial<Record<ResourceKind, KindNames>> = {};
  for (const kind of RESOURCE_KINDS) {
    const entry = given[kind];
    if (entry === undefined) continue;
    const names = isRecord(entry) ? entry['names'] : undefined;
    if (!isRecord(entry) || !Array.isArray(names) || !names.every((name) => typeof name === 'string')) {
      throw new Error(`"kinds.${kind}" has no list of names`);
    }
    const asOfMs = Date.parse(typeof entry['asOf'] === 'string' ? entry['asOf'] : '');
    kinds[kind] = { names: new Set(names), asOfMs: Number.isNaN(asOfMs) ? 0 : asOfMs };
  }
  const place = typeof value['place'] === 'string' ? value['place'] : 'the account';
  return { place, region: textOf(value['region']), accountId: textOf(value['accountId']), kinds };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

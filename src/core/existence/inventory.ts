import { KINDS, RESOURCE_KINDS, type ResourceKind } from './kinds.ts';

export type { ResourceKind } from './kinds.ts';

/** What is known of one resource beside its name, as far as it was asked. */
export interface NameDetails {
  /** Aliases and versions of a function or state machine. */
  readonly qualifiers?: readonly string[];
  /** Of a role: the services that may assume it; absent where others may as well, or that is not known. */
  readonly trusts?: readonly string[];
  /** Of a role: `action on resource`, and whether a policy denies it explicitly. */
  readonly denied?: readonly Denial[];
  /** Of a job: the names of its arguments, without values. */
  readonly arguments?: readonly string[];
  /** Of a job: those of them that a run does not replace. */
  readonly fixedArguments?: readonly string[];
  /** Of a state machine: the ARN of its role. */
  readonly roleArn?: string;
}

/** Something that a role may not do. */
export interface Denial {
  readonly action: string;
  readonly resource: string;
  readonly isExplicit: boolean;
}

/** The names of one kind. State machines are kept by their names as well. */
export interface KindNames {
  readonly names: ReadonlySet<string>;
  /** When the listing ended, or the last name was looked up. */
  readonly asOfMs: number;
  /** Whether these are single names that were looked up, not all that there are. */
  readonly isPartial?: boolean;
  /** Names that were looked up and are not there. */
  readonly missing?: ReadonlySet<string>;
  readonly details?: ReadonlyMap<string, NameDetails>;
}

/** What an account had, kind by kind; a kind that is missing was not listed, or may not be: nothing is said of it. */
export interface InventorySnapshot {
  /** How messages call the account: the name of the connection, with its region. */
  readonly place: string;
  readonly region: string | undefined;
  readonly accountId: string | undefined;
  /** Whether it is the account on this machine, whose ARNs are of no real place. */
  readonly isLocal?: boolean;
  readonly kinds: Readonly<Partial<Record<ResourceKind, KindNames>>>;
}

export function kindTitle(kind: ResourceKind): string {
  return KINDS[kind].title;
}

/** `a Glue job`, `an IAM role`. */
export function oneOfKind(kind: ResourceKind): string {
  const title = kindTitle(kind);
  return `${/^(?:[aeio]|[AEI]|S3|SNS|SQS)/.test(title) ? 'an' : 'a'} ${title}`;
}

/** The text of a file that `sluice check --inventory` reads. Names are in order, so that files can be compared. */
export function writeInventory({ place, region, accountId, isLocal, kinds }: InventorySnapshot): string {
  const listed = RESOURCE_KINDS.flatMap((kind) => {
    const known = kinds[kind];
    if (known === undefined) return [];
    const { asOfMs, names, isPartial, missing, details } = known;
    const entry = {
      asOf: new Date(asOfMs).toISOString(),
      names: [...names].sort(),
      ...(isPartial === true && { isPartial }),
      ...(missing && missing.size > 0 && { missing: [...missing].sort() }),
      ...(details && details.size > 0 && { details: Object.fromEntries([...details].sort(byName)) }),
    };
    return [[kind, entry] as const];
  });
  const head = { version: 1, place, region, accountId, ...(isLocal === true && { isLocal }) };
  return `${JSON.stringify({ ...head, kinds: Object.fromEntries(listed) }, undefined, 2)}\n`;
}

function byName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
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
    if (entry !== undefined) kinds[kind] = readKind(kind, entry);
  }
  const place = typeof value['place'] === 'string' ? value['place'] : 'the account';
  const isLocal = value['isLocal'] === true;
  const [region, accountId] = [textOf(value['region']), textOf(value['accountId'])];
  return { place, region, accountId, ...(isLocal && { isLocal }), kinds };
}

function readKind(kind: ResourceKind, entry: unknown): KindNames {
  const names = isRecord(entry) ? textsOf(entry['names']) : undefined;
  if (!isRecord(entry) || names === undefined) throw new Error(`"kinds.${kind}" has no list of names`);
  const asOfMs = Date.parse(textOf(entry['asOf']) ?? '');
  const missing = textsOf(entry['missing']);
  const { details } = entry;
  return {
    names: new Set(names),
    asOfMs: Number.isNaN(asOfMs) ? 0 : asOfMs,
    ...(entry['isPartial'] === true && { isPartial: true }),
    ...(missing && { missing: new Set(missing) }),
    ...(isRecord(details) && {
      details: new Map(Object.entries(details).flatMap(([name, one]) => (isRecord(one) ? [[name, readOne(one)]] : []))),
    }),
  };
}

function readOne(value: Readonly<Record<string, unknown>>): NameDetails {
  const lists = (['qualifiers', 'trusts', 'arguments', 'fixedArguments'] as const).flatMap((name) => {
    const list = textsOf(value[name]);
    return list ? [[name, list] as const] : [];
  });
  const { denied } = value;
  const roleArn = textOf(value['roleArn']);
  return {
    ...Object.fromEntries(lists),
    ...(roleArn !== undefined && { roleArn }),
    ...(Array.isArray(denied) && { denied: denied.flatMap(readDenial) }),
  };
}

function readDenial(value: unknown): Denial[] {
  if (!isRecord(value)) return [];
  const [action, resource] = [textOf(value['action']), textOf(value['resource'])];
  if (action === undefined || resource === undefined) return [];
  return [{ action, resource, isExplicit: value['isExplicit'] === true }];
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function textsOf(value: unknown): readonly string[] | undefined {
  return Array.isArray(value) && value.every((one) => typeof one === 'string') ? value : undefined;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

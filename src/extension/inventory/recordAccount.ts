import type { Account } from '../../aws/account.ts';
import type { Pages } from '../../aws/calls/pages.ts';
import type { ListedName } from '../../aws/inventory/api.ts';
import { listedJob } from '../../aws/inventory/inventory.ts';
import type { Connection } from '../../core/connections/connection.ts';
import type { KindNames, NameDetails, ResourceKind } from '../../core/existence/inventory.ts';
import type { Books, Inventories } from './inventories.ts';

/** How long an age that was told stands. */
const toldForMs = 60_000;

/** The account, of which every whole listing is noted as it goes by. */
export function recordAccount(connection: Connection, account: Account, inventories: Inventories): Account {
  const { glue, stepFunctions } = account;
  const note = (kind: ResourceKind) => {
    const books = inventories.of(connection);
    return (items: readonly ListedName[]): void => noteKind(inventories, books, { kind, items });
  };
  return withMethods(account, {
    glue: withMethods(glue, {
      listJobs: (signal) => noted(glue.listJobs(signal), listedJob, note('glueJob')),
      listWorkflows: (signal) => noted(glue.listWorkflows(signal), byName, note('glueWorkflow')),
    }),
    stepFunctions: withMethods(stepFunctions, {
      listStateMachines: (signal) => noted(stepFunctions.listStateMachines(signal), byName, note('stateMachine')),
    }),
  });
}

/** Keeps a whole listing, and of what was asked about single names what still stands. */
export function noteKind(
  inventories: Inventories,
  { kinds, askedMs }: Books,
  { kind, items }: { readonly kind: ResourceKind; readonly items: readonly ListedName[] },
): void {
  const before = kinds.get(kind);
  const details = new Map<string, NameDetails>();
  for (const { name, details: own } of items) {
    const asked = before?.details?.get(name);
    if (own !== undefined || asked !== undefined) details.set(name, { ...asked, ...own });
  }
  const names = new Set(items.map(({ name }) => name));
  const atMs = inventories.clock.now();
  const missing = [...(before?.missing ?? [])].filter((name) => !names.has(name));
  const next: KindNames = {
    names,
    asOfMs: atMs,
    ...(missing.length > 0 && kind === 's3Bucket' && { missing: new Set(missing) }),
    ...(details.size > 0 && { details }),
  };
  kinds.set(kind, next);
  askedMs.set(kind, atMs);
  if (!isSame(before, next)) inventories.changed();
}

/** Whether there is nothing to tell; that a listing is older than it was said to be is worth telling at times. */
function isSame(before: KindNames | undefined, next: KindNames): boolean {
  if (before?.names.size !== next.names.size || before.isPartial === true) return false;
  if (next.asOfMs - before.asOfMs >= toldForMs) return false;
  for (const name of next.names) if (!before.names.has(name)) return false;
  return JSON.stringify([...(before.details ?? [])]) === JSON.stringify([...(next.details ?? [])]);
}

function byName({ name }: { readonly name: string }): ListedName {
  return { name };
}

/** The pages as they come; what they held together once the last one has. */
async function* noted<T>(
  pages: Pages<T>,
  toName: (item: T) => ListedName,
  note: (items: readonly ListedName[]) => void,
): Pages<T> {
  const all: ListedName[] = [];
  for await (const page of pages) {
    all.push(...page.map(toName));
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

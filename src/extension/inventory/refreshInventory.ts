import type { ListedName } from '../../aws/inventory/api.ts';
import type { ResourceKind } from '../../core/existence/inventory.ts';
import { kindFacts } from '../../core/existence/kinds.ts';
import { noteKind } from './recordAccount.ts';
import { isRefusal, type Refreshing } from './refusals.ts';

/** How long a listing stands: what is not there is worth a few calls every five minutes, not at every save. */
const freshForMs = 5 * 60_000;
/** The same where a name is not in it: somebody may just have made what it names. */
const freshForUnknownMs = 15_000;

export interface KindsAsked {
  readonly kinds: readonly ResourceKind[];
  /** Those of which a name is looked for that the inventory lacks. */
  readonly unknown?: readonly ResourceKind[];
  /** Whether also what is fresh, and what was denied, is asked for. */
  readonly isForced?: boolean;
}

/**
 * Lists kinds anew whose listing is old. A kind that may not be listed is left out, and what was known of it forgotten; other
 * failures leave what was known.
 */
export async function refreshKinds(refreshing: Refreshing, asked: KindsAsked, signal?: AbortSignal): Promise<void> {
  const {
    inventories,
    books: { askedMs, refused },
  } = refreshing;
  const nowMs = inventories.clock.now();
  const due = asked.kinds.filter((kind) => {
    if (asked.isForced === true) return true;
    const standsMs = asked.unknown?.includes(kind) === true ? freshForUnknownMs : freshForMs;
    return !refused.has(kind) && nowMs - (askedMs.get(kind) ?? -Infinity) >= standsMs;
  });
  for (const kind of due) askedMs.set(kind, nowMs);
  await Promise.all(due.map(async (kind) => await listKind(refreshing, kind, signal)));
}

async function listKind(refreshing: Refreshing, kind: ResourceKind, signal: AbortSignal | undefined): Promise<void> {
  const { inventories, books, account } = refreshing;
  const { kinds, refused } = books;
  try {
    const items: ListedName[] = [];
    for await (const page of account.inventory.list(kind, signal)) items.push(...page);
    refused.delete(kind);
    // An account without a role is the one on this machine before anybody made one: every role is there.
    if (kind === 'iamRole' && items.length === 0) return;
    noteKind(inventories, books, { kind, items });
  } catch (error) {
    signal?.throwIfAborted();
    const isRefused = isRefusal(refreshing, error, { what: kind, title: `names of the kind ${kindFacts(kind).title}` });
    // What failed in passing was not listed: the next save lists it, not one in five minutes.
    if (!isRefused) books.askedMs.delete(kind);
    if (isRefused && kinds.delete(kind)) inventories.changed();
  }
}

import type { KindNames, NameDetails, ResourceKind } from '../../core/existence/inventory.ts';
import type { Question } from '../../core/existence/questions.ts';
import type { Books } from './inventories.ts';
import { isRefusal, type Refreshing } from './refusals.ts';

/** How long an answer stands. */
const freshForMs = 5 * 60_000;
/** The same where it is told as a fault: somebody may just have mended it. */
const freshForFaultMs = 15_000;
/** Questions under way at a time; the rate policy of the calls decides how fast they are sent. */
const atOnce = 8;

/** Asks what a document wants to know of single names, as far as nobody has lately; gives whether anything was learned. */
export async function askQuestions(
  refreshing: Refreshing,
  questions: readonly Question[],
  signal?: AbortSignal,
): Promise<boolean> {
  const { inventories, books } = refreshing;
  const { askedMs } = books;
  const nowMs = inventories.clock.now();
  const due = questions.filter((question) => {
    const key = JSON.stringify(question);
    const standsMs = isFault(question, books.kinds) ? freshForFaultMs : freshForMs;
    if (nowMs - (askedMs.get(key) ?? -Infinity) < standsMs) return false;
    askedMs.set(key, nowMs);
    return true;
  });
  const waiting = due.values();
  const answered = new Set<Question>();
  const workers = Array.from({ length: Math.min(atOnce, due.length) }, async () => {
    for (const question of waiting) if (await ask(refreshing, question, signal)) answered.add(question);
  });
  try {
    await Promise.all(workers);
  } finally {
    // What failed in passing, or was not come to, has not been asked: the next save does.
    for (const question of due) if (!answered.has(question)) askedMs.delete(JSON.stringify(question));
  }
  if (answered.size > 0) inventories.changed();
  return answered.size > 0;
}

/** Whether the last answer was that something is missing or denied. */
function isFault(question: Question, kinds: Books['kinds']): boolean {
  switch (question.ask) {
    case 'role':
      return kinds.get('iamRole')?.missing?.has(question.name) === true;
    case 'bucket':
      return kinds.get('s3Bucket')?.missing?.has(question.name) === true;
    case 'permission': {
      const denied = kinds.get('iamRole')?.details?.get(question.role)?.denied ?? [];
      return denied.some(({ resource }) => resource === question.resource);
    }
    default:
      return false;
  }
}

/** Whether there is an answer, or never will be. */
async function ask(refreshing: Refreshing, question: Question, signal: AbortSignal | undefined): Promise<boolean> {
  const what = question.ask === 'qualifiers' ? `${question.kind} qualifiers` : question.ask;
  if (refreshing.books.refused.has(what)) return true;
  try {
    await answer(refreshing, question, signal);
    return true;
  } catch (error) {
    signal?.throwIfAborted();
    return isRefusal(refreshing, error, { what, title: titles[question.ask] });
  }
}

const titles: Readonly<Record<Question['ask'], string>> = {
  qualifiers: 'aliases and versions',
  role: 'who may assume a role',
  bucket: 'buckets of other accounts',
  machine: 'the role of a state machine',
  permission: 'what roles may not do',
};

async function answer(refreshing: Refreshing, question: Question, signal: AbortSignal | undefined): Promise<void> {
  const { inventory } = refreshing.account;
  const { kinds } = refreshing.books;
  switch (question.ask) {
    case 'qualifiers': {
      const qualifiers = await inventory.qualifiers(question.kind, question.name, signal);
      if (qualifiers) keep(refreshing, question.kind, { name: question.name, details: { qualifiers } });
      break;
    }
    case 'role':
      // A listing is made anew every few minutes; what was looked up by itself may be gone or changed since.
      if (isListed(kinds.get('iamRole')) && kinds.get('iamRole')?.details?.get(question.name)?.roleArn !== undefined)
        break;
      await askRole(refreshing, question.name, signal);
      break;
    case 'bucket': {
      if (isListed(kinds.get('s3Bucket')) && kinds.get('s3Bucket')?.names.has(question.name) === true) break;
      const isThere = await inventory.hasBucket(question.name, signal);
      keep(refreshing, 's3Bucket', { name: question.name, ...(isThere ? { details: {} } : {}) });
      break;
    }
    case 'machine': {
      const roleArn = await inventory.machineRole(question.name, signal);
      if (roleArn === undefined) break;
      keep(refreshing, 'stateMachine', { name: question.name, details: { roleArn } });
      const role = roleArn.slice(roleArn.lastIndexOf('/') + 1);
      if (kinds.get('iamRole')?.details?.has(role) !== true) await askRole(refreshing, role, signal);
      break;
    }
    case 'permission':
      await askPermission(refreshing, question, signal);
  }
}

function isListed(known: KindNames | undefined): boolean {
  return known !== undefined && known.isPartial !== true;
}

async function askRole(refreshing: Refreshing, name: string, signal: AbortSignal | undefined): Promise<void> {
  const details = await refreshing.account.inventory.role(name, signal);
  keep(refreshing, 'iamRole', { name, ...(details && { details }) });
}

async function askPermission(
  refreshing: Refreshing,
  { role, actions, resource }: Extract<Question, { readonly ask: 'permission' }>,
  signal: AbortSignal | undefined,
): Promise<void> {
  const { books, account } = refreshing;
  const detailsOf = (): NameDetails | undefined => books.kinds.get('iamRole')?.details?.get(role);
  if (detailsOf()?.roleArn === undefined) await askRole(refreshing, role, signal);
  const roleArn = detailsOf()?.roleArn;
  if (roleArn === undefined) return;
  const found = await account.inventory.denials(roleArn, { actions, resource }, signal);
  const others = (detailsOf()?.denied ?? []).filter(
    (one) => !actions.includes(one.action) || one.resource !== resource,
  );
  keep(refreshing, 'iamRole', { name: role, details: { denied: [...others, ...found] } });
}

/** Notes what was learned of one name; without details, that there is none. */
function keep(
  { inventories, books: { kinds } }: Refreshing,
  kind: ResourceKind,
  { name, details }: { readonly name: string; readonly details?: NameDetails },
): void {
  const before: KindNames = kinds.get(kind) ?? { names: new Set(), asOfMs: 0, isPartial: true };
  const names = new Set(before.names);
  const missing = new Set(before.missing);
  const all = new Map(before.details);
  if (details === undefined) {
    names.delete(name);
    missing.add(name);
    all.delete(name);
  } else {
    names.add(name);
    missing.delete(name);
    all.set(name, { ...all.get(name), ...details });
  }
  kinds.set(kind, {
    ...before,
    names,
    ...(before.isPartial === true && { asOfMs: inventories.clock.now() }),
    missing,
    ...(all.size > 0 && { details: all }),
  });
}

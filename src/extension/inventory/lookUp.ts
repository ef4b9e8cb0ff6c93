import type { Connection } from '../../core/connections/connection.ts';
import type { Questions } from '../../core/existence/questions.ts';
import { RESOURCE_KINDS } from '../../core/existence/kinds.ts';
import { askQuestions } from './askQuestions.ts';
import { refreshKinds } from './refreshInventory.ts';
import type { Refreshing } from './refusals.ts';

/** Where something is looked up. */
export type LookingUp = Omit<Refreshing, 'books'> & { readonly connection: Connection };

/**
 * Looks up what a document names. What the answers make worth asking (the role of a machine, then what that role may do)
 * is asked for in further rounds; `questions` gives them by what is known by then.
 */
export async function lookUp(
  where: LookingUp,
  questions: () => Promise<Questions | undefined>,
  signal?: AbortSignal,
): Promise<void> {
  const refreshing = { ...where, books: where.inventories.of(where.connection) };
  const first = await questions();
  if (first === undefined) return;
  await refreshKinds(refreshing, first, signal);
  for (let round = 0; round < 3; round++) {
    const next = await questions();
    if (next === undefined || !(await askQuestions(refreshing, next.about, signal))) return;
  }
}

/** Lists everything that there is a listing of, for an export. */
export async function listAll(where: LookingUp, signal?: AbortSignal): Promise<void> {
  const refreshing = { ...where, books: where.inventories.of(where.connection) };
  await refreshKinds(refreshing, { kinds: RESOURCE_KINDS, isForced: true }, signal);
}

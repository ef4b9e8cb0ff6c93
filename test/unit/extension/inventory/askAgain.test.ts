import { describe, expect, it } from 'vitest';
import type { Account } from '../../../../src/aws/account.ts';
import { silentLog } from '../../../../src/core/base/log.ts';
import { UserError } from '../../../../src/core/base/userError.ts';
import { profileConnection } from '../../../../src/core/connections/connection.ts';
import type { Question } from '../../../../src/core/existence/questions.ts';
import { Inventories } from '../../../../src/extension/inventory/inventories.ts';
import { askQuestions } from '../../../../src/extension/inventory/askQuestions.ts';
import { refreshKinds } from '../../../../src/extension/inventory/refreshInventory.ts';

const connection = profileConnection('dev', 'eu-west-1');

/** An account behind a network that is away as long as `isAway`. */
function away() {
  const state = { isAway: true, calls: 0 };
  const call = async <T>(answer: T): Promise<T> => {
    state.calls += 1;
    await Promise.resolve();
    if (state.isAway) throw new UserError('network', 'The connection was reset.');
    return answer;
  };
  const account = {
    connection,
    inventory: {
      hasBucket: async () => await call(true),
      async *list() {
        yield await call([{ name: 'orders' }]);
      },
    },
  } as unknown as Account;
  const inventories = new Inventories({ now: () => 0, sleep: async () => await Promise.resolve() }, () => undefined);
  const refreshing = { inventories, books: inventories.of(connection), account, log: silentLog };
  return { state, refreshing };
}

describe('what an account could not answer for a moment', () => {
  it('is asked again with the next save, and not within the same one', async () => {
    const { state, refreshing } = away();
    const questions: readonly Question[] = [{ ask: 'bucket', name: 'lake' }];
    expect(await askQuestions(refreshing, questions), 'there is nothing new to look at').toBe(false);
    state.isAway = false;
    expect(await askQuestions(refreshing, questions)).toBe(true);
    expect(refreshing.books.kinds.get('s3Bucket')?.names.has('lake')).toBe(true);
    expect(await askQuestions(refreshing, questions)).toBe(false);
    expect(state.calls).toBe(2);
  });

  it('is listed again with the next save', async () => {
    const { state, refreshing } = away();
    await refreshKinds(refreshing, { kinds: ['glueJob'] });
    state.isAway = false;
    await refreshKinds(refreshing, { kinds: ['glueJob'] });
    expect(refreshing.books.kinds.get('glueJob')?.names.has('orders')).toBe(true);
    await refreshKinds(refreshing, { kinds: ['glueJob'] });
    expect(state.calls).toBe(2);
  });
});

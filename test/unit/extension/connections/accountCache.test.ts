import { describe, expect, it } from 'vitest';
import type { SlowChange } from '../../../../src/aws/calls/rateLimit.ts';
import type { OwnedAccount } from '../../../../src/aws/createAccount.ts';
import { Emitter } from '../../../../src/core/base/emitter.ts';
import { silentLog } from '../../../../src/core/base/log.ts';
import { UserError } from '../../../../src/core/base/userError.ts';
import { profileConnection } from '../../../../src/core/connections/connection.ts';
import { AccountCache } from '../../../../src/extension/connections/accountCache.ts';

const dev = profileConnection('dev', 'eu-west-1');

/** Accounts that count how often they were made, and remember that they ended. */
function accounts(accountId: () => Promise<string> = async () => '111122223333') {
  const made: { ended: boolean; resets: number }[] = [];
  const slow = new Emitter<SlowChange>();
  const cache = new AccountCache(async (connection) => {
    const state = { ended: false, resets: 0 };
    made.push(state);
    const identity = async () => ({ accountId: await accountId(), arn: 'arn:aws:iam::111122223333:user/me' });
    // Only what the cache asks of an account.
    return {
      connection,
      identity,
      onDidChangeSlow: slow.event,
      dispose: () => void (state.ended = true),
      reset: () => void (state.resets += 1),
    } as unknown as OwnedAccount;
  }, silentLog);
  return { cache, made, slow };
}

const settled = async (): Promise<void> => await new Promise((resolve) => setImmediate(resolve));

describe('AccountCache', () => {
  it('makes one account for all who ask, and learns who the caller is', async () => {
    const { cache, made } = accounts();
    const identified: string[] = [];
    cache.onDidIdentify(({ id }) => identified.push(id));
    const [first, second] = await Promise.all([cache.account(dev), cache.account(dev)]);
    expect(first).toBe(second);
    expect(made).toHaveLength(1);
    await settled();
    expect(cache.accountId(dev)).toBe('111122223333');
    expect(identified).toEqual([dev.id]);
  });

  it('tells as long as a service limits requests', async () => {
    const { cache, slow } = accounts();
    await cache.account(dev);
    await settled();
    const told: boolean[] = [];
    cache.onDidChangeSlow((connection) => told.push(cache.isSlow(connection)));
    const scope = { account: '111122223333', region: 'eu-west-1' };
    slow.fire({ ...scope, service: 'glue', isSlow: true });
    slow.fire({ ...scope, service: 'states', isSlow: true });
    slow.fire({ ...scope, service: 'glue', isSlow: false });
    slow.fire({ ...scope, service: 'states', isSlow: false });
    expect(told).toEqual([true, true, true, false]);
    slow.fire({ ...scope, service: 'glue', isSlow: true });
    cache.drop(dev);
    expect(cache.isSlow(dev)).toBe(false);
  });

  it('does not open an account again whose connection was removed while it was opened', async () => {
    let calls = 0;
    let release = (): void => undefined;
    const opened = new Promise<void>((resolve) => (release = resolve));
    const ended: string[] = [];
    const cache = new AccountCache(async (connection) => {
      calls += 1;
      await opened;
      const dispose = () => void ended.push(connection.id);
      const onDidChangeSlow = new Emitter<SlowChange>().event;
      const identity = async () => ({ accountId: '111122223333', arn: '' });
      return { connection, identity, onDidChangeSlow, dispose, reset: () => undefined } as unknown as OwnedAccount;
    }, silentLog);
    const asked = cache.account(dev).catch(() => undefined);
    cache.drop(dev);
    release();
    await asked;
    await settled();
    expect([calls, ended]).toEqual([1, [dev.id]]);
    expect(cache.accountId(dev)).toBeUndefined();
  });

  it('tries again after a failure', async () => {
    let calls = 0;
    const cache = new AccountCache(async () => {
      calls += 1;
      throw new UserError('network', 'The local endpoint did not start.');
    }, silentLog);
    await expect(cache.account(dev)).rejects.toThrow('did not start');
    await expect(cache.account(dev)).rejects.toThrow('did not start');
    expect(calls).toBe(2);
  });

  it('is usable although the caller is not known', async () => {
    const { cache } = accounts(async () => {
      throw new UserError('sso-expired', 'Sign-in of profile "dev" has expired.');
    });
    await cache.account(dev);
    await settled();
    expect(cache.accountId(dev)).toBeUndefined();
    await expect(cache.identify(dev)).rejects.toThrow('expired');
  });

  it('ends a dropped account and forgets who it was, also when the answer comes late', async () => {
    let answer: (accountId: string) => void = () => undefined;
    const { cache, made } = accounts(async () => await new Promise((resolve) => (answer = resolve)));
    await cache.account(dev);
    await settled();
    cache.drop(dev);
    await settled();
    expect(made[0]!.ended).toBe(true);
    answer('999999999999');
    await settled();
    expect(cache.accountId(dev)).toBeUndefined();
  });

  it('keeps the account over a sign-in, and learns who the caller is now', async () => {
    let who = '111122223333';
    const { cache, made } = accounts(async () => who);
    const before = await cache.account(dev);
    await settled();
    who = '444455556666';
    cache.reset(dev);
    expect(cache.accountId(dev)).toBeUndefined();
    await settled();
    expect(cache.accountId(dev)).toBe('444455556666');
    expect(await cache.account(dev)).toBe(before);
    expect(made).toEqual([{ ended: false, resets: 1 }]);
  });

  it('gives up one wait and leaves the account to the others', async () => {
    let make: (account: OwnedAccount) => void = () => undefined;
    const cache = new AccountCache(async () => await new Promise((resolve) => (make = resolve)), silentLog);
    const controller = new AbortController();
    const impatient = cache.account(dev, controller.signal);
    const patient = cache.account(dev);
    controller.abort();
    await expect(impatient).rejects.toThrow();
    const account = {
      identity: async () => ({ accountId: '1', arn: '' }),
      onDidChangeSlow: () => ({ dispose: () => undefined }),
      dispose: () => undefined,
    };
    make(account as unknown as OwnedAccount);
    expect(await patient).toBe(account);
  });
});

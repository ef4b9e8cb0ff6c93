import { afterEach, beforeEach, expect, test } from 'vitest';
import type { OwnedAccount } from '../../../src/aws/createAccount.ts';
import { localConnection } from '../../../src/core/connections/connection.ts';
import { Inventories } from '../../../src/extension/inventory/inventories.ts';
import { accountAt } from '../../support/awsAccount.ts';
import { FakeClock } from '../../support/fakeClock.ts';
import { faultProxy, type FaultProxy } from '../../support/faultProxy.ts';
import { smallAws, type SmallAws } from '../../support/smallAws.ts';

let clock: FakeClock;
let aws: SmallAws;
let proxy: FaultProxy;
let account: OwnedAccount;
let inventories: Inventories;
let changes: number;
beforeEach(async () => {
  clock = new FakeClock();
  aws = await smallAws(clock);
  proxy = await faultProxy(aws.endpoint);
  account = accountAt(proxy.endpoint, { clock });
  inventories = new Inventories(clock, () => '111122223333');
  changes = 0;
  inventories.onDidChange(() => changes++);
});
afterEach(async () => {
  inventories.dispose();
  account.dispose();
  await Promise.all([proxy.close(), aws.close()]);
});

const jobs = (): ReadonlySet<string> | undefined => inventories.snapshot(localConnection)?.kinds.glueJob?.names;

/** Goes through the jobs as the tree does, to the end or to the first page only. */
async function browse(toTheEnd: boolean): Promise<void> {
  for await (const page of inventories.recording(localConnection, account).glue.listJobs()) {
    if (!toTheEnd && page.length > 0) return;
  }
}

test('what somebody lists to the end is known, and half a list is not', async () => {
  await clock.run(browse(false));
  expect(jobs()).toBeUndefined();
  await clock.run(browse(true));
  expect(jobs()?.size).toBe(450);
  expect(jobs()?.has('job-449')).toBe(true);
  expect(changes).toBe(1);
  await clock.run(browse(true));
  expect(changes).toBe(1);
});

test('an account that is recorded does everything else as before', async () => {
  const recorded = inventories.recording(localConnection, account);
  expect(recorded.connection).toBe(account.connection);
  expect(await clock.run(recorded.glue.startJobRun('job-1', {}))).toBe('jr_1');
});

test('a kind that is denied is silent, and the others are there', async () => {
  await clock.run(inventories.refresh(localConnection, account));
  expect(jobs()?.size).toBe(450);
  proxy.fail('GetJobs', 'denied');
  await clock.run(inventories.refresh(localConnection, account));
  expect(jobs()).toBeUndefined();
  expect(inventories.snapshot(localConnection)).toBeDefined();
});

test('a listing stands for five minutes, and is gone when another account may be there', async () => {
  expect(inventories.isDue(localConnection)).toBe(true);
  await clock.run(inventories.refresh(localConnection, account));
  expect(inventories.isDue(localConnection)).toBe(false);
  clock.advance(5 * 60_000);
  expect(inventories.isDue(localConnection)).toBe(true);
  inventories.forget([localConnection]);
  expect(inventories.snapshot(localConnection)).toBeUndefined();
});

test('who stops waiting gets no list', async () => {
  const cancel = new AbortController();
  const refresh = inventories.refresh(localConnection, account, cancel.signal);
  cancel.abort(new Error('gone'));
  await expect(clock.run(refresh)).rejects.toThrow('gone');
});

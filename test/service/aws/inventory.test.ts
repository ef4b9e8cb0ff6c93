import { afterEach, beforeEach, expect, test } from 'vitest';
import type { OwnedAccount } from '../../../src/aws/createAccount.ts';
import { Inventory } from '../../../src/aws/inventory.ts';
import { accountAt } from '../../support/awsAccount.ts';
import { FakeClock } from '../../support/fakeClock.ts';
import { faultProxy, type FaultProxy } from '../../support/faultProxy.ts';
import { smallAws, type SmallAws } from '../../support/smallAws.ts';

let clock: FakeClock;
let aws: SmallAws;
let proxy: FaultProxy;
let account: OwnedAccount;
let inventory: Inventory;
beforeEach(async () => {
  clock = new FakeClock();
  aws = await smallAws(clock);
  proxy = await faultProxy(aws.endpoint);
  account = accountAt(proxy.endpoint, { clock });
  inventory = new Inventory(account, clock);
});
afterEach(async () => {
  inventory.dispose();
  account.dispose();
  await Promise.all([proxy.close(), aws.close()]);
});

test('many questions are one listing, and it stands for five minutes', async () => {
  const [a, b] = await clock.run(Promise.all([inventory.names('glueJob'), inventory.names('glueJob')]));
  expect(a).toBe(b);
  expect(a?.names.size).toBe(450);
  expect(a?.names.has('job-449')).toBe(true);
  clock.advance(4 * 60_000);
  await clock.run(inventory.names('glueJob'));
  expect(proxy.calls).toHaveLength(3);
  clock.advance(2 * 60_000);
  await clock.run(inventory.names('glueJob'));
  expect(proxy.calls).toHaveLength(6);
});

test('what cannot be listed says nothing, and is not asked for again at once', async () => {
  proxy.fail('GetJobs', 'denied');
  expect(await clock.run(inventory.names('glueJob'))).toBeUndefined();
  expect(await clock.run(inventory.names('glueJob'))).toBeUndefined();
  expect(proxy.calls).toHaveLength(1);
  proxy.heal();
  clock.advance(61_000);
  expect((await clock.run(inventory.names('glueJob')))?.names.size).toBe(450);
});

test('what was just created is there, and a refresh lists anew', async () => {
  await clock.run(inventory.names('glueJob'));
  inventory.add('glueJob', 'brand-new');
  expect(inventory.known('glueJob')?.names.has('brand-new')).toBe(true);
  inventory.clear();
  expect(inventory.known('glueJob')).toBeUndefined();
  expect((await clock.run(inventory.names('glueJob')))?.names.has('brand-new')).toBe(false);
});

test('who stops waiting does not keep the others from their answer', async () => {
  const cancel = new AbortController();
  const impatient = inventory.names('glueJob', cancel.signal);
  const patient = inventory.names('glueJob');
  cancel.abort(new Error('gone'));
  await expect(impatient).rejects.toThrow('gone');
  expect((await clock.run(patient))?.names.size).toBe(450);
});

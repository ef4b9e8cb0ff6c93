import { expect, it } from 'vitest';
import type { Account } from '../../../../src/aws/account.ts';
import { localConnection, profileConnection, type Connection } from '../../../../src/core/connections/connection.ts';
import { AppliedRecord, appliedRecordOf } from '../../../../src/extension/deploy/appliedRecord.ts';
import { MemoryFiles } from '../../../support/memoryFiles.ts';

it('keeps what was uploaded at the same time: Save All saves several scripts at once', async () => {
  const files = new MemoryFiles();
  const orders = new AppliedRecord(files, 'account/job/orders');
  const report = new AppliedRecord(files, 'account/job/report');
  await Promise.all([
    orders.add({ objects: { 's3://scripts/orders.py': '"1"' } }),
    orders.add({ objects: { 's3://scripts/shared.py': '"2"' } }),
    report.add({ input: { Timeout: 5 } }),
  ]);
  expect(await orders.read()).toEqual({
    objects: { 's3://scripts/orders.py': '"1"', 's3://scripts/shared.py': '"2"' },
  });
  expect(await report.read()).toEqual({ input: { Timeout: 5 }, objects: {} });
});

it('notes what Local has where its account is, and the rest for every workspace', async () => {
  const [files, records] = [new MemoryFiles(), new MemoryFiles()];
  const accountOn = (connection: Connection): Account =>
    ({
      connection,
      identity: async () => await Promise.resolve({ accountId: '123456789012', arn: '' }),
    }) as unknown as Account;
  const places = { files, localFolder: { records } };
  for (const connection of [localConnection, profileConnection('dev', 'eu-west-1')]) {
    const record = await appliedRecordOf(places, accountOn(connection), 'job/orders');
    await record.add({ input: { Timeout: 5 } });
  }
  expect(Object.keys((await records.read('deploys')) as object)).toEqual(['local/job/orders']);
  expect(Object.keys((await files.read('deploys')) as object)).toEqual(['123456789012/eu-west-1/job/orders']);
});

import { expect, it } from 'vitest';
import { AppliedRecord } from '../../../../src/extension/deploy/appliedRecord.ts';
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

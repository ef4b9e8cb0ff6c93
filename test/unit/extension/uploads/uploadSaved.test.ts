import { expect, test } from 'vitest';
import type { Account } from '../../../../src/aws/account.ts';
import { silentLog } from '../../../../src/core/base/log.ts';
import { profileConnection } from '../../../../src/core/connections/connection.ts';
import { AppliedRecord } from '../../../../src/extension/deploy/appliedRecord.ts';
import { uploadSaved, type SavedParts } from '../../../../src/extension/uploads/uploadSaved.ts';
import { MemoryFiles } from '../../../support/memoryFiles.ts';

const source = {
  location: 's3://scripts/orders.py',
  label: 'orders.py',
  isText: true,
  read: async () => await Promise.resolve(new TextEncoder().encode('print(1)\n')),
};

function partsOf(isProtected: boolean, said: string[], difference?: string): SavedParts & { readonly put: string[] } {
  const put: string[] = [];
  const connection = profileConnection('dev', 'eu-west-1');
  const account = {
    connection,
    identity: async () => await Promise.resolve({ accountId: '123456789012', arn: '' }),
    s3: {
      headObject: async () => await Promise.resolve(undefined),
      replaceObject: async (location: string) => {
        put.push(location);
        return await Promise.resolve({ eTag: '"1"' });
      },
    },
  } as unknown as Account;
  const record = new AppliedRecord(new MemoryFiles(), 'a');
  return {
    put,
    connection,
    askProtected: async () => await Promise.resolve(isProtected),
    askDifference: async () => await Promise.resolve(difference),
    account: async () => await Promise.resolve(account),
    ports: async () =>
      await Promise.resolve({ record, log: silentLog, confirm: async () => await Promise.resolve(true) }),
    log: silentLog,
    say: (message) => said.push(message),
    tellDifference: (...words) => said.push(words.join(' ')),
  };
}

test('a saved script goes to where its job has it', async () => {
  const said: string[] = [];
  const parts = partsOf(false, said);
  await uploadSaved({ job: 'orders', source }, parts, new AbortController().signal);
  expect(parts.put).toEqual(['s3://scripts/orders.py']);
  expect(said.join()).toContain('uploaded to dev');
});

test('a protected connection gets nothing on save, and says so', async () => {
  const said: string[] = [];
  const parts = partsOf(true, said);
  await uploadSaved({ job: 'orders', source }, parts, new AbortController().signal);
  expect(parts.put).toEqual([]);
  expect(said.join()).toContain('is protected: orders.py is not uploaded on save.');
});

test('an account that is not the one of the stage gets nothing on save, and it is told', async () => {
  const said: string[] = [];
  const parts = partsOf(false, said, 'Stage dev is account 1, and live is account 2.');
  await uploadSaved({ job: 'orders', source }, parts, new AbortController().signal);
  expect(parts.put).toEqual([]);
  expect(said).toEqual(['Stage dev is account 1, and live is account 2. orders.py is not uploaded on save.']);
});

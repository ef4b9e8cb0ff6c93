import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Account } from '../../../src/aws/account.ts';
import { environmentConnection } from '../../../src/core/connections/connection.ts';
import { AppliedRecord } from '../../../src/extension/deploy/appliedRecord.ts';
import { uploadSaved } from '../../../src/extension/uploads/uploadSaved.ts';
import { accountAt, collectedLog } from '../../support/awsAccount.ts';
import { startTestAccount, type TestAccount } from '../localAccount/account.ts';
import { MemoryFiles } from '../../support/memoryFiles.ts';

const location = 's3://code/jobs/orders.py';
const connection = environmentConnection('us-east-1');
let local: TestAccount;
let account: Account;
let folder: string;
beforeAll(async () => {
  local = await startTestAccount();
  const { endpoint, credentials } = local.client;
  vi.stubEnv('AWS_ACCESS_KEY_ID', credentials.accessKeyId);
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', credentials.secretAccessKey);
  account = accountAt(endpoint, { connection, environment: { AWS_ENDPOINT_URL: endpoint } });
  await account.s3.ensureBucket('code');
  folder = mkdtempSync(join(tmpdir(), 'sluice-save-'));
});
afterAll(async () => {
  vi.unstubAllEnvs();
  account.dispose();
  rmSync(folder, { recursive: true, force: true });
  await local.dispose();
});

test('each save of a script reaches S3, one without a change does not, and what others wrote is not lost unseen', async () => {
  const script = join(folder, 'orders.py');
  const said: string[] = [];
  const questions: string[] = [];
  const log = collectedLog();
  const files = new MemoryFiles();
  const record = new AppliedRecord(files, 'test/job/orders');
  let isReplaced = false;
  const save = async (text: string): Promise<void> => {
    writeFileSync(script, text);
    const confirm = async (question: string): Promise<boolean> => {
      questions.push(question);
      return await Promise.resolve(isReplaced);
    };
    const read = async (): Promise<Uint8Array> => await readFile(script);
    await uploadSaved(
      { job: 'orders', source: { location, label: 'orders.py', isText: true, read, path: script } },
      {
        connection,
        askProtected: async () => await Promise.resolve(false),
        askDifference: async () => await Promise.resolve(undefined),
        account: async () => await Promise.resolve(account),
        ports: async () => await Promise.resolve({ record, log, confirm }),
        log,
        say: (message) => said.push(message),
        tellDifference: (difference) => said.push(difference),
      },
      new AbortController().signal,
    );
  };
  await save('print(1)\n');
  expect(await account.s3.getText(location)).toBe('print(1)\n');
  expect((await account.s3.headObject(location))?.sha256).toMatch(/=$/);
  await save('print(1)\n');
  expect(said).toHaveLength(1);
  await save('print(2)\n');
  expect(await account.s3.getText(location)).toBe('print(2)\n');
  expect(said).toHaveLength(2);
  expect(questions).toEqual([]);
  await account.s3.putObject(location, 'print("theirs")\n');
  await save('print(3)\n');
  expect(questions).toEqual([`${location} was changed by somebody else since you last uploaded it.`]);
  expect(await account.s3.getText(location)).toBe('print("theirs")\n');
  expect(said.at(-1)).toContain('was not uploaded');
  isReplaced = true;
  await save('print(4)\n');
  expect(await account.s3.getText(location)).toBe('print(4)\n');
});

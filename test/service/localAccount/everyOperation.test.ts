import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestAccount, type TestAccount } from './account.ts';
import { pythonWithClients, runPython } from './pythonClients.ts';

let account: TestAccount;
let python: string;
beforeAll(async () => {
  account = await startTestAccount();
  python = await pythonWithClients();
}, 300_000);
afterAll(async () => {
  await account.dispose();
});

it('answers boto3 in every operation that it has', { timeout: 300_000 }, async () => {
  const { operations } = account.server;
  const script = join(import.meta.dirname, 'clients/everyOperation.py');
  const missing = JSON.parse(await runPython(python, account, script, JSON.stringify(operations))) as object;
  // An operation that is new here needs a call in the script.
  expect(missing).toEqual(Object.fromEntries(Object.keys(operations).map((service) => [service, []])));
});

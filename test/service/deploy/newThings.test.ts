import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Account } from '../../../src/aws/account.ts';
import { scaffold, type ScaffoldPlan } from '../../../src/core/scaffold/scaffold.ts';
import { collectWorkspace } from '../../../src/core/workspace/collect.ts';
import { allRows, deployItems } from '../../../src/extension/deploy/deployItems.ts';
import { toDeployables } from '../../../src/extension/deploy/toDeployables.ts';
import { connectTo, startTestAccount, type TestAccount } from '../localAccount/account.ts';

const { signal } = new AbortController();
let local: TestAccount;
let account: Account;
beforeAll(async () => {
  local = await startTestAccount();
  account = connectTo(local);
});
afterAll(async () => {
  account.dispose();
  await local.dispose();
});

/** Deploys what the wizards write, as a start does it, runs the state machine, and gives how that ended. */
async function run(plan: ScaffoldPlan): Promise<unknown> {
  const texts = new Map(scaffold(plan).map(({ path, text }) => [path, text]));
  const content = collectWorkspace([...texts.keys()], texts);
  expect(content.problems).toEqual([]);
  const items = await toDeployables(content, {
    origin: 'new',
    fileName: (path) => path,
    stamp: async (path) => await Promise.resolve(path),
    read: async (path) => await Promise.resolve(new TextEncoder().encode(texts.get(path))),
    machineType: () => 'STANDARD',
  });
  await deployItems(account, { items, record: {}, save: async () => {}, report: () => undefined }, signal);
  const machines = await allRows(account.stepFunctions.listStateMachines(signal));
  const machine = machines.find(({ name }) => name === plan.machine?.name);
  const arn = await account.stepFunctions.startExecution(machine?.arn ?? '', { input: '{}' });
  let run: Readonly<Record<string, unknown>> = {};
  await expect
    .poll(
      async () => {
        const { items: runs } = await account.stepFunctions.listExecutions(machine?.arn ?? '', { pageSize: 1 });
        run = { ...runs[0] };
        return runs[0]?.state;
      },
      { timeout: 120_000, interval: 200 },
    )
    .not.toBe('running');
  expect(run['key']).toMatchObject({ id: arn });
  return run['state'];
}

test('a new pipeline of a Python shell job runs on Local to its end, its job too', async () => {
  const job = { name: 'daily-orders', kind: 'pythonShell', bucket: 'orders-scripts' } as const;
  expect(await run({ form: 'cli', job, machine: { name: 'daily' } })).toBe('succeeded');
  const { items } = await account.glue.listJobRuns('daily-orders', { pageSize: 5 });
  expect(items.map(({ state }) => state)).toEqual(['succeeded']);
});

test('a new state machine runs on Local to its end', async () => {
  expect(await run({ form: 'cli', machine: { name: 'alone' } })).toBe('succeeded');
});

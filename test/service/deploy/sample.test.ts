import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Account } from '../../../src/aws/account.ts';
import type { DeployRecord } from '../../../src/core/deploy/plan.ts';
import { collectWorkspace } from '../../../src/core/workspace/collect.ts';
import { fileKind } from '../../../src/core/workspace/workspaceFile.ts';
import { allRows, deployItems } from '../../../src/extension/deploy/deployItems.ts';
import { toDeployables } from '../../../src/extension/deploy/toDeployables.ts';
import { accountAt } from '../../support/awsAccount.ts';
import { startTestAccount, type TestAccount } from '../localAccount/account.ts';

const sample = resolve(import.meta.dirname, '../../../sample');

let local: TestAccount;
let account: Account;
beforeAll(async () => {
  local = await startTestAccount();
  account = open(local);
});
afterAll(async () => {
  account.dispose();
  await local.dispose();
});

function open({ client: { endpoint, credentials } }: TestAccount): Account {
  return accountAt(endpoint, { local: async () => ({ endpoint, credentials }) });
}

/** The sample as an editor's workspace gives it, with texts that a user has changed. */
async function sampleItems(changed: Readonly<Record<string, string>> = {}) {
  const paths = readdirSync(sample, { recursive: true, encoding: 'utf8' })
    .filter((path) => statSync(join(sample, path)).isFile())
    .map((path) => path.split(sep).join('/'));
  const text = (path: string): string => changed[path] ?? readFileSync(join(sample, path), 'utf8');
  const read = paths.filter((path) => ['definition', 'glueConfig'].includes(fileKind(path) ?? ''));
  const content = collectWorkspace(paths, new Map(read.map((path) => [path, text(path)])));
  expect(content.problems).toEqual([]);
  return await toDeployables(content, {
    origin: 'sample',
    fileName: (path) => join(sample, path),
    stamp: async (path) => text(path),
    read: async (path) => new TextEncoder().encode(text(path)),
    machineType: () => 'STANDARD',
  });
}

let record: DeployRecord = {};
async function deploy(changed: Readonly<Record<string, string>> = {}): Promise<readonly string[]> {
  const steps = await deployItems(account, {
    items: await sampleItems(changed),
    record,
    save: async (next) => void (record = next),
    report: () => undefined,
  });
  return steps.flatMap((step) => (step.kind === 'put' ? [step.item.id] : []));
}

test('the sample arrives whole, and a second time there is nothing to do', async () => {
  const first = await deploy();
  expect(first).toContain('object:s3://sluice-sample-scripts/extract_orders.py');
  expect((await allRows(account.glue.listJobs())).map(({ name }) => name).sort()).toEqual([
    'extract-orders',
    'report-orders',
    'transform-orders',
  ]);
  expect((await allRows(account.stepFunctions.listStateMachines())).map(({ name }) => name)).toEqual(['orders']);
  expect((await account.glue.listTriggersOfWorkflow('nightly-orders')).length).toBe(3);
  expect(await account.s3.getText('s3://sluice-sample-scripts/extract_orders.py')).toBe(
    readFileSync(join(sample, 'jobs/extract_orders.py'), 'utf8'),
  );
  expect(await deploy()).toEqual([]);
});

test('only what was edited goes up, and what the account lost comes back', async () => {
  expect(await deploy({ 'jobs/extract_orders.py': 'print("edited")\n' })).toEqual([
    'object:s3://sluice-sample-scripts/extract_orders.py',
  ]);
  expect(await account.s3.getText('s3://sluice-sample-scripts/extract_orders.py')).toBe('print("edited")\n');
  await local.dispose();
  account.dispose();
  local = await startTestAccount();
  account = open(local);
  expect((await deploy()).length).toBeGreaterThan(8);
});

test('a definition that the account refuses is named by file and line, and the rest stays deployed', async () => {
  const definition = JSON.stringify({ StartAt: 'Nowhere', States: { A: { Type: 'Succeed' } } });
  await expect(deploy({ 'pipelines/orders.asl.json': definition })).rejects.toMatchObject({
    message: expect.stringMatching(/^orders was not deployed: /) as string,
    details: { file: join(sample, 'pipelines/orders.asl.json'), line: 1 },
  });
});

test('a definition that says so becomes an Express machine, but not where a Standard one has its name', async () => {
  const states = { A: { Type: 'Pass', Result: { rows: 3 }, End: true } };
  const changed = {
    'pipelines/orders.asl.json': JSON.stringify({ Comment: 'sluice: express', StartAt: 'A', States: states }),
  };
  await expect(deploy(changed)).rejects.toThrow(/exists as a Standard one/);
  await local.dispose();
  account.dispose();
  local = await startTestAccount();
  account = open(local);
  await deploy(changed);
  const [machine] = await allRows(account.stepFunctions.listStateMachines());
  expect(machine).toMatchObject({ name: 'orders', type: 'EXPRESS' });
  const result = await account.stepFunctions.startSyncExecution(machine?.arn ?? '', { input: '{}' });
  expect(result).toMatchObject({ state: 'succeeded', output: '{"rows":3}' });
});

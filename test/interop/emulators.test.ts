import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Emitter } from '../../src/core/base/emitter.ts';
import { silentLog } from '../../src/core/base/log.ts';
import { localConnection } from '../../src/core/connections/connection.ts';
import type { RunSummary } from '../../src/core/runs/model.ts';
import { Inventories } from '../../src/extension/inventory/inventories.ts';
import { listAll } from '../../src/extension/inventory/lookUp.ts';
import { systemClock } from '../../src/processes/systemClock.ts';
import type { OwnedAccount } from '../../src/aws/createAccount.ts';
import { Pipelines } from '../../src/views/pipelines/loadPipelines.ts';
import { itemName, type PipelineNode, type Section } from '../../src/views/pipelines/node.ts';
import { accountAt } from '../support/awsAccount.ts';
import { startEmulator, type Emulator } from '../support/emulators.mjs';

const role = 'arn:aws:iam::123456789012:role/orders';
const definition = JSON.stringify({ StartAt: 'Done', States: { Done: { Type: 'Pass', End: true } } });

/** Writes what a small account holds, through the client that the extension uses. */
async function fill({ glue, s3, stepFunctions }: OwnedAccount): Promise<string> {
  await s3.ensureBucket('orders-scripts');
  await s3.putObject('s3://orders-scripts/extract.py', "print('Reading')\n");
  const Command = { Name: 'pythonshell', ScriptLocation: 's3://orders-scripts/extract.py', PythonVersion: '3.9' };
  for (const Name of ['extract-orders', 'load-orders']) await glue.putJob({ Name, Role: role, Command });
  await glue.putWorkflow({ Name: 'nightly-orders', DefaultRunProperties: { team: 'orders' } });
  const machine = await stepFunctions.putStateMachine({ name: 'orders', definition, roleArn: role, type: 'STANDARD' });
  return machine.arn;
}

/** The tree of the Pipelines view over one account. */
function treeOf(account: OwnedAccount): Pipelines {
  return new Pipelines({
    clock: systemClock,
    tracked: { of: () => [], onDidChange: new Emitter<RunSummary>().event },
    connections: () => [localConnection],
    account: async () => account,
    pinned: () => [],
  });
}

async function rowsOf(pipelines: Pipelines, section: Section): Promise<readonly PipelineNode[]> {
  const [root] = await pipelines.children();
  const sections = await pipelines.children(root);
  return await pipelines.children(sections.find((row) => row.kind === 'section' && row.section === section));
}

/** What a row says: the name of an item, or the code of an error. */
const words = (rows: readonly PipelineNode[]): readonly string[] =>
  rows.map((row) => (row.kind === 'item' ? itemName(row.item) : row.kind === 'error' ? row.error.code : row.kind));

/** What each section of the tree shows. ministack lacks a call that the workflows need: one row says so. */
const emulators = [
  { name: 'moto', jobs: ['extract-orders', 'load-orders'], workflows: ['nightly-orders'], machines: ['orders'] },
  { name: 'ministack', jobs: ['extract-orders', 'load-orders'], workflows: ['not-supported'], machines: ['orders'] },
] as const;

describe.each(emulators)('against $name', (shown) => {
  let emulator: Emulator;
  let account: OwnedAccount;
  let machineArn: string;
  let pipelines: Pipelines;
  beforeAll(async () => {
    emulator = await startEmulator(shown.name);
    account = accountAt(emulator.endpoint);
    pipelines = treeOf(account);
    machineArn = await fill(account);
  });
  afterAll(async () => {
    pipelines.dispose();
    account.dispose();
    await emulator.stop();
  });

  test.each(['jobs', 'workflows', 'machines'] as const)('the tree lists the %s', async (section) => {
    expect(words(await rowsOf(pipelines, section))).toEqual(shown[section]);
  });

  test('the inventory has what the emulator lists, and is silent about the kinds that it lacks', async () => {
    const inventories = new Inventories(systemClock, () => '123456789012');
    try {
      await listAll({ inventories, connection: localConnection, account, log: silentLog });
      const kinds = inventories.snapshot(localConnection)?.kinds;
      expect([...(kinds?.glueJob?.names ?? [])].sort()).toEqual(['extract-orders', 'load-orders']);
      expect([...(kinds?.s3Bucket?.names ?? [])]).toEqual(['orders-scripts']);
      expect([...(kinds?.stateMachine?.names ?? [])]).toContain('orders');
    } finally {
      inventories.dispose();
    }
  });

  test('objects come back as they were put', async () => {
    expect(await account.s3.getText('s3://orders-scripts/extract.py')).toBe("print('Reading')\n");
  });

  test('a job run is started once and listed', async () => {
    const id = await account.glue.startJobRun('extract-orders', { arguments: { '--date': '2026-11-20' } });
    const { items } = await account.glue.listJobRuns('extract-orders', { pageSize: 10 });
    expect(items.map((run) => run.key.id)).toEqual([id]);
  });

  test('an execution is started and listed', async () => {
    const arn = await account.stepFunctions.startExecution(machineArn, { input: '{}' });
    const { items } = await account.stepFunctions.listExecutions(machineArn, { pageSize: 10 });
    expect(items.map((run) => run.key.id)).toEqual([arn]);
  });

  test('a machine that is not there is said to be missing', async () => {
    const missing = machineArn.replace(/orders$/, 'missing');
    await expect(account.stepFunctions.describeStateMachine(missing)).rejects.toMatchObject({ code: 'not-found' });
  });
});

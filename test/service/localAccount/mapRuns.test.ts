import { S3 } from '@aws-sdk/client-s3';
import { paginateListExecutions, SFN, type ExecutionListItem } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestAccount, type TestAccount } from './account.ts';

// What can be asked of the child executions of a distributed Map, while the account goes on and after a restart.
let account: TestAccount;
let sfn: SFN;
beforeAll(async () => {
  account = await startTestAccount();
  sfn = new SFN(account.client);
});
afterAll(async () => {
  await account.dispose();
});

const definition = JSON.stringify({
  StartAt: 'Each',
  States: {
    Each: {
      Type: 'Map',
      Label: 'Parts',
      ItemProcessor: {
        ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
        StartAt: 'Check',
        States: {
          Check: {
            Type: 'Choice',
            Choices: [{ Variable: '$.ok', BooleanEquals: false, Next: 'Refuse' }],
            Default: 'Accept',
          },
          Accept: { Type: 'Pass', Result: { taken: true }, End: true },
          Refuse: { Type: 'Fail', Error: 'BadPart', Cause: 'no rows' },
        },
      },
      ToleratedFailurePercentage: 50,
      End: true,
    },
  },
});

async function children(mapRunArn: string): Promise<readonly ExecutionListItem[]> {
  const found: ExecutionListItem[] = [];
  for await (const { executions = [] } of paginateListExecutions({ client: sfn, pageSize: 2 }, { mapRunArn })) {
    found.push(...executions);
  }
  return found;
}

it('are listed by their Map Run and described with their histories, over a restart', async () => {
  const { stateMachineArn } = await sfn.createStateMachine({
    name: 'parts',
    roleArn: 'arn:aws:iam::0:role/r',
    definition,
  });
  const input = JSON.stringify([{ ok: true }, { ok: false }, { ok: true }, { ok: true }, { ok: true }]);
  const { executionArn = '' } = await sfn.startExecution({ stateMachineArn, input });
  await expect
    .poll(async () => (await sfn.describeExecution({ executionArn })).status, { timeout: 30_000 })
    .toBe('SUCCEEDED');
  const { mapRuns = [] } = await sfn.listMapRuns({ executionArn });
  const mapRunArn = mapRuns[0]?.mapRunArn ?? '';
  for (const isRestarted of [false, true]) {
    if (isRestarted) {
      account = await account.restart();
      sfn = new SFN(account.client);
    }
    expect(await sfn.describeMapRun({ mapRunArn })).toMatchObject({
      status: 'SUCCEEDED',
      itemCounts: { succeeded: 4, failed: 1 },
    });
    const listed = await children(mapRunArn);
    expect(listed.map(({ status }) => status).toSorted()).toEqual(['FAILED', ...Array<string>(4).fill('SUCCEEDED')]);
    expect(new Set(listed.map(({ executionArn: arn }) => arn)).size).toBe(5);
    const failed = (await sfn.listExecutions({ mapRunArn, statusFilter: 'FAILED' })).executions ?? [];
    expect(failed).toHaveLength(1);
    const child = failed[0]?.executionArn ?? '';
    expect(child).toMatch(/:execution:parts\/Parts:/);
    expect(await sfn.describeExecution({ executionArn: child })).toMatchObject({
      mapRunArn,
      status: 'FAILED',
      input: '{"ok":false}',
      error: 'BadPart',
      cause: 'no rows',
      redriveStatus: 'REDRIVABLE_BY_MAP_RUN',
    });
    const { events = [] } = await sfn.getExecutionHistory({ executionArn: child });
    expect(events.map(({ type }) => type)).toEqual([
      'ExecutionStarted',
      'ChoiceStateEntered',
      'ChoiceStateExited',
      'FailStateEntered',
      'ExecutionFailed',
    ]);
  }
  await expect(sfn.listExecutions({ mapRunArn: `${mapRunArn}x` })).rejects.toMatchObject({ name: 'ResourceNotFound' });
});

it.each(['STANDARD', 'EXPRESS'])('a redrive runs the %s children that failed and no others', async (ExecutionType) => {
  const states = {
    Keep: { Type: 'Pass', Next: 'Look' },
    Look: {
      Type: 'Task',
      Resource: 'arn:aws:states:::aws-sdk:s3:headObject',
      Parameters: { Bucket: 'parts', 'Key.$': '$' },
      ResultSelector: { 'size.$': '$.ContentLength' },
      End: true,
    },
  };
  const { stateMachineArn } = await sfn.createStateMachine({
    name: `redriven-${ExecutionType}`,
    roleArn: 'arn:aws:iam::0:role/r',
    definition: JSON.stringify({
      StartAt: 'Each',
      States: {
        Each: {
          Type: 'Map',
          ItemProcessor: { ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType }, StartAt: 'Keep', States: states },
          ToleratedFailureCount: 0,
          MaxConcurrency: 1,
          End: true,
        },
      },
    }),
  });
  const s3 = new S3({ ...account.client, forcePathStyle: true });
  await s3.createBucket({ Bucket: 'parts' });
  for (const Key of ['a', 'b', 'c', 'd']) await s3.deleteObject({ Bucket: 'parts', Key });
  await s3.putObject({ Bucket: 'parts', Key: 'a', Body: 'four' });
  const { executionArn = '' } = await sfn.startExecution({ stateMachineArn, input: '["a","b","c"]' });
  const ended = async (): Promise<string | undefined> => (await sfn.describeExecution({ executionArn })).status;
  await expect.poll(ended).toBe('FAILED');
  const { mapRuns = [] } = await sfn.listMapRuns({ executionArn });
  const mapRunArn = mapRuns[0]?.mapRunArn ?? '';
  const before = await sfn.describeMapRun({ mapRunArn });
  expect(before.itemCounts).toMatchObject({ succeeded: 1, failed: 1, pending: 1 });
  account = await account.restart();
  sfn = new SFN(account.client);
  const again = new S3({ ...account.client, forcePathStyle: true });
  await again.deleteObject({ Bucket: 'parts', Key: 'a' });
  for (const Key of ['b', 'c']) await again.putObject({ Bucket: 'parts', Key, Body: 'fives' });
  await sfn.redriveExecution({ executionArn });
  await expect.poll(ended).toBe('SUCCEEDED');
  const { output = '' } = await sfn.describeExecution({ executionArn });
  // The first child was not asked again: its object is gone.
  expect(JSON.parse(output)).toEqual([{ size: 4 }, { size: 5 }, { size: 5 }]);
  expect((await sfn.listMapRuns({ executionArn })).mapRuns).toHaveLength(1);
  const after = await sfn.describeMapRun({ mapRunArn });
  expect(after).toMatchObject({ status: 'SUCCEEDED', redriveCount: 1, startDate: before.startDate });
  expect(after.redriveDate).toBeDefined();
  expect(after.itemCounts).toMatchObject({ succeeded: 3, failed: 0, total: 3 });
  const { events = [] } = await sfn.getExecutionHistory({ executionArn });
  expect(events.find(({ type }) => type === 'MapRunRedriven')?.mapRunRedrivenEventDetails).toEqual({
    mapRunArn,
    redriveCount: 1,
  });
  if (ExecutionType === 'EXPRESS') return;
  const redriven = (await children(mapRunArn)).filter(({ redriveCount }) => redriveCount === 1);
  expect(redriven).toHaveLength(1);
  const child = await sfn.getExecutionHistory({ executionArn: redriven[0]?.executionArn });
  const types = (child.events ?? []).map(({ type }) => type);
  expect(types.filter((type) => type === 'PassStateEntered')).toHaveLength(1);
  expect(types).toContain('ExecutionRedriven');
  expect(types.at(-1)).toBe('ExecutionSucceeded');
});

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
  await expect.poll(async () => (await sfn.describeExecution({ executionArn })).status).toBe('SUCCEEDED');
  const { mapRuns = [] } = await sfn.listMapRuns({ executionArn });
  const mapRunArn = mapRuns[0]?.mapRunArn ?? '';
  for (const isRestarted of [false, true]) {
    if (isRestarted) {
      account = await account.restart();
      sfn = new SFN(account.client);
    }
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

import { Glue } from '@aws-sdk/client-glue';
import { SFN } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestAccount, type TestAccount } from './account.ts';

let account: TestAccount;
let sfn: SFN;

beforeAll(async () => {
  account = await startTestAccount();
  sfn = new SFN(account.client);
});
afterAll(async () => {
  await account.dispose();
});

async function status(executionArn: string, wanted: string): Promise<void> {
  await expect.poll(async () => (await sfn.describeExecution({ executionArn })).status, { interval: 20 }).toBe(wanted);
}

const definition = JSON.stringify({
  StartAt: 'Prepare',
  States: {
    Prepare: { Type: 'Pass', Result: { table: 'orders' }, Assign: { day: 'mon' }, Next: 'Look' },
    Look: {
      Type: 'Task',
      Resource: 'arn:aws:states:::aws-sdk:glue:getWorkflow',
      Parameters: { 'Name.$': '$.table' },
      ResultSelector: { 'name.$': '$.Workflow.Name', 'day.$': '$day' },
      End: true,
    },
  },
});

describe('redrive', () => {
  it('goes on at the state that failed, over a restart, and appends to the history', async () => {
    const { stateMachineArn } = await sfn.createStateMachine({
      name: 'm',
      roleArn: 'arn:aws:iam::0:role/r',
      definition,
    });
    const { executionArn = '', startDate } = await sfn.startExecution({ stateMachineArn });
    await status(executionArn, 'FAILED');
    expect(await sfn.describeExecution({ executionArn })).toMatchObject({
      redriveCount: 0,
      redriveStatus: 'REDRIVABLE',
    });
    account = await account.restart();
    sfn = new SFN(account.client);
    await new Glue(account.client).createWorkflow({ Name: 'orders' });
    const { redriveDate } = await sfn.redriveExecution({ executionArn, clientToken: 'once' });
    // The same request again is the same redrive.
    expect((await sfn.redriveExecution({ executionArn, clientToken: 'once' })).redriveDate).toEqual(redriveDate);
    await status(executionArn, 'SUCCEEDED');
    const ended = await sfn.describeExecution({ executionArn });
    expect(ended).toMatchObject({ startDate, redriveCount: 1, redriveDate, redriveStatus: 'NOT_REDRIVABLE' });
    expect(ended.error).toBeUndefined();
    expect(JSON.parse(ended.output ?? '')).toEqual({ name: 'orders', day: 'mon' });
    const { events = [] } = await sfn.getExecutionHistory({ executionArn });
    expect(events.map(({ id }) => id)).toEqual(events.map((_event, at) => at + 1));
    const types = events.map(({ type }) => type);
    const failed = types.indexOf('ExecutionFailed');
    expect(types.slice(failed, failed + 2)).toEqual(['ExecutionFailed', 'ExecutionRedriven']);
    expect(types.at(-1)).toBe('ExecutionSucceeded');
    expect(types.filter((type) => type === 'PassStateEntered')).toHaveLength(1);
  });

  it('is refused while an execution is on and after a success', async () => {
    const wait = JSON.stringify({ StartAt: 'W', States: { W: { Type: 'Wait', Seconds: 600, End: true } } });
    const { stateMachineArn } = await sfn.createStateMachine({
      name: 'w',
      roleArn: 'arn:aws:iam::0:role/r',
      definition: wait,
    });
    const { executionArn = '' } = await sfn.startExecution({ stateMachineArn });
    await expect(sfn.redriveExecution({ executionArn })).rejects.toMatchObject({ name: 'ExecutionNotRedrivable' });
    await sfn.stopExecution({ executionArn });
    await sfn.redriveExecution({ executionArn });
    await status(executionArn, 'RUNNING');
    await sfn.stopExecution({ executionArn });
    expect((await sfn.listExecutions({ stateMachineArn })).executions?.[0]).toMatchObject({
      status: 'ABORTED',
      redriveCount: 1,
    });
  });
});

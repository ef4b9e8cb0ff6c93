import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SFN, type DescribeExecutionOutput } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addMockEntry, mockEntryIn } from '../../../src/core/interpreter/index.ts';
import { silentLog } from '../../../src/core/base/log.ts';
import { startTestAccount, type TestAccount } from './account.ts';

let account: TestAccount;
let sfn: SFN;
let folder: string;
const file = (): string => join(folder, 'MockConfigFile.json');
const roleArn = 'arn:aws:iam::000000000000:role/sfn';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sluice-mocks-'));
  account = await startTestAccount(silentLog, undefined, { folders: [folder], waitScale: 0 });
  sfn = new SFN(account.client);
});
afterAll(async () => {
  await account.dispose();
  await rm(folder, { recursive: true, force: true });
});

const notify = {
  StartAt: 'Check',
  States: {
    Check: {
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke',
      Parameters: { FunctionName: 'check', 'Payload.$': '$' },
      Retry: [{ ErrorEquals: ['Lambda.TooManyRequestsException'], MaxAttempts: 3 }],
      OutputPath: '$.Payload',
      Next: 'Notify',
    },
    Notify: {
      Type: 'Task',
      Resource: 'arn:aws:states:::sns:publish',
      Parameters: { TopicArn: 'arn:aws:sns:us-east-1:000000000000:t', Message: 'done' },
      ResultPath: '$.sent',
      End: true,
    },
  },
};

const config = {
  StateMachines: {
    notify: {
      TestCases: {
        Happy: { Check: 'CheckGood', Notify: 'Sent' },
        Retried: { Check: 'CheckBusy', Notify: 'Sent' },
        Broken: { Check: 'CheckDenied' },
        Lost: { Check: 'Nowhere' },
      },
    },
  },
  MockedResponses: {
    CheckGood: { '0': { Return: { StatusCode: 200, Payload: { rows: 3 } } } },
    CheckBusy: {
      '0-1': { Throw: { Error: 'Lambda.TooManyRequestsException', Cause: 'slow down' } },
      '2': { Return: { StatusCode: 200, Payload: { rows: 4 } } },
    },
    CheckDenied: { '0': { Throw: { Error: 'Lambda.AccessDeniedException', Cause: 'no' } } },
    Sent: { '0': { Return: { MessageId: 'm-1' } } },
  },
};

async function machine(name: string, definition: object): Promise<string> {
  const { stateMachineArn = '' } = await sfn.createStateMachine({
    name,
    roleArn,
    definition: JSON.stringify(definition),
  });
  return stateMachineArn;
}

async function run(stateMachineArn: string): Promise<DescribeExecutionOutput> {
  const { executionArn } = await sfn.startExecution({ stateMachineArn });
  for (;;) {
    const execution = await sfn.describeExecution({ executionArn });
    if (execution.status !== 'RUNNING') return execution;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

describe('the mock file', () => {
  let arn: string;
  beforeAll(async () => {
    arn = await machine('notify', notify);
    await writeFile(file(), JSON.stringify(config));
  });

  it('answers the tasks of the test case that stands after the machine’s ARN', async () => {
    const happy = await run(`${arn}#Happy`);
    expect(JSON.parse(happy.output ?? '')).toEqual({ rows: 3, sent: { MessageId: 'm-1' } });
    expect(happy.stateMachineArn).toBe(arn);
  });

  it('counts the calls of a state, so that a retry gets the next answer', async () => {
    const retried = await run(`${arn}#Retried`);
    expect(JSON.parse(retried.output ?? '')).toMatchObject({ rows: 4 });
    const { events = [] } = await sfn.getExecutionHistory({ executionArn: retried.executionArn });
    expect(events.filter(({ type }) => type === 'TaskFailed')).toHaveLength(2);
  });

  it('throws the error of a test case', async () => {
    expect(await run(`${arn}#Broken`)).toMatchObject({
      status: 'FAILED',
      error: 'Lambda.AccessDeniedException',
      cause: 'no',
    });
  });

  it('keeps its test case over a redrive, and is read again for it', async () => {
    const broken = await run(`${arn}#Broken`);
    const { CheckGood } = config.MockedResponses;
    const mended = { ...config, MockedResponses: { ...config.MockedResponses, CheckDenied: CheckGood } };
    await writeFile(file(), JSON.stringify(mended));
    await sfn.redriveExecution({ executionArn: broken.executionArn });
    const again = async () => await sfn.describeExecution({ executionArn: broken.executionArn });
    await expect.poll(async () => (await again()).status).toBe('FAILED');
    const { cause = '' } = await again();
    // Its first state is answered now; the next one is not in the test case.
    expect(mockEntryIn(cause)).toHaveProperty('StateMachines.notify.TestCases.Broken.Notify');
    await writeFile(file(), JSON.stringify(config));
  });

  it('is named with its test cases where one is asked for that it does not have, or that is incomplete', async () => {
    await expect(sfn.startExecution({ stateMachineArn: `${arn}#Sad` })).rejects.toThrow(
      "MockConfigFile.json has no test case 'Sad' for the state machine 'notify': it has Happy, Retried, Broken, Lost.",
    );
    await expect(sfn.startExecution({ stateMachineArn: `${arn}#Lost` })).rejects.toThrow(
      'MockConfigFile.json: StateMachines.notify.TestCases.Lost.Check names "Nowhere", which is not in MockedResponses.',
    );
  });
});

describe('a task that does not run on this machine', () => {
  it('fails with the entry that answers it, and succeeds once that is in the file', async () => {
    await rm(file(), { force: true });
    const arn = await machine('alone', { StartAt: 'Notify', States: { Notify: notify.States.Notify } });
    const failed = await run(arn);
    expect(failed.error).toBe('Sluice.NotInLocalAccount');
    expect(failed.cause).toContain('sns:publish is not part of the local account.');
    expect(failed.cause).toContain('MockConfigFile.json');
    const entry = mockEntryIn(failed.cause ?? '');
    expect(entry).toEqual({
      StateMachines: { alone: { TestCases: { Local: { Notify: 'alone.Notify' } } } },
      MockedResponses: {
        'alone.Notify': { '0': { Return: expect.objectContaining({ MessageId: 'MessageId' }) as unknown } },
      },
    });
    await writeFile(file(), addMockEntry('', entry ?? {}));
    const answered = await run(arn);
    expect(answered.status).toBe('SUCCEEDED');
    expect(JSON.parse(answered.output ?? '')).toMatchObject({ sent: { MessageId: 'MessageId' } });
  });

  it('says that the mock file is broken where it is', async () => {
    await writeFile(file(), '{"StateMachines": ');
    const arn = await machine('broken', { StartAt: 'Notify', States: { Notify: notify.States.Notify } });
    const failed = await run(arn);
    expect(failed).toMatchObject({ status: 'FAILED', error: 'Sluice.MockFileInvalid' });
    expect(failed.cause).toContain('MockConfigFile.json: is not JSON');
  });
});

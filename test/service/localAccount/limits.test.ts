import { Glue } from '@aws-sdk/client-glue';
import { SFN } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestAccount, type TestAccount } from './account.ts';

let account: TestAccount;
let glue: Glue;
let sfn: SFN;
let machine: string;
const roleArn = 'arn:aws:iam::000000000000:role/r';
const pass = JSON.stringify({ StartAt: 'P', States: { P: { Type: 'Pass', End: true } } });
beforeAll(async () => {
  account = await startTestAccount();
  glue = new Glue(account.client);
  sfn = new SFN(account.client);
  machine = (await sfn.createStateMachine({ name: 'm', definition: pass, roleArn })).stateMachineArn ?? '';
});
afterAll(async () => {
  await account.dispose();
});

const tags = (count: number, from = 0) =>
  Array.from({ length: count }, (_none, index) => ({ key: `k${from + index}`, value: 'v' }));

describe('Step Functions refuses', () => {
  it.each([
    [
      'a name with a space',
      'InvalidName',
      async () => await sfn.createStateMachine({ name: 'a b', definition: pass, roleArn }),
    ],
    [
      'a name of 81 characters',
      'InvalidName',
      async () => await sfn.createStateMachine({ name: 'x'.repeat(81), definition: pass, roleArn }),
    ],
    [
      'an execution name with a colon',
      'InvalidName',
      async () => await sfn.startExecution({ stateMachineArn: machine, name: 'a:b' }),
    ],
    [
      'a definition of more than 1 MiB',
      'ValidationException',
      async () => await sfn.createStateMachine({ name: 'big', definition: ' '.repeat(1024 * 1024) + pass, roleArn }),
    ],
    [
      'a role that is no ARN',
      'InvalidArn',
      async () => await sfn.createStateMachine({ name: 'x', definition: pass, roleArn: 'r' }),
    ],
    [
      'an input of more than 256 KiB',
      'ValidationException',
      async () => await sfn.startExecution({ stateMachineArn: machine, input: JSON.stringify('x'.repeat(256 * 1024)) }),
    ],
    [
      'an input that is not JSON',
      'InvalidExecutionInput',
      async () => await sfn.startExecution({ stateMachineArn: machine, input: '{' }),
    ],
    [
      '51 tags',
      'TooManyTags',
      async () => await sfn.createStateMachine({ name: 'tagged', definition: pass, roleArn, tags: tags(51) }),
    ],
    [
      'a tag key of 129 characters',
      'ValidationException',
      async () => await sfn.tagResource({ resourceArn: machine, tags: [{ key: 'k'.repeat(129) }] }),
    ],
    [
      'tags of nothing',
      'ResourceNotFound',
      async () => await sfn.listTagsForResource({ resourceArn: `${machine}-none` }),
    ],
    ['a token of nobody', 'InvalidToken', async () => await sfn.sendTaskSuccess({ taskToken: 'abc', output: '{}' })],
    [
      'an output of more than 256 KiB',
      'ValidationException',
      async () => await sfn.sendTaskSuccess({ taskToken: 'abc', output: 'x'.repeat(256 * 1024 + 1) }),
    ],
    [
      'an error name of more than 256 characters',
      'ValidationException',
      async () => await sfn.sendTaskFailure({ taskToken: 'abc', error: 'e'.repeat(257) }),
    ],
  ] as const)('%s: %s', async (_what, name, call) => {
    await expect(call()).rejects.toMatchObject({ name });
  });

  it('a 51st tag beside those that are there, and keeps the tags of activities', async () => {
    const { activityArn: resourceArn = '' } = await sfn.createActivity({ name: 'act', tags: tags(1) });
    await sfn.tagResource({ resourceArn, tags: tags(49, 1) });
    await expect(sfn.tagResource({ resourceArn, tags: tags(1, 50) })).rejects.toMatchObject({ name: 'TooManyTags' });
    expect((await sfn.listTagsForResource({ resourceArn })).tags).toHaveLength(50);
  });
});

async function outcomeOf(definition: object, input = '{}') {
  const name = `run-${Math.random().toString(36).slice(2)}`;
  const made = await sfn.createStateMachine({ name, definition: JSON.stringify(definition), roleArn });
  const { executionArn = '' } = await sfn.startExecution({ stateMachineArn: made.stateMachineArn ?? '', input });
  const ended = async () => (await sfn.describeExecution({ executionArn })).status;
  await expect.poll(ended, { timeout: 60_000 }).not.toBe('RUNNING');
  return await sfn.describeExecution({ executionArn });
}

describe('an execution fails', () => {
  it('at 25,000 events', { timeout: 120_000 }, async () => {
    const choice = { Type: 'Choice', Choices: [{ Variable: '$.end', IsPresent: true, Next: 'E' }], Default: 'A' };
    const found = await outcomeOf({
      StartAt: 'A',
      States: { A: { Type: 'Pass', Next: 'B' }, B: choice, E: { Type: 'Succeed' } },
    });
    expect(found).toMatchObject({ status: 'FAILED', error: 'States.Runtime' });
    expect(found.cause).toContain('25000');
    const last = await sfn.getExecutionHistory({ executionArn: found.executionArn, reverseOrder: true, maxResults: 1 });
    expect(last.events?.[0]).toMatchObject({ id: 25_000, type: 'ExecutionFailed' });
  });

  it('with an output of more than 256 KiB', async () => {
    const doubled = { Type: 'Pass', Parameters: { 'a.$': '$.a', 'b.$': '$.a' }, End: true };
    const input = JSON.stringify({ a: 'x'.repeat(150_000) });
    const found = await outcomeOf({ StartAt: 'D', States: { D: doubled } }, input);
    expect(found).toMatchObject({ status: 'FAILED', error: 'States.DataLimitExceeded' });
  });

  it('with variables of more than 256 KiB in one Assign, or of 10 MiB in all', async () => {
    const input = JSON.stringify({ a: 'x'.repeat(200_000) });
    const both = { Type: 'Pass', Assign: { 'a.$': '$.a', 'b.$': '$.a' }, End: true };
    expect(await outcomeOf({ StartAt: 'S', States: { S: both } }, input)).toMatchObject({
      status: 'FAILED',
      error: 'States.DataLimitExceeded',
    });
    const count = 54;
    const names = Array.from({ length: count }, (_none, index) => `S${index}`);
    const states = Object.fromEntries(
      names.map((name, index) => [
        name,
        {
          Type: 'Pass',
          Assign: { [`v${index}.$`]: '$.a' },
          ...(names[index + 1] ? { Next: names[index + 1] } : { End: true }),
        },
      ]),
    );
    const found = await outcomeOf({ StartAt: 'S0', States: states }, input);
    expect(found).toMatchObject({ status: 'FAILED', error: 'States.DataLimitExceeded' });
    expect(found.cause).toContain("After the state 'S52'");
  });
});

describe('Glue refuses', () => {
  const Command = { Name: 'glueetl', ScriptLocation: 's3://b/x.py' };
  const many = Object.fromEntries(tags(51).map(({ key, value }) => [key, value]));
  it.each([
    [
      'a name of 256 characters',
      'ValidationException',
      async () => await glue.createJob({ Name: 'x'.repeat(256), Role: 'r', Command }),
    ],
    [
      'a name with a line break',
      'ValidationException',
      async () => await glue.createJob({ Name: 'a\nb', Role: 'r', Command }),
    ],
    [
      'a version that is none',
      'ValidationException',
      async () => await glue.createJob({ Name: 'v', Role: 'r', Command, GlueVersion: '5' }),
    ],
    [
      'a description of 2049 characters',
      'ValidationException',
      async () => await glue.createJob({ Name: 'd', Role: 'r', Command, Description: 'x'.repeat(2049) }),
    ],
    [
      '51 tags',
      'InvalidInputException',
      async () => await glue.createJob({ Name: 'tagged', Role: 'r', Command, Tags: many }),
    ],
    [
      '51 tags of a workflow',
      'InvalidInputException',
      async () => await glue.createWorkflow({ Name: 'tagged', Tags: many }),
    ],
    [
      'tags of nothing',
      'EntityNotFoundException',
      async () => await glue.getTags({ ResourceArn: 'arn:aws:glue:us-east-1:000000000000:job/none' }),
    ],
    [
      '26 runs to stop at once',
      'InvalidInputException',
      async () => await glue.batchStopJobRun({ JobName: 'x', JobRunIds: Array.from({ length: 26 }, () => 'jr') }),
    ],
  ] as const)('%s: %s', async (_what, name, call) => {
    await expect(call()).rejects.toMatchObject({ name });
  });

  it('and leaves nothing behind', async () => {
    expect((await glue.listJobs({})).JobNames).toEqual([]);
    expect((await glue.listWorkflows({})).Workflows).toEqual([]);
  });
});

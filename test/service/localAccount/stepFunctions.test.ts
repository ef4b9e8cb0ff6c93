import { Glue } from '@aws-sdk/client-glue';
import { S3 } from '@aws-sdk/client-s3';
import { paginateGetExecutionHistory, SFN, type DescribeExecutionOutput, type HistoryEvent } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestAccount, type TestAccount } from './account.ts';

let account: TestAccount;
let sfn: SFN;
let glue: Glue;
let s3: S3;
const roleArn = 'arn:aws:iam::000000000000:role/sfn';

function connect(): void {
  sfn = new SFN(account.client);
  glue = new Glue(account.client);
  s3 = new S3(account.client);
}

beforeAll(async () => {
  account = await startTestAccount();
  connect();
  await s3.createBucket({ Bucket: 'scripts' });
  const script = `import sys
from awsglue.utils import getResolvedOptions
step = getResolvedOptions(sys.argv, ["step"])["step"]
if step == "bad":
    raise ValueError("cannot do " + step)
if step == "slow":
    import time
    time.sleep(600)
print("done", step)
`;
  await s3.putObject({ Bucket: 'scripts', Key: 'step.py', Body: script });
  await glue.createJob({
    Name: 'step',
    Role: roleArn,
    Command: { Name: 'pythonshell', ScriptLocation: 's3://scripts/step.py' },
    ExecutionProperty: { MaxConcurrentRuns: 5 },
  });
});
afterAll(async () => {
  await account.dispose();
});

async function machine(name: string, definition: object, type: 'STANDARD' | 'EXPRESS' = 'STANDARD'): Promise<string> {
  const { stateMachineArn = '' } = await sfn.createStateMachine({
    name,
    type,
    roleArn,
    definition: JSON.stringify(definition),
  });
  return stateMachineArn;
}

async function ended(executionArn: string): Promise<DescribeExecutionOutput> {
  for (;;) {
    const execution = await sfn.describeExecution({ executionArn });
    if (execution.status !== 'RUNNING') return execution;
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
}

async function run(stateMachineArn: string, input: unknown = {}): Promise<DescribeExecutionOutput> {
  const { executionArn = '' } = await sfn.startExecution({ stateMachineArn, input: JSON.stringify(input) });
  return await ended(executionArn);
}

async function history(executionArn: string | undefined, pageSize = 3): Promise<HistoryEvent[]> {
  const events: HistoryEvent[] = [];
  for await (const page of paginateGetExecutionHistory({ client: sfn, pageSize }, { executionArn })) {
    events.push(...(page.events ?? []));
  }
  return events;
}

const pass = { StartAt: 'A', States: { A: { Type: 'Pass', Next: 'B' }, B: { Type: 'Pass', End: true } } };
const wait = { StartAt: 'W', States: { W: { Type: 'Wait', Seconds: 600, End: true } } };
const jobState = (step: string, more: object = {}): object => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::glue:startJobRun.sync',
  Parameters: { JobName: 'step', Arguments: { '--step': step } },
  ...more,
});

describe('tasks', () => {
  it('run a Glue job to its end, retry, catch, and map over jobs', { timeout: 180_000 }, async () => {
    const arn = await machine('pipeline', {
      StartAt: 'Good',
      States: {
        Good: jobState('good', { ResultPath: '$.good', Next: 'Each' }),
        Each: {
          Type: 'Map',
          ItemsPath: '$.items',
          ResultPath: null,
          ItemProcessor: {
            StartAt: 'Job',
            States: {
              Job: {
                ...jobState(''),
                Parameters: { JobName: 'step', Arguments: { '--step.$': '$' } },
                End: true,
              },
            },
          },
          Next: 'Bad',
        },
        Bad: jobState('bad', {
          Retry: [{ ErrorEquals: ['States.TaskFailed'], IntervalSeconds: 1, MaxAttempts: 1 }],
          Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next: 'Caught' }],
          End: true,
        }),
        Caught: { Type: 'Pass', End: true },
      },
    });
    const execution = await run(arn, { items: ['one', 'two'] });
    expect(execution.status).toBe('SUCCEEDED');
    const output = JSON.parse(execution.output ?? '') as {
      good: Record<string, unknown>;
      error: { Error: string; Cause: string };
    };
    expect(output.good).toMatchObject({ JobRunState: 'SUCCEEDED', JobName: 'step', Arguments: { '--step': 'good' } });
    expect(output.error.Error).toBe('States.TaskFailed');
    expect(JSON.parse(output.error.Cause)).toMatchObject({
      JobRunState: 'FAILED',
      ErrorMessage: 'ValueError: cannot do bad',
    });
    const events = await history(execution.executionArn);
    expect(events.map(({ id }) => id)).toEqual(events.map((_event, index) => index + 1));
    const submitted = events.filter(({ type }) => type === 'TaskSubmitted');
    expect(submitted).toHaveLength(5);
    const details = JSON.parse(submitted[0]?.taskSubmittedEventDetails?.output ?? '') as { JobRunId: string };
    expect(details.JobRunId).toMatch(/^jr_[0-9a-f]{64}$/);
    expect(events[0]?.timestamp?.getTime()).toBeGreaterThan(Date.now() - 120_000);
  });

  it('that are stopped end the job run that they wait for', async () => {
    const arn = await machine('stopped', { StartAt: 'Slow', States: { Slow: { ...jobState('slow'), End: true } } });
    const { executionArn = '' } = await sfn.startExecution({ stateMachineArn: arn });
    let RunId: string | undefined;
    while (RunId === undefined) {
      const { JobRuns = [] } = await glue.getJobRuns({ JobName: 'step' });
      RunId = JobRuns.find(
        ({ JobRunState, Arguments }) => JobRunState === 'RUNNING' && Arguments?.['--step'] === 'slow',
      )?.Id;
    }
    await sfn.stopExecution({ executionArn, error: 'Mine', cause: 'enough' });
    expect(await sfn.describeExecution({ executionArn })).toMatchObject({
      status: 'ABORTED',
      error: 'Mine',
      cause: 'enough',
    });
    for (;;) {
      const { JobRun } = await glue.getJobRun({ JobName: 'step', RunId });
      if (JobRun?.JobRunState === 'STOPPED') break;
      expect(['RUNNING', 'STOPPING']).toContain(JobRun?.JobRunState);
    }
  });

  it('call the services that are here, and start other machines', async () => {
    await machine('child', pass);
    const arn = await machine('caller', {
      StartAt: 'Put',
      States: {
        Put: {
          Type: 'Task',
          Resource: 'arn:aws:states:::aws-sdk:s3:putObject',
          Parameters: { Bucket: 'scripts', Key: 'from/state.json', Body: { a: 1 } },
          ResultPath: '$.put',
          Next: 'Get',
        },
        Get: {
          Type: 'Task',
          Resource: 'arn:aws:states:::aws-sdk:s3:getObject',
          Parameters: { Bucket: 'scripts', Key: 'from/state.json' },
          ResultSelector: { 'body.$': 'States.StringToJson($.Body)' },
          ResultPath: '$.get',
          Next: 'Job',
        },
        Job: {
          Type: 'Task',
          Resource: 'arn:aws:states:::aws-sdk:glue:getJob',
          Parameters: { JobName: 'step' },
          ResultSelector: { 'role.$': '$.Job.Role' },
          ResultPath: '$.job',
          Next: 'Child',
        },
        Child: {
          Type: 'Task',
          Resource: 'arn:aws:states:::states:startExecution.sync:2',
          Parameters: {
            StateMachineArn: 'arn:aws:states:us-east-1:000000000000:stateMachine:child',
            Input: { from: 'parent' },
          },
          ResultSelector: { 'output.$': '$.Output', 'status.$': '$.Status' },
          ResultPath: '$.child',
          Next: 'Missing',
        },
        Missing: {
          Type: 'Task',
          Resource: 'arn:aws:states:::aws-sdk:glue:getJob',
          Parameters: { JobName: 'none' },
          Catch: [{ ErrorEquals: ['Glue.EntityNotFoundException'], ResultPath: '$.missing', Next: 'Done' }],
          Next: 'Done',
        },
        Done: { Type: 'Succeed' },
      },
    });
    const execution = await run(arn);
    expect(execution.status).toBe('SUCCEEDED');
    expect(JSON.parse(execution.output ?? '')).toMatchObject({
      get: { body: { a: 1 } },
      job: { role: roleArn },
      child: { output: { from: 'parent' }, status: 'SUCCEEDED' },
      missing: { Error: 'Glue.EntityNotFoundException' },
    });
  });

  it('wait for their token, and for an activity’s worker', async () => {
    const { activityArn = '' } = await sfn.createActivity({ name: 'by-hand' });
    const arn = await machine('activity', {
      StartAt: 'ByHand',
      States: { ByHand: { Type: 'Task', Resource: activityArn, End: true } },
    });
    const { executionArn = '' } = await sfn.startExecution({ stateMachineArn: arn, input: '{"n":1}' });
    const task = await sfn.getActivityTask({ activityArn, workerName: 'me' });
    expect(JSON.parse(task.input ?? '')).toEqual({ n: 1 });
    await sfn.sendTaskHeartbeat({ taskToken: task.taskToken });
    await sfn.sendTaskSuccess({ taskToken: task.taskToken, output: '{"n":2}' });
    expect(await ended(executionArn)).toMatchObject({ status: 'SUCCEEDED', output: '{"n":2}' });
    const late = sfn.sendTaskSuccess({ taskToken: task.taskToken, output: '{}' });
    await expect(late).rejects.toMatchObject({ name: 'TaskTimedOut' });
  });

  it('that name something else fail with what to do', async () => {
    const execution = await run(
      await machine('elsewhere', {
        StartAt: 'L',
        States: {
          L: { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', Parameters: { FunctionName: 'f' }, End: true },
        },
      }),
    );
    expect(execution.status).toBe('FAILED');
    expect(`${execution.error ?? ''} ${execution.cause ?? ''}`).toMatch(
      /lambda.*not part of the local account.*MockConfigFile.json/i,
    );
  });
});

describe('executions', () => {
  it('are started once for a name, and listed newest first', async () => {
    const stateMachineArn = await machine('named', wait);
    const first = await sfn.startExecution({ stateMachineArn, name: 'one', input: '{}' });
    const again = await sfn.startExecution({ stateMachineArn, name: 'one', input: '{}' });
    expect(again).toMatchObject({ executionArn: first.executionArn, startDate: first.startDate });
    const other = sfn.startExecution({ stateMachineArn, name: 'one', input: '{"a":1}' });
    await expect(other).rejects.toMatchObject({ name: 'ExecutionAlreadyExists' });
    await sfn.startExecution({ stateMachineArn, name: 'two' });
    const page = await sfn.listExecutions({ stateMachineArn, maxResults: 1 });
    expect(page.executions?.map(({ name }) => name)).toEqual(['two']);
    const rest = await sfn.listExecutions({ stateMachineArn, maxResults: 1, nextToken: page.nextToken });
    expect(rest.executions?.map(({ name }) => name)).toEqual(['one']);
    for (const { executionArn } of [...(page.executions ?? []), ...(rest.executions ?? [])]) {
      await sfn.stopExecution({ executionArn });
    }
    expect((await sfn.listExecutions({ stateMachineArn, statusFilter: 'ABORTED' })).executions).toHaveLength(2);
  });

  it('give their history backwards, and a page that grows', async () => {
    const stateMachineArn = await machine('growing', {
      StartAt: 'A',
      States: {
        A: { Type: 'Pass', Next: 'W' },
        W: { Type: 'Wait', Seconds: 1, Next: 'B' },
        B: { Type: 'Pass', End: true },
      },
    });
    const { executionArn = '' } = await sfn.startExecution({ stateMachineArn });
    let page = await sfn.getExecutionHistory({ executionArn, maxResults: 2 });
    while (page.nextToken === undefined) page = await sfn.getExecutionHistory({ executionArn, maxResults: 2 });
    const { nextToken } = page;
    const before = await sfn.getExecutionHistory({ executionArn, maxResults: 100, nextToken });
    await ended(executionArn);
    const after = await sfn.getExecutionHistory({ executionArn, maxResults: 100, nextToken });
    expect(after.events?.length).toBeGreaterThan(before.events?.length ?? 0);
    expect(after.events?.[0]?.id).toBe(3);
    const back = await sfn.getExecutionHistory({ executionArn, reverseOrder: true, maxResults: 1 });
    expect(back.events?.[0]?.type).toBe('ExecutionSucceeded');
    const next = await sfn.getExecutionHistory({
      executionArn,
      reverseOrder: true,
      maxResults: 1,
      nextToken: back.nextToken,
    });
    expect(next.events?.[0]?.id).toBe((back.events?.[0]?.id ?? 0) - 1);
    const bare = await sfn.getExecutionHistory({ executionArn, includeExecutionData: false });
    expect(JSON.stringify(bare.events)).not.toContain('"input"');
  });

  it('keep the definition that they ran', async () => {
    const stateMachineArn = await machine('changing', pass);
    const execution = await run(stateMachineArn);
    const definition = JSON.stringify({ StartAt: 'C', States: { C: { Type: 'Succeed' } } });
    const { revisionId } = await sfn.updateStateMachine({ stateMachineArn, definition });
    expect(await sfn.describeStateMachine({ stateMachineArn })).toMatchObject({ definition, revisionId });
    const ran = await sfn.describeStateMachineForExecution({ executionArn: execution.executionArn });
    expect(ran.definition).toBe(JSON.stringify(pass));
  });

  it('of Express machines give their result at once and are not listed', async () => {
    const stateMachineArn = await machine('express', pass, 'EXPRESS');
    const result = await sfn.startSyncExecution({ stateMachineArn, input: '{"a":1}' });
    expect(result).toMatchObject({ status: 'SUCCEEDED', output: '{"a":1}' });
    await sfn.startExecution({ stateMachineArn });
    await expect(sfn.listExecutions({ stateMachineArn })).rejects.toMatchObject({
      name: 'StateMachineTypeNotSupported',
    });
  });

  it('run 200 at once', async () => {
    const stateMachineArn = await machine('many', pass);
    const arns = await Promise.all(
      Array.from({ length: 200 }, async () => (await sfn.startExecution({ stateMachineArn })).executionArn ?? ''),
    );
    const ends = await Promise.all(arns.map(ended));
    expect(new Set(ends.map(({ status }) => status))).toEqual(new Set(['SUCCEEDED']));
  });

  it('that were on when the account ended say so after a restart, with their history', async () => {
    const stateMachineArn = await machine('restarted', wait);
    const { executionArn = '' } = await sfn.startExecution({ stateMachineArn });
    account = await account.restart();
    connect();
    const execution = await sfn.describeExecution({ executionArn });
    expect(execution).toMatchObject({ status: 'ABORTED', cause: expect.stringContaining('shut down') as string });
    const events = await history(executionArn);
    expect(events.map(({ type }) => type)).toContain('WaitStateEntered');
    expect(events.at(-1)?.type).toBe('ExecutionAborted');
  });
});

describe('machines', () => {
  it.each([
    ['{', 'InvalidDefinition'],
    ['[]', 'InvalidDefinition'],
    ['{"StartAt":"A","States":{"A":{"Type":"Pass","Next":"Nowhere"}}}', 'InvalidDefinition'],
  ])('with the definition %s are refused', async (definition, name) => {
    await expect(sfn.createStateMachine({ name: 'refused', roleArn, definition })).rejects.toMatchObject({ name });
  });

  it('are refused for their name, found by ARN, and created once', async () => {
    const definition = JSON.stringify(pass);
    await expect(sfn.createStateMachine({ name: 'a b', roleArn, definition })).rejects.toMatchObject({
      name: 'InvalidName',
    });
    await expect(sfn.describeStateMachine({ stateMachineArn: 'x' })).rejects.toMatchObject({ name: 'InvalidArn' });
    const stateMachineArn = await machine('once', pass);
    expect(await machine('once', pass)).toBe(stateMachineArn);
    await expect(machine('once', wait)).rejects.toMatchObject({ name: 'StateMachineAlreadyExists' });
    await sfn.deleteStateMachine({ stateMachineArn });
    await expect(sfn.describeStateMachine({ stateMachineArn })).rejects.toMatchObject({
      name: 'StateMachineDoesNotExist',
    });
    await expect(sfn.startExecution({ stateMachineArn })).rejects.toMatchObject({ name: 'StateMachineDoesNotExist' });
  });

  it('refuse input that is not JSON', async () => {
    const stateMachineArn = await machine('input', pass);
    await expect(sfn.startExecution({ stateMachineArn, input: '{' })).rejects.toMatchObject({
      name: 'InvalidExecutionInput',
    });
    const nonsense = sfn.listExecutions({ stateMachineArn, nextToken: 'nonsense' });
    await expect(nonsense).rejects.toMatchObject({ name: 'InvalidToken' });
  });

  it('are validated, and their states tested', async () => {
    const bad = await sfn.validateStateMachineDefinition({
      definition: '{"StartAt":"X","States":{"A":{"Type":"Succeed"}}}',
    });
    expect(bad).toMatchObject({ result: 'FAIL', truncated: false });
    expect(bad.diagnostics?.[0]?.severity).toBe('ERROR');
    const tested = await sfn.testState({
      definition: '{"Type":"Pass","Result":{"a":1},"End":true}',
      roleArn,
      input: '{}',
    });
    expect(tested).toMatchObject({ status: 'SUCCEEDED', output: '{"a":1}' });
  });

  it('have their Task states tested against what is here, at each level of inspection', async () => {
    const state = {
      Type: 'Task',
      Resource: 'arn:aws:states:::aws-sdk:sfn:describeStateMachine',
      Parameters: { 'StateMachineArn.$': '$.arn' },
      ResultSelector: { 'name.$': '$.Name' },
      TimeoutSeconds: 60,
      Retry: [{ ErrorEquals: ['Sfn.StateMachineDoesNotExistException'], IntervalSeconds: 3 }],
      Next: 'After',
    };
    const test = async (arn: string, inspectionLevel?: 'DEBUG' | 'TRACE') =>
      await sfn.testState({
        definition: JSON.stringify(state),
        roleArn,
        input: JSON.stringify({ arn }),
        ...(inspectionLevel && { inspectionLevel }),
      });
    const { stateMachineArn = '' } = await sfn.createStateMachine({
      name: 'tested',
      roleArn,
      definition: JSON.stringify(pass),
    });
    const info = await test(stateMachineArn);
    expect(info).toMatchObject({ status: 'SUCCEEDED', output: '{"name":"tested"}', nextState: 'After' });
    expect(info.inspectionData).toBeUndefined();
    const { inspectionData } = await test(stateMachineArn, 'TRACE');
    expect(JSON.parse(inspectionData?.afterParameters ?? '')).toEqual({ StateMachineArn: stateMachineArn });
    expect(JSON.parse(inspectionData?.afterResultSelector ?? '')).toEqual({ name: 'tested' });
    const failed = await test(`${stateMachineArn}-gone`, 'DEBUG');
    expect(failed).toMatchObject({ status: 'RETRIABLE', error: 'Sfn.StateMachineDoesNotExistException' });
    expect(failed.inspectionData?.errorDetails).toMatchObject({ retryIndex: 0, retryBackoffIntervalSeconds: 3 });
  });

  it('need a role', async () => {
    const noRole = sfn.createStateMachine({ name: 'no-role', roleArn: 'admin', definition: JSON.stringify(pass) });
    await expect(noRole).rejects.toMatchObject({ name: 'InvalidArn', message: "Invalid Role Arn: 'admin'" });
  });
});

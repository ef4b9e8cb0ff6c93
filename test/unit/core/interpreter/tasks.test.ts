import { describe, expect, it } from 'vitest';
import { TaskFailure, type Json, type JsonObject, type TaskRequest } from '../../../../src/core/interpreter/index.ts';
import { resultOf, settled, start } from './support/run.ts';

const LAMBDA = 'arn:aws:lambda:eu-west-1:111111111111:function:load';
const SYNC = 'arn:aws:states:::glue:startJobRun.sync';
const never = async (request: TaskRequest) =>
  await new Promise<Json>((_, reject) => request.signal.addEventListener('abort', () => reject(new Error('aborted'))));

const oneTask = (task: JsonObject): JsonObject => ({
  StartAt: 'Load',
  States: { Load: { Type: 'Task', Resource: SYNC, End: true, ...task }, Caught: { Type: 'Pass', End: true } },
});

describe('time limits', () => {
  it('TimeoutSeconds ends a task that does not answer, and stops it', async () => {
    let stopped = false;
    const run = start(oneTask({ TimeoutSeconds: 60 }), {
      task: async (request) => {
        request.signal.addEventListener('abort', () => (stopped = true));
        return await never(request);
      },
    });
    await run.clock.pass(59);
    expect(run.types()).not.toContain('TaskTimedOut');
    await run.clock.pass(1);
    expect(await run.result).toEqual({ status: 'FAILED', error: 'States.Timeout' });
    expect(stopped).toBe(true);
    expect(run.types().slice(-2)).toEqual(['TaskTimedOut', 'ExecutionFailed']);
    expect(run.clock.sleepers).toBe(0);
  });

  it('a heartbeat starts HeartbeatSeconds anew; without one States.HeartbeatTimeout is caught', async () => {
    let beat: () => void = () => undefined;
    const run = start(
      oneTask({ HeartbeatSeconds: 10, Catch: [{ ErrorEquals: ['States.HeartbeatTimeout'], Next: 'Caught' }] }),
      {
        task: async (request) => {
          beat = () => request.heartbeat();
          return await never(request);
        },
      },
    );
    await run.clock.pass(9);
    beat();
    await run.clock.pass(9);
    expect(run.types()).not.toContain('TaskTimedOut');
    await run.clock.pass(1);
    expect((await run.result).status).toBe('SUCCEEDED');
  });

  it('TimeoutSeconds of the machine ends the run as TIMED_OUT', async () => {
    const run = start({ TimeoutSeconds: 30, ...oneTask({}) }, { task: never });
    await run.clock.pass(30);
    expect(await run.result).toEqual({ status: 'TIMED_OUT' });
    expect(run.types().slice(-2)).toEqual(['TaskStateAborted', 'ExecutionTimedOut']);
  });

  it('an express run ends after five minutes', async () => {
    const run = start(oneTask({}), { type: 'EXPRESS', task: never });
    await run.clock.pass(300);
    expect((await run.result).status).toBe('TIMED_OUT');
  });
});

describe('stopping a run', () => {
  it('cuts a Wait short and keeps error and cause', async () => {
    const run = start({ StartAt: 'W', States: { W: { Type: 'Wait', Seconds: 3600, End: true } } });
    await run.clock.pass(5);
    run.abort('Operator', 'no longer needed');
    expect(await run.result).toEqual({ status: 'ABORTED', error: 'Operator', cause: 'no longer needed' });
    expect(run.types().slice(-2)).toEqual(['WaitStateAborted', 'ExecutionAborted']);
    expect(run.clock.sleepers).toBe(0);
  });

  it('stops the tasks of all branches, also of a port that does not listen', async () => {
    const branch = (name: string): JsonObject => ({
      StartAt: name,
      States: { [name]: { Type: 'Task', Resource: LAMBDA, End: true } },
    });
    const controller = new AbortController();
    const run = start(
      { StartAt: 'P', States: { P: { Type: 'Parallel', Branches: [branch('A'), branch('B')], End: true } } },
      { task: async () => await new Promise<Json>(() => undefined), signal: controller.signal },
    );
    await settled();
    controller.abort();
    expect((await run.result).status).toBe('ABORTED');
    expect(run.types().slice(-4)).toEqual([
      'TaskStateAborted',
      'TaskStateAborted',
      'ParallelStateAborted',
      'ExecutionAborted',
    ]);
  });

  it('an aborted run takes no catcher and no retry', async () => {
    let attempts = 0;
    const run = start(
      oneTask({ Retry: [{ ErrorEquals: ['States.ALL'] }], Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Caught' }] }),
      {
        task: async (request) => {
          attempts++;
          return await never(request);
        },
      },
    );
    await settled();
    run.abort();
    expect((await run.result).status).toBe('ABORTED');
    expect(attempts).toBe(1);
  });
});

describe('what a task is given and what is recorded', () => {
  it('a .sync job is submitted with its run id and ends with its description', async () => {
    const run = start(oneTask({ Parameters: { JobName: 'load', 'Arguments.$': '$.args' } }), {
      input: { args: { '--day': '2026-01-01' } },
      task: (request) => {
        expect(request.target).toEqual({
          kind: 'service',
          resourceType: 'glue',
          action: 'startJobRun',
          pattern: 'sync',
        });
        expect(request.parameters).toEqual({ JobName: 'load', Arguments: { '--day': '2026-01-01' } });
        request.submitted({ JobRunId: 'jr_1' });
        return { JobRunState: 'SUCCEEDED' };
      },
    });
    expect((await run.result).output).toEqual({ JobRunState: 'SUCCEEDED' });
    const submitted = run.events.find((event) => event.type === 'TaskSubmitted');
    expect(submitted?.['taskSubmittedEventDetails']).toEqual({
      resourceType: 'glue',
      resource: 'startJobRun.sync',
      output: '{"JobRunId":"jr_1"}',
      outputDetails: { truncated: false },
    });
    const scheduled = run.events.find((event) => event.type === 'TaskScheduled');
    expect(scheduled?.['taskScheduledEventDetails']).toMatchObject({
      region: 'eu-west-1',
      resource: 'startJobRun.sync',
    });
  });

  it('ids count from 1 and each event names the one before it on its branch', async () => {
    const pass = (name: string): JsonObject => ({ StartAt: name, States: { [name]: { Type: 'Pass', End: true } } });
    const run = start({
      StartAt: 'P',
      States: { P: { Type: 'Parallel', Branches: [pass('A'), pass('B')], End: true } },
    });
    await run.result;
    expect(run.events.map((event) => event.id)).toEqual(run.events.map((_, at) => at + 1));
    const entered = run.events.filter((event) => event.type === 'PassStateEntered');
    expect(entered.map((event) => event.previousEventId)).toEqual([3, 3]);
    expect(run.events.at(-1)).toMatchObject({ type: 'ExecutionSucceeded', previousEventId: run.events.length - 1 });
  });

  it('the task token of the context object is the one the port is given', async () => {
    const run = start(
      oneTask({
        Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
        Parameters: { 'Token.$': '$$.Task.Token' },
      }),
      { task: (request) => ({ same: (request.parameters as JsonObject)['Token'] === request.taskToken }) },
    );
    expect((await run.result).output).toEqual({ same: true });
  });

  it('an unknown failure of the port is States.TaskFailed and caught by that name', async () => {
    const run = start(
      oneTask({ Catch: [{ ErrorEquals: ['States.TaskFailed'], ResultPath: '$.problem', Next: 'Caught' }] }),
      {
        input: { day: 1 },
        task: () => {
          throw new Error('socket hang up');
        },
      },
    );
    expect((await run.result).output).toEqual({
      day: 1,
      problem: { Error: 'States.TaskFailed', Cause: 'socket hang up' },
    });
  });
});

describe('Retry', () => {
  const failing = (times: number) => {
    let left = times;
    return (request: TaskRequest): Json => {
      if (left-- > 0) throw new TaskFailure('Glue.Throttled', 'slow down');
      return { retries: request.retryCount };
    };
  };

  it('waits longer each time, no longer than MaxDelaySeconds', async () => {
    const retry = {
      ErrorEquals: ['Glue.Throttled'],
      IntervalSeconds: 10,
      BackoffRate: 3,
      MaxDelaySeconds: 40,
      MaxAttempts: 5,
    };
    const run = start(oneTask({ Retry: [retry] }), { task: failing(3) });
    await run.clock.pass(10 + 30 + 39);
    expect(run.types().filter((type) => type === 'TaskScheduled')).toHaveLength(3);
    await run.clock.pass(1);
    expect((await run.result).output).toEqual({ retries: 3 });
  });

  it('full jitter waits a random part of the delay', async () => {
    const retry = { ErrorEquals: ['States.ALL'], IntervalSeconds: 100, JitterStrategy: 'FULL' };
    const run = start(oneTask({ Retry: [retry] }), { task: failing(1), random: () => 0.25 });
    await run.clock.pass(25);
    expect((await run.result).status).toBe('SUCCEEDED');
  });

  it('waitScale 0 skips retry delays and waits', async () => {
    const run = start(oneTask({ Retry: [{ ErrorEquals: ['States.ALL'], IntervalSeconds: 100 }] }), {
      task: failing(2),
      waitScale: 0,
    });
    expect((await run.result).status).toBe('SUCCEEDED');
  });

  it('the first matching retrier decides, and its attempts are its own', async () => {
    const result = await resultOf(
      {
        Load: {
          Type: 'Task',
          Resource: LAMBDA,
          Retry: [
            { ErrorEquals: ['Glue.Throttled'], MaxAttempts: 0 },
            { ErrorEquals: ['States.ALL'], MaxAttempts: 9 },
          ],
          End: true,
        },
      },
      { task: failing(1) },
    );
    expect(result).toEqual({ status: 'FAILED', error: 'Glue.Throttled', cause: 'slow down' });
  });
});

describe('limits of the service', () => {
  it('a result over 256 KiB fails as States.DataLimitExceeded, which States.ALL does not catch', async () => {
    const task = (): Json => ({ text: 'x'.repeat(262_144) });
    const result = await resultOf(
      oneTask({ Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Caught' }] })['States'] as JsonObject,
      { task },
    );
    expect(result.error).toBe('States.DataLimitExceeded');
    expect(result.cause).toBe(
      "The state/task 'glue' returned a result with a size exceeding the maximum number of bytes service limit.",
    );
    const caught = await resultOf(
      oneTask({ Catch: [{ ErrorEquals: ['States.DataLimitExceeded'], Next: 'Caught' }] })['States'] as JsonObject,
      { task },
    );
    expect(caught.status).toBe('SUCCEEDED');
  });

  it('the limit counts bytes, not characters', async () => {
    const result = await resultOf(oneTask({})['States'] as JsonObject, { task: () => 'ü'.repeat(140_000) });
    expect(result.error).toBe('States.DataLimitExceeded');
    expect((await resultOf(oneTask({})['States'] as JsonObject, { task: () => 'u'.repeat(140_000) })).status).toBe(
      'SUCCEEDED',
    );
  });

  it('an endless loop fails at 25,000 events', async () => {
    const run = start({ StartAt: 'A', States: { A: { Type: 'Pass', Next: 'B' }, B: { Type: 'Pass', Next: 'A' } } });
    expect(await run.result).toMatchObject({ status: 'FAILED', error: 'States.Runtime' });
    expect(run.events).toHaveLength(25_000);
    expect(run.events.at(-1)?.type).toBe('ExecutionFailed');
  });

  it('an endless loop of an express run can be stopped: it lets others have their turn', async () => {
    const run = start({ StartAt: 'A', States: { A: { Type: 'Pass', Next: 'A' } } }, { type: 'EXPRESS' });
    setImmediate(() => run.abort());
    run.clock.sleep = async (ms, signal) => {
      await new Promise((resolve) => setImmediate(resolve));
      if (ms > 0 && !signal?.aborted) await new Promise(() => undefined);
    };
    expect((await run.result).status).toBe('ABORTED');
  });

  it('values that are nested too deep for the machine end the run, not the process', async () => {
    const deep = JSON.parse('['.repeat(7000) + ']'.repeat(7000)) as Json;
    const result = await resultOf(
      { S: { Type: 'Pass', Parameters: { 'v.$': 'States.JsonToString($)', 'all.$': '$..x' }, End: true } },
      { input: deep },
    );
    expect(['SUCCEEDED', 'FAILED']).toContain(result.status);
  });
});

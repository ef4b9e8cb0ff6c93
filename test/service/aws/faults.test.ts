import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { OwnedAccount } from '../../../src/aws/createAccount.ts';
import { environmentConnection } from '../../../src/core/connections/connection.ts';
import { RateLimits, type SlowChange } from '../../../src/aws/calls/rateLimit.ts';
import { accountAt, collectedLog, testCredentials, type CollectedLog } from '../../support/awsAccount.ts';
import { FakeClock } from '../../support/fakeClock.ts';
import { faultProxy, type Fault, type FaultProxy } from '../../support/faultProxy.ts';
import { rejection } from '../../support/rejection.ts';
import { expressArn as express, smallAws, standardArn as standard, type SmallAws } from '../../support/smallAws.ts';

let clock: FakeClock;
let aws: SmallAws;
let proxy: FaultProxy;
let account: OwnedAccount;
let log: CollectedLog;
let asked: number;
beforeEach(async () => {
  clock = new FakeClock();
  aws = await smallAws(clock);
  proxy = await faultProxy(aws.endpoint);
  log = collectedLog();
  asked = 0;
  account = accountAt(proxy.endpoint, {
    clock,
    log,
    limits: new RateLimits(clock),
    local: async () => {
      asked += 1;
      return await Promise.resolve({
        endpoint: proxy.endpoint,
        credentials: { ...testCredentials, sessionToken: `${testCredentials.sessionToken}-${asked}` },
      });
    },
  });
});
afterEach(async () => {
  account.dispose();
  await Promise.all([proxy.close(), aws.close()]);
});

async function names(signal?: AbortSignal): Promise<readonly string[]> {
  const rows: string[] = [];
  for await (const page of account.glue.listJobs(signal)) rows.push(...page.map(({ name }) => name));
  return rows;
}

const all = Array.from({ length: 450 }, (_, index) => `job-${index}`);
const first = (count: number) => (call: number) => call < count;

describe('throttling', () => {
  test('for a minute costs time and nothing else; users hear of it after half a minute', async () => {
    const startMs = clock.now();
    proxy.fail('GetJobs', 'throttle', () => clock.now() - startMs < 60_000);
    const changes: (SlowChange & { afterMs: number })[] = [];
    account.onDidChangeSlow((change) => changes.push({ ...change, afterMs: clock.now() - startMs }));
    expect(await clock.run(names())).toEqual(all);
    expect(changes.map(({ isSlow }) => isSlow)).toEqual([true, false]);
    expect(changes[0]?.afterMs).toBeGreaterThanOrEqual(30_000);
    expect(changes[0]?.afterMs).toBeLessThan(60_000);
    expect(proxy.calls.length).toBeLessThan(20);
  });

  test('without end is told after two minutes', async () => {
    proxy.fail('GetJobs', 'throttle');
    const startMs = clock.now();
    expect(await rejection(clock.run(names()))).toMatchObject({
      code: 'throttled',
      message: 'AWS Glue is limiting requests of the Local connection.',
    });
    expect(clock.now() - startMs).toBeLessThanOrEqual(125_000);
  });

  test('of a start does not start twice', async () => {
    proxy.fail('StartJobRun', 'throttle', first(3));
    expect(await clock.run(account.glue.startJobRun('orders', {}))).toBe('jr_1');
    expect(aws.jobRuns).toHaveLength(1);
  });
});

describe('a list', () => {
  test.each<Fault>(['status-500', 'status-503', 'reset-before', 'reset-middle', 'html-503', 'hang', 'hang-middle'])(
    'gets over %s in its second page without losing or repeating a row',
    async (fault) => {
      proxy.fail('GetJobs', fault, (call) => call === 1);
      expect(await clock.run(names())).toEqual(all);
      expect(proxy.calls).toHaveLength(4);
    },
  );

  test.each<[Fault, string, string, number]>([
    ['status-500', 'network', 'Cannot list Glue jobs: the Local connection has a problem (status 500).', 4],
    ['reset-before', 'network', 'The Local connection was interrupted.', 4],
    ['hang', 'network', 'The Local connection gives no answer (list Glue jobs).', 4],
    [
      'html-200',
      'endpoint-invalid',
      'Cannot list Glue jobs: the Local connection does not answer as AWS does. The answer is a web page with status 200.',
      1,
    ],
    [
      'html-403',
      'endpoint-invalid',
      'Cannot list Glue jobs: the Local connection does not answer as AWS does. The answer is a web page with status 403.',
      1,
    ],
    [
      'half-json',
      'endpoint-invalid',
      'Cannot list Glue jobs: the Local connection does not answer as AWS does. The answer cannot be read.',
      1,
    ],
    ['denied', 'access-denied', 'The Local connection may not list Glue jobs (glue:GetJobs denied for user ann).', 1],
    ['denied-silently', 'access-denied', 'The Local connection may not list Glue jobs (glue:GetJobs denied).', 1],
    ['expired-credentials', 'credentials-expired', 'The credentials of the Local connection have expired.', 2],
  ])('that %s forever says so, and works again afterwards', async (fault, code, message, calls) => {
    proxy.fail('GetJobs', fault);
    expect(await rejection(clock.run(names()))).toMatchObject({ code, message });
    expect(proxy.calls).toHaveLength(calls);
    proxy.heal();
    clock.advance(10_000);
    expect(await clock.run(names())).toEqual(all);
  });

  test('goes on with fresh credentials when those it had have expired', async () => {
    proxy.fail('GetJobs', 'expired-credentials', first(1));
    expect(await clock.run(names())).toEqual(all);
    expect(aws.requests[0]?.headers['x-amz-security-token']).toBe(`${testCredentials.sessionToken}-3`);
  });

  test('ends at once when cancelled, although nothing comes back', async () => {
    proxy.fail('GetJobs', 'hang');
    const cancel = new AbortController();
    const listing = rejection(names(cancel.signal));
    while (proxy.calls.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    cancel.abort();
    expect(await listing).toMatchObject({ code: 'aborted' });
  });

  test('ends at once when the connection is closed', async () => {
    proxy.fail('GetJobs', 'hang');
    const listing = rejection(names());
    while (proxy.calls.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    account.dispose();
    expect(await listing).toMatchObject({ code: 'aborted' });
  });
});

describe('starting a job', () => {
  const options = { arguments: { '--date': '2026-11-20' } };

  test.each<Fault>(['reset-after', 'reset-middle', 'hang-middle'])(
    'whose answer is lost (%s) gives the run that it started',
    async (fault) => {
      proxy.fail('StartJobRun', fault);
      expect(await clock.run(account.glue.startJobRun('orders', options))).toBe('jr_1');
      expect(proxy.calls.filter((call) => call === 'StartJobRun')).toHaveLength(1);
      expect(aws.jobRuns).toHaveLength(1);
    },
  );

  test.each<Fault>(['reset-before', 'hang', 'status-500'])(
    'that may not have arrived (%s) is not sent again',
    async (fault) => {
      proxy.fail('StartJobRun', fault);
      expect(await rejection(clock.run(account.glue.startJobRun('orders', options)))).toMatchObject({
        code: 'ambiguous-start',
        message: 'The connection was lost while Glue job "orders" was being started; whether it runs is not known.',
        help: 'Look at its recent runs before you start it again.',
      });
      expect(proxy.calls.filter((call) => call === 'StartJobRun')).toHaveLength(1);
      expect(aws.jobRuns).toHaveLength(0);
    },
  );

  test('does not take an older run or one with other arguments for its own', async () => {
    aws.startElsewhere(options.arguments);
    clock.advance(60_000);
    proxy.fail('StartJobRun', 'reset-before');
    aws.startElsewhere({ '--date': 'another' });
    expect(await rejection(clock.run(account.glue.startJobRun('orders', options)))).toMatchObject({
      code: 'ambiguous-start',
    });
  });

  test('does not guess between two runs that could be its own', async () => {
    aws.afterStart = () => aws.startElsewhere(options.arguments);
    proxy.fail('StartJobRun', 'reset-after');
    expect(await rejection(clock.run(account.glue.startJobRun('orders', options)))).toMatchObject({
      code: 'ambiguous-start',
    });
    expect(aws.jobRuns).toHaveLength(2);
  });

  test('cannot look for its run while the runs cannot be listed', async () => {
    proxy.fail('StartJobRun', 'reset-after');
    proxy.fail('GetJobRuns', 'denied-silently');
    expect(await rejection(clock.run(account.glue.startJobRun('orders', options)))).toMatchObject({
      code: 'ambiguous-start',
    });
  });

  test('works for a workflow in the same way', async () => {
    proxy.fail('StartWorkflowRun', 'reset-after');
    expect(await clock.run(account.glue.startWorkflowRun('nightly', { day: 'mon' }))).toBe('wr_1');
    proxy.fail('StartWorkflowRun', 'reset-before');
    clock.advance(60_000);
    expect(await rejection(clock.run(account.glue.startWorkflowRun('nightly', { day: 'mon' })))).toMatchObject({
      code: 'ambiguous-start',
    });
    expect(aws.workflowRuns).toHaveLength(1);
  });
});

describe('starting an execution', () => {
  const start = async (arn: string, name?: string): Promise<string> =>
    await clock.run(
      account.stepFunctions.startExecution(arn, { input: '{"a":1}', ...(name === undefined ? {} : { name }) }),
    );

  test.each<Fault>(['reset-before', 'reset-after', 'hang', 'status-500', 'reset-middle'])(
    'gets over %s and starts once, under one name',
    async (fault) => {
      proxy.fail('StartExecution', fault, first(2));
      const arn = await start(standard);
      expect([...aws.executions.keys()]).toEqual([arn]);
      expect(arn).toMatch(/:execution:orders:sluice-[0-9a-f]{32}$/);
    },
  );

  test('finds its execution also when that has ended before the second try', async () => {
    proxy.fail('StartExecution', 'reset-after', first(1));
    const starting = start(standard);
    while (aws.executions.size === 0) await new Promise((resolve) => setTimeout(resolve, 2));
    for (const execution of aws.executions.values()) execution.status = 'SUCCEEDED';
    expect([...aws.executions.keys()]).toEqual([await starting]);
  });

  test('with a name that an older execution has is a conflict', async () => {
    const arn = await start(standard, 'monday');
    for (const execution of aws.executions.values()) execution.status = 'SUCCEEDED';
    clock.advance(60_000);
    expect(await rejection(start(standard, 'monday'))).toMatchObject({
      code: 'conflict',
      message: `Cannot start the state machine: Execution Already Exists: '${arn}'.`,
    });
    proxy.fail('StartExecution', 'reset-before', first(1));
    expect(await rejection(start(standard, 'monday'))).toMatchObject({ code: 'conflict' });
  });

  test('of an Express machine is sent once, since AWS would start it twice', async () => {
    proxy.fail('StartExecution', 'reset-after');
    expect(await rejection(start(express))).toMatchObject({ code: 'ambiguous-start' });
    expect(proxy.calls.filter((call) => call === 'StartExecution')).toHaveLength(1);
  });

  test('with an input that is no JSON is not sent', async () => {
    const starting = account.stepFunctions.startExecution(standard, { input: '{"a":' });
    expect(await rejection(starting)).toMatchObject({ code: 'bad-input' });
    expect(proxy.calls).toEqual([]);
  });
});

test('an endpoint that refuses connections says so, and is used once it is there', async () => {
  const endpoint = proxy.endpoint;
  await proxy.close();
  const own = accountAt(endpoint, {
    clock,
    connection: environmentConnection('us-east-1'),
    environment: { AWS_ENDPOINT_URL: endpoint },
  });
  const before = { ...process.env };
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'AKIAENV', AWS_SECRET_ACCESS_KEY: 'env' });
  try {
    expect(await rejection(clock.run(own.glue.getJob('a')))).toMatchObject({
      code: 'network',
      message: `The endpoint ${endpoint} refuses connections.`,
    });
    proxy = await faultProxy(aws.endpoint, Number(new URL(endpoint).port));
    expect(await rejection(clock.run(own.glue.getJob('a')))).toMatchObject({ code: 'not-supported' });
  } finally {
    own.dispose();
    for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY']) Reflect.deleteProperty(process.env, name);
    Object.assign(process.env, before);
  }
});

test('a local account that was killed is asked for anew, also on another port', async () => {
  expect(await clock.run(names())).toEqual(all);
  await proxy.close();
  proxy = await faultProxy(aws.endpoint);
  expect(await clock.run(names())).toEqual(all);
  expect(asked).toBeGreaterThan(2);
});

test('the log tells calls and failures, and holds no secret and no data of the user', async () => {
  proxy.fail('GetJobs', 'status-500', first(1));
  await clock.run(names());
  proxy.fail('StartJobRun', 'expired-credentials');
  await rejection(clock.run(account.glue.startJobRun('orders', { arguments: { '--password': 'hunter2' } })));
  await clock.run(
    account.stepFunctions.startExecution('arn:aws:states:us-east-1:1:stateMachine:orders', { input: '{"pin":"4711"}' }),
  );
  const text = log.lines.join('\n');
  expect(text).toMatch(/warn glue\.GetJobs attempt 1 failed: InternalServiceException, 500, request spoilt-1/);
  expect(text).toMatch(/debug glue\.GetJobs took \d+ ms/);
  expect(text).not.toMatch(/hunter2|4711|must-not-be-logged|AKIATEST/);
});

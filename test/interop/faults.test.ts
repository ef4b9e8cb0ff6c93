import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { OwnedAccount } from '../../src/aws/createAccount.ts';
import { accountAt } from '../support/awsAccount.ts';
import { startEmulator, type Emulator } from '../support/emulators.mjs';
import { faultProxy, type FaultProxy } from '../support/faultProxy.ts';
import { rejection } from '../support/rejection.ts';

const definition = JSON.stringify({
  StartAt: 'Greet',
  States: { Greet: { Type: 'Pass', Result: 'hello', Next: 'Done' }, Done: { Type: 'Succeed' } },
});
const role = 'arn:aws:iam::123456789012:role/orders';

describe.each(['moto', 'ministack'] as const)('%s behind a network that fails', (name) => {
  let emulator: Emulator;
  let proxy: FaultProxy;
  let account: OwnedAccount;
  let machineArn: string;
  beforeAll(async () => {
    emulator = await startEmulator(name);
    if (name === 'moto') {
      // Without this, moto records executions and does not run them.
      await fetch(`${emulator.endpoint}/moto-api/config`, {
        method: 'POST',
        body: JSON.stringify({ stepfunctions: { execute_state_machine: true } }),
      });
    }
    proxy = await faultProxy(emulator.endpoint);
    account = accountAt(proxy.endpoint);
    const Command = { Name: 'glueetl', ScriptLocation: 's3://scripts/a.py' };
    for (const Name of ['a', 'b', 'c'])
      await account.glue.putJob({ Name, Role: role, Command, ExecutionProperty: { MaxConcurrentRuns: 5 } });
    machineArn = (
      await account.stepFunctions.putStateMachine({ name: 'greet', definition, roleArn: role, type: 'STANDARD' })
    ).arn;
  });
  afterAll(async () => {
    account.dispose();
    await proxy.close();
    await emulator.stop();
  });

  const startsOf = (operation: string): number => proxy.calls.filter((call) => call === operation).length;

  test('a list gets over a lost connection and over throttling', async () => {
    for (const fault of ['reset-middle', 'throttle', 'status-503'] as const) {
      proxy.fail('GetJobs', fault, (count) => count < 2);
      const names: string[] = [];
      for await (const page of account.glue.listJobs()) names.push(...page.map((job) => job.name));
      expect(names.toSorted()).toEqual(['a', 'b', 'c']);
    }
  });

  test('a job run whose start lost its answer is found and not started again', async () => {
    const before = startsOf('StartJobRun');
    proxy.fail('StartJobRun', 'reset-after');
    const id = await account.glue.startJobRun('a', { arguments: { '--date': '2026-11-20' } });
    proxy.heal();
    const { items } = await account.glue.listJobRuns('a', { pageSize: 10 });
    expect(items.map((run) => run.name)).toEqual([id]);
    expect(startsOf('StartJobRun') - before).toBe(1);
    expect(await account.getJobRun('a', id)).toMatchObject({
      jobName: 'a',
      runId: id,
      arguments: { '--date': '2026-11-20' },
    });
  });

  test('an execution is started once under its name, runs, and tells its history', async () => {
    proxy.fail('StartExecution', 'reset-after', (count) => count < 1);
    const arn = await account.stepFunctions.startExecution(machineArn, { input: '{"who":"you"}' });
    const { items } = await account.stepFunctions.listExecutions(machineArn, { pageSize: 10 });
    expect(items.map((run) => run.key.id)).toEqual([arn]);
    let detail = await account.describeExecution(arn);
    for (let look = 0; detail.state === 'running' && look < 100; look += 1) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      detail = await account.describeExecution(arn);
    }
    expect(detail).toMatchObject({ state: 'succeeded', input: '{"who":"you"}', stateMachineArn: machineArn });
    const { items: events } = await account.getExecutionHistory(arn, {});
    expect(events[0]).toMatchObject({ id: 1, type: 'ExecutionStarted' });
    expect(events.filter(({ type }) => type.endsWith('StateEntered')).map(({ details }) => details['name'])).toEqual([
      'Greet',
      'Done',
    ]);
    expect(JSON.parse(await account.describeDefinitionOfExecution(arn))).toEqual(JSON.parse(definition));
  });

  test('an update of a machine and of a job takes the place of what was there', async () => {
    const input = { name: 'greet', definition, roleArn: role, type: 'STANDARD' } as const;
    expect(await account.stepFunctions.putStateMachine(input)).toEqual({ arn: machineArn, change: 'updated' });
    const Command = { Name: 'glueetl', ScriptLocation: 's3://scripts/new.py' };
    const put = account.glue.putJob({ Name: 'b', Role: role, Command });
    if (name === 'moto') {
      // moto does not have UpdateJob and answers with a page of its web framework.
      expect(await rejection(put)).toMatchObject({
        code: 'endpoint-invalid',
        message:
          'Cannot update the Glue job: the Local connection does not answer as AWS does. The answer is a web page with status 500.',
      });
    } else {
      expect(await put).toBe('updated');
      expect((await account.glue.getJob('b')).scriptLocation).toBe('s3://scripts/new.py');
    }
  });

  test('logs that are not there are none; what is not there is said to be missing', async () => {
    expect(await account.listLogStreams('/aws-glue/jobs/output', 'jr_')).toEqual([]);
    expect(await account.getLogEvents({ group: '/aws-glue/jobs/output', stream: 'jr_1' }, undefined)).toBeUndefined();
    expect(await account.s3.headObject('s3://no-such-bucket-here/key')).toBeUndefined();
    expect(await rejection(account.glue.getJob('none'))).toMatchObject({ code: 'not-found' });
  });

  test('it answers a call, and the one after a call that it lacks', async () => {
    expect(await account.identity()).toMatchObject({ accountId: expect.stringMatching(/^\d{12}$/) as string });
    const lacking = account.stepFunctions.redriveExecution(
      `${machineArn.replace(':stateMachine:', ':execution:')}:none`,
    );
    const { code, message } = await rejection(lacking);
    expect(code).toMatch(/^(not-found|not-supported|bad-input|endpoint-invalid)$/);
    expect(message).toMatch(/^Cannot redrive the execution: /);
    expect((await account.glue.getJob('a')).name).toBe('a');
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OwnedAccount } from '../../../src/aws/createAccount.ts';
import { silentLog } from '../../../src/core/base/log.ts';
import type { RunEntry } from '../../../src/core/runs/entry.ts';
import { isTerminal, type RunKey, type RunState } from '../../../src/core/runs/model.ts';
import { localPace } from '../../../src/core/runs/pace.ts';
import { watch } from '../../../src/core/runs/watch.ts';
import { WatchInterest } from '../../../src/core/runs/watchInterest.ts';
import { systemClock } from '../../../src/processes/systemClock.ts';
import { accountAt } from '../../support/awsAccount.ts';
import { faultProxy, type Fault, type FaultProxy } from '../../support/faultProxy.ts';
import { startTestAccount, type TestAccount } from './account.ts';

const roleArn = 'arn:aws:iam::000000000000:role/r';
const steps = 40;
const lines = 300;
/** A job that prints, between two rows of states. */
const definition = JSON.stringify({
  StartAt: 'S1',
  States: {
    ...Object.fromEntries(
      Array.from({ length: steps }, (_, index) => [
        `S${index + 1}`,
        { Type: 'Pass', Next: index + 1 === steps ? 'Print' : `S${index + 2}` },
      ]),
    ),
    Print: {
      Type: 'Task',
      Resource: 'arn:aws:states:::glue:startJobRun.sync',
      Parameters: { JobName: 'prints' },
      End: true,
    },
  },
});
const greet = JSON.stringify({ StartAt: 'Hi', States: { Hi: { Type: 'Pass', Result: 'hi', End: true } } });

async function putJob({ s3, glue }: OwnedAccount): Promise<void> {
  await s3.ensureBucket('scripts');
  await s3.putObject('s3://scripts/prints.py', `for i in range(${lines}):\n    print("line", i, flush=True)\n`);
  const Command = { Name: 'pythonshell', PythonVersion: '3.9', ScriptLocation: 's3://scripts/prints.py' };
  await glue.putJob({ Name: 'prints', Role: roleArn, Command });
}

interface Watched {
  readonly state: RunState | undefined;
  readonly cause: string | undefined;
  readonly entries: readonly RunEntry[];
}

/** Watches an execution with its logs to its end. */
async function watched(ports: OwnedAccount, id: string): Promise<Watched> {
  const key: RunKey = { connectionId: 'local', kind: 'execution', resource: 'm', id };
  const interest = new WatchInterest(true);
  const entries: RunEntry[] = [];
  let state: RunState | undefined;
  let cause: string | undefined;
  const options = { ports, clock: systemClock, pace: localPace, interest, random: Math.random };
  for await (const update of watch(key, options, AbortSignal.timeout(150_000))) {
    if (update.kind === 'facts' && update.facts.outcome) ({ state, cause } = update.facts.outcome);
    if (update.kind === 'entries') entries.push(...update.entries);
  }
  return { state, cause, entries };
}

describe('a run on Local over a connection that fails', () => {
  let local: TestAccount;
  let proxy: FaultProxy;
  let account: OwnedAccount;
  let machineArn: string;
  beforeAll(async () => {
    local = await startTestAccount();
    proxy = await faultProxy(local.server.endpoint);
    account = accountAt(proxy.endpoint, {
      local: async () => await Promise.resolve({ endpoint: proxy.endpoint, credentials: local.client.credentials }),
    });
    await putJob(account);
    const input = { name: 'prints', definition, roleArn, type: 'STANDARD' } as const;
    machineArn = (await account.stepFunctions.putStateMachine(input)).arn;
  }, 60_000);
  afterAll(async () => {
    account.dispose();
    await proxy.close();
    await local.dispose();
  });

  const faults: readonly Fault[] = ['throttle', 'reset-before', 'reset-middle', 'status-500', 'html-503'];
  it.each(faults)(
    '%s: is started once, and shows every state and line once, in order',
    { timeout: 180_000 },
    async (fault) => {
      const { items: before } = await account.stepFunctions.listExecutions(machineArn, { pageSize: 100 });
      proxy.fail('StartExecution', 'reset-after', (count) => count === 0);
      const id = await account.stepFunctions.startExecution(machineArn, { input: '{}' });
      const reads = ['GetExecutionHistory', 'DescribeExecution', 'GetJobRun', 'GetLogEvents'];
      for (const operation of reads) proxy.fail(operation, fault, (count) => count % 4 === 1);
      const { state, entries } = await watched(account, id);
      proxy.heal();
      expect(state).toBe('succeeded');
      const events = entries.filter((entry) => entry.kind === 'event');
      const entered = events.filter(({ mark }) => mark === 'entered').map(({ path }) => path.at(-1));
      const passed = events.map(({ path }) => path.at(-1)).filter((name) => name !== undefined);
      expect([...new Set(passed)]).toEqual([...Array.from({ length: steps }, (_, index) => `S${index + 1}`), 'Print']);
      expect(new Set(entered).size).toBe(entered.length);
      const printed = entries.flatMap((entry) =>
        entry.kind === 'log' && entry.stream === 'out' ? entry.text.split('\n') : [],
      );
      const expected = Array.from({ length: lines }, (_, index) => `line ${index}`);
      expect(printed.filter((line) => line.startsWith('line '))).toEqual(expected);
      const { items: after } = await account.stepFunctions.listExecutions(machineArn, { pageSize: 100 });
      expect(after).toHaveLength(before.length + 1);
    },
  );
});

it('without Python on the machine, a job says so and how to mend it, and state machines go on', async () => {
  const local = await startTestAccount(silentLog, undefined, {}, { PATH: '/nowhere' });
  const account = accountAt(local.server.endpoint, {
    local: async () =>
      await Promise.resolve({ endpoint: local.server.endpoint, credentials: local.client.credentials }),
  });
  try {
    await putJob(account);
    const start = async (name: string, text: string): Promise<Watched> => {
      const input = { name, definition: text, roleArn, type: 'STANDARD' } as const;
      const { arn } = await account.stepFunctions.putStateMachine(input);
      return await watched(account, await account.stepFunctions.startExecution(arn, { input: '{}' }));
    };
    const failed = await start('prints', definition);
    expect(failed.state).toBe('failed');
    expect(failed.cause).toMatch(/No Python 3\.9 or newer was found on this machine as python3, python, py/);
    expect(JSON.stringify(failed)).toContain('Install Python 3 so that python3 is on PATH');
    expect(isTerminal(failed.state ?? 'running')).toBe(true);
    expect((await start('greet', greet)).state).toBe('succeeded');
  } finally {
    account.dispose();
    await local.dispose();
  }
}, 60_000);

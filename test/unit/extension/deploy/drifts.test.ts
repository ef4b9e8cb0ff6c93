import { expect, test } from 'vitest';
import type { Account } from '../../../../src/aws/account.ts';
import { Emitter } from '../../../../src/core/base/emitter.ts';
import type { JsonFiles } from '../../../../src/core/base/jsonFiles.ts';
import { silentLog } from '../../../../src/core/base/log.ts';
import { profileConnection } from '../../../../src/core/connections/connection.ts';
import { openDocument } from '../../../../src/core/asl/index.ts';
import { Drifts } from '../../../../src/extension/deploy/drifts.ts';
import type { Connections } from '../../../../src/views/connections.ts';
import { MemoryFiles } from '../../../support/memoryFiles.ts';

const connection = profileConnection('dev', 'eu-west-1');
const input = { Name: 'orders', Timeout: 20 };
const config = { kind: 'job', name: 'orders', input } as const;

test('a job is looked at once in five minutes, and never on a connection that has not answered yet', async () => {
  let nowMs = 0;
  let calls = 0;
  const known: { accountId?: string } = {};
  const account = {
    connection,
    identity: async () =>
      await Promise.resolve({ accountId: '123456789012', arn: 'arn:aws:iam::123456789012:user/me' }),
    glue: {
      findJob: async () => {
        calls += 1;
        return await Promise.resolve({ Name: 'orders', Timeout: 10 });
      },
    },
  } as unknown as Account;
  const changed = new Emitter<void>();
  const connections = {
    active: connection,
    accountId: () => known.accountId,
    account: async () => await Promise.resolve(account),
    onDidRenew: () => ({ dispose: () => undefined }),
    onDidChange: changed.event,
  } as unknown as Connections;
  const files = new MemoryFiles();
  const clock = { now: () => nowMs, sleep: async () => await Promise.resolve() };
  const drifts = new Drifts({ connections, places: { files, localFolder: { records: files } }, clock, log: silentLog });
  expect(await drifts.describe(config)).toBeUndefined();
  expect(calls).toBe(0);
  known.accountId = '123456789012';
  const seen = new Promise<void>((resolve) => drifts.onDidChange(() => resolve()));
  expect(await drifts.describe(config)).toBeUndefined();
  await seen;
  expect(await drifts.describe(config)).toContain('differs in 1 change from dev');
  expect(await drifts.describe({ ...config, input: { ...input, Timeout: 10 } })).toBeUndefined();
  expect(calls).toBe(1);
  nowMs = 6 * 60_000;
  await drifts.describe(config);
  await expect.poll(() => calls).toBe(2);
  drifts.dispose();
});

test('a state machine is described once, and compared state by state with what the file says now', async () => {
  const arns: string[] = [];
  const definition = { StartAt: 'A', States: { A: { Type: 'Pass', Next: 'B' }, B: { Type: 'Succeed' } } };
  const account = {
    connection,
    identity: async () => await Promise.resolve({ accountId: '123456789012', arn: 'arn:aws-cn:sts::123456789012:a/b' }),
    stepFunctions: {
      describeStateMachine: async (arn: string) => {
        arns.push(arn);
        return await Promise.resolve({ definition: JSON.stringify(definition) });
      },
    },
  } as unknown as Account;
  const changed = new Emitter<void>();
  const connections = {
    active: connection,
    accountId: () => '123456789012',
    account: async () => await Promise.resolve(account),
    onDidRenew: () => ({ dispose: () => undefined }),
    onDidChange: changed.event,
  } as unknown as Connections;
  const files = { read: async () => await Promise.resolve(undefined) } as unknown as JsonFiles;
  const clock = { now: () => 0, sleep: async () => await Promise.resolve() };
  const drifts = new Drifts({ connections, places: { files, localFolder: { records: files } }, clock, log: silentLog });
  const machine = (states: object) => ({
    kind: 'machine' as const,
    name: 'orders',
    definition: openDocument(JSON.stringify({ ...definition, States: { ...definition.States, ...states } })),
  });
  const seen = new Promise<void>((resolve) => drifts.onDidChange(() => resolve()));
  await drifts.describe(machine({}));
  await seen;
  expect(await drifts.describe(machine({}))).toBeUndefined();
  expect(await drifts.describe(machine({ B: { Type: 'Fail' } }))).toContain('differs in 1 state from dev');
  expect(arns).toEqual(['arn:aws-cn:states:eu-west-1:123456789012:stateMachine:orders']);
  drifts.dispose();
});

test('who shows it is told when another connection is active, and a list that is older than a deploy is not believed', async () => {
  const changed = new Emitter<void>();
  let deployed = { Name: 'orders', Timeout: 10 };
  const account = {
    connection,
    identity: async () => await Promise.resolve({ accountId: '123456789012', arn: 'arn:aws:iam::1:user/me' }),
    glue: { findJob: async () => await Promise.resolve(deployed) },
  } as unknown as Account;
  const connections = {
    active: connection,
    accountId: () => '123456789012',
    account: async () => await Promise.resolve(account),
    onDidRenew: () => ({ dispose: () => undefined }),
    onDidChange: changed.event,
  } as unknown as Connections;
  const files = { read: async () => await Promise.resolve(undefined) } as unknown as JsonFiles;
  const clock = { now: () => 0, sleep: async () => await Promise.resolve() };
  const drifts = new Drifts({ connections, places: { files, localFolder: { records: files } }, clock, log: silentLog });
  let told = 0;
  drifts.onDidChange(() => (told += 1));
  changed.fire();
  expect(told).toBe(1);

  const listed = { ...config, reply: deployed };
  await drifts.describe(listed);
  await expect.poll(async () => await drifts.describe(listed)).toBe('differs in 1 change from dev · eu-west-1');
  deployed = { ...deployed, Timeout: 20 };
  drifts.forget();
  // The row asks with what it was listed with, before the editor does.
  await drifts.describe(listed);
  await drifts.describe(config);
  await expect.poll(async () => await drifts.describe(listed)).toBe('differs in 1 change from dev · eu-west-1');
  expect(await drifts.describe({ ...listed, reply: deployed })).toBeUndefined();
  await expect
    .poll(async () => await drifts.describe({ ...config, input: { ...input, Timeout: 30 } }))
    .toBe('differs in 1 change from dev · eu-west-1');
  expect(await drifts.describe(config)).toBeUndefined();
  drifts.dispose();
});

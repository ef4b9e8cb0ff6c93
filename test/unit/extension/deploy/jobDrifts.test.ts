import { expect, test } from 'vitest';
import type { Account } from '../../../../src/aws/account.ts';
import { silentLog } from '../../../../src/core/base/log.ts';
import { profileConnection } from '../../../../src/core/connections/connection.ts';
import type { GlueConfig } from '../../../../src/core/workspace/glueConfigs.ts';
import { JobDrifts } from '../../../../src/extension/deploy/jobDrifts.ts';
import type { Connections } from '../../../../src/views/connections.ts';

const connection = profileConnection('dev', 'eu-west-1');
const input = { Name: 'orders', Timeout: 20 };
const config = { kind: 'job', name: 'orders', input, file: 'orders.glue.json', line: 1 } as GlueConfig;

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
  const connections = {
    active: connection,
    accountId: () => known.accountId,
    account: async () => await Promise.resolve(account),
    onDidRenew: () => ({ dispose: () => undefined }),
  } as unknown as Connections;
  const nothing = async (): Promise<undefined> => await Promise.resolve(undefined);
  const files = { read: nothing, write: nothing, remove: nothing, list: async () => await Promise.resolve([]) };
  const clock = { now: () => nowMs, sleep: async () => await Promise.resolve() };
  const drifts = new JobDrifts({ connections, files, clock, log: silentLog });
  expect(await drifts.describe(config, undefined)).toBeUndefined();
  expect(calls).toBe(0);
  known.accountId = '123456789012';
  const seen = new Promise<void>((resolve) => drifts.onDidChange(() => resolve()));
  expect(await drifts.describe(config, undefined)).toBeUndefined();
  await seen;
  expect(await drifts.describe(config, undefined)).toContain('1 change not deployed to dev');
  expect(await drifts.describe({ ...config, input: { ...input, Timeout: 10 } }, undefined)).toBeUndefined();
  expect(calls).toBe(1);
  nowMs = 6 * 60_000;
  await drifts.describe(config, undefined);
  await expect.poll(() => calls).toBe(2);
  drifts.dispose();
});

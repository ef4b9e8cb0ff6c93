import { Glue } from '@aws-sdk/client-glue';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { OwnedAccount } from '../../../src/aws/createAccount.ts';
import { localConnection } from '../../../src/core/connections/connection.ts';
import type { KindNames, ResourceKind } from '../../../src/core/existence/inventory.ts';
import { Inventories } from '../../../src/extension/inventory/inventories.ts';
import { listAll, lookUp } from '../../../src/extension/inventory/lookUp.ts';
import { systemClock } from '../../../src/processes/systemClock.ts';
import { accountAt, collectedLog } from '../../support/awsAccount.ts';
import { startTestAccount, type TestAccount } from './account.ts';

let local: TestAccount;
let account: OwnedAccount;
beforeAll(async () => {
  local = await startTestAccount();
  account = accountAt(local.client.endpoint, {
    local: async () =>
      await Promise.resolve({ endpoint: local.client.endpoint, credentials: local.client.credentials }),
  });
}, 180_000);
afterAll(async () => {
  account.dispose();
  await local.dispose();
});

it('is listed where it has the service, and silent on the others', async () => {
  const Command = { Name: 'pythonshell', ScriptLocation: 's3://scripts/a.py', PythonVersion: '3.9' };
  const definition = JSON.stringify({ StartAt: 'A', States: { A: { Type: 'Succeed' } } });
  const roleArn = 'arn:aws:iam::000000000000:role/flow';
  await account.s3.ensureBucket('scripts');
  await account.glue.putJob({ Name: 'load', Role: 'glue', Command, DefaultArguments: { '--source': 'x' } });
  await account.glue.putWorkflow({ Name: 'nightly' });
  const { arn } = await account.stepFunctions.putStateMachine({
    name: 'orders',
    definition,
    roleArn,
    type: 'STANDARD',
  });
  const version = await account.stepFunctions.publishVersion(arn);

  const log = collectedLog();
  const inventories = new Inventories(systemClock, () => '000000000000');
  const where = { inventories, connection: localConnection, account, log };
  await listAll(where);
  const known = (kind: ResourceKind): KindNames | undefined => inventories.snapshot(localConnection)?.kinds[kind];
  const names = (kind: ResourceKind): readonly string[] => [...(known(kind)?.names ?? [])];
  expect(names('glueJob')).toEqual(['load']);
  expect(names('glueWorkflow')).toEqual(['nightly']);
  expect(names('stateMachine')).toEqual(['orders']);
  expect(names('s3Bucket')).toContain('scripts');
  const listed: readonly ResourceKind[] = ['glueCrawler', 'glueTrigger', 'glueDatabase', 'activity'];
  for (const kind of listed) expect(known(kind), kind).toBeDefined();
  const silent: readonly ResourceKind[] = ['lambdaFunction', 'iamRole', 'glueConnection', 'sqsQueue', 'kmsKey'];
  for (const kind of silent) expect(known(kind), kind).toBeUndefined();

  // Every role is there, each by its name; what they may do is not simulated.
  const about = [
    { ask: 'role', name: 'any' },
    { ask: 'machine', name: 'orders' },
    { ask: 'qualifiers', kind: 'stateMachine', name: 'orders' },
    { ask: 'bucket', name: 'gone' },
    {
      ask: 'permission',
      role: 'flow',
      actions: ['glue:StartJobRun'],
      resource: 'arn:aws:glue:us-east-1:000000000000:job/x',
    },
  ] as const;
  await lookUp(where, async () => await Promise.resolve({ kinds: [], unknown: [], about }));
  expect(known('iamRole')).toMatchObject({ names: new Set(['any', 'flow']), isPartial: true });
  expect(known('iamRole')?.details?.get('flow')?.trusts).toEqual(['glue.amazonaws.com', 'states.amazonaws.com']);
  expect(known('iamRole')?.details?.get('flow')?.denied).toBeUndefined();
  expect(known('stateMachine')?.details?.get('orders')).toEqual({ roleArn, qualifiers: [version.split(':').at(-1)] });
  expect(known('s3Bucket')?.missing).toEqual(new Set(['gone']));
  expect(log.lines.filter((line) => line.startsWith('info'))).toEqual([]);

  // What is deleted is gone with the next listing.
  await new Glue(local.client).deleteJob({ JobName: 'load' });
  await listAll(where);
  expect(names('glueJob')).toEqual([]);
  inventories.dispose();
});

import {
  CreateStateMachineAliasCommand,
  DeleteStateMachineAliasCommand,
  DescribeStateMachineAliasCommand,
  SFNClient,
  TagResourceCommand,
} from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Account } from '../../../src/aws/account.ts';
import { silentLog } from '../../../src/core/base/log.ts';
import { environmentConnection } from '../../../src/core/connections/connection.ts';
import { readGlueConfigs } from '../../../src/core/workspace/glueConfigs.ts';
import { AppliedRecord } from '../../../src/extension/deploy/appliedRecord.ts';
import { applyCalls } from '../../../src/extension/deploy/applyCalls.ts';
import type { DeployPlan, PlanPorts } from '../../../src/extension/deploy/deployPlan.ts';
import { planJob } from '../../../src/extension/deploy/planJob.ts';
import { planMachine } from '../../../src/extension/deploy/planMachine.ts';
import { accountAt } from '../../support/awsAccount.ts';
import { rejection } from '../../support/rejection.ts';
import { startTestAccount, type TestAccount } from '../localAccount/account.ts';
import { MemoryFiles } from '../../support/memoryFiles.ts';

const { signal } = new AbortController();
const role = 'arn:aws:iam::000000000000:role/states';
const silently = (): void => undefined;

let local: TestAccount;
let account: Account;
let sfn: SFNClient;
beforeAll(async () => {
  local = await startTestAccount();
  const { endpoint, credentials } = local.client;
  vi.stubEnv('AWS_ACCESS_KEY_ID', credentials.accessKeyId);
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', credentials.secretAccessKey);
  // A connection that is not Local, so that all is done as for AWS.
  account = accountAt(endpoint, {
    connection: environmentConnection('us-east-1'),
    environment: { AWS_ENDPOINT_URL: endpoint },
  });
  sfn = new SFNClient(local.client);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  account.dispose();
  sfn.destroy();
  await local.dispose();
});

function definition(comment: string): string {
  return JSON.stringify({ Comment: comment, StartAt: 'A', States: { A: { Type: 'Succeed' } } });
}

async function planOf(name: string, comment: string, ownedBy?: string): Promise<DeployPlan> {
  const file = { name, definition: definition(comment), file: `${name}.asl.json` };
  const askRole = async (): Promise<string> => await Promise.resolve(role);
  return await planMachine({ log: silentLog }, account, { file, report: silently, askRole, ownedBy }, signal);
}

const labels = ({ variants }: DeployPlan): readonly string[] => variants.map(({ label }) => label);

async function take(plan: DeployPlan, label: string): Promise<readonly string[]> {
  const variant = plan.variants.find((each) => each.label === label);
  if (!variant) throw new Error(`no variant ${label} in ${labels(plan).join(', ')}`);
  return await applyCalls(variant.calls, signal, silently);
}

describe('versions and aliases of a state machine', () => {
  const moving = 'Deploy, publish a version and move the alias live to it';
  let arn: string;
  const point = async (version: string): Promise<string> => {
    const routingConfiguration = [{ stateMachineVersionArn: version, weight: 100 }];
    const made = await sfn.send(new CreateStateMachineAliasCommand({ name: 'live', routingConfiguration }));
    return made.stateMachineAliasArn ?? '';
  };
  const pointed = async (alias: string): Promise<string | undefined> => {
    const { routingConfiguration } = await sfn.send(
      new DescribeStateMachineAliasCommand({ stateMachineAliasArn: alias }),
    );
    return routingConfiguration?.[0]?.stateMachineVersionArn;
  };

  test('a new machine has neither; an update may publish a version, and move an alias to it', async () => {
    const first = await planOf('orders', 'one');
    expect(labels(first)).toEqual(['Deploy']);
    expect(await take(first, 'Deploy')).toEqual(['state machine created']);
    const published = await planOf('orders', 'two');
    expect(labels(published)).toEqual(['Deploy', 'Deploy and publish a version']);
    expect(await take(published, 'Deploy and publish a version')).toEqual([
      'state machine updated',
      'version 1 published',
    ]);
    for await (const [machine] of account.stepFunctions.listStateMachines()) arn = machine?.arn ?? '';
    const alias = await point(`${arn}:1`);
    const moved = await planOf('orders', 'three');
    expect(labels(moved)).toEqual(['Deploy', 'Deploy and publish a version', moving]);
    expect(await take(moved, moving)).toEqual(['state machine updated', 'version 2 published', 'alias live moved']);
    expect(await pointed(alias)).toBe(`${arn}:2`);
    const { definition: text } = await account.stepFunctions.describeStateMachine(`${arn}:2`);
    expect(JSON.parse(text)).toMatchObject({ Comment: 'three' });
  });

  test('a failure on the way says what is done, and the next deploy does the rest', async () => {
    const plan = await planOf('orders', 'four');
    await sfn.send(new DeleteStateMachineAliasCommand({ stateMachineAliasArn: `${arn}:live` }));
    const failure = await rejection(take(plan, moving));
    expect(failure).toMatchObject({ code: 'not-found' });
    expect(failure).toHaveProperty(
      'message',
      expect.stringContaining(
        'Done before: state machine updated, version 3 published. Running it again does the rest.',
      ),
    );
    // The alias comes back where it was: the machine is up to date, and the alias is not.
    const alias = await point(`${arn}:2`);
    const rest = await planOf('orders', 'four');
    expect(labels(rest)).toEqual(['Publish a version and move the alias live to it']);
    expect(await applyCalls(rest.variants[0].calls, signal, silently)).toEqual([
      'version 3 published',
      'alias live moved',
    ]);
    expect(await pointed(alias)).toBe(`${arn}:3`);
    const nothing = await planOf('orders', 'four');
    expect(nothing.variants.map(({ calls }) => calls.length)).toEqual([0]);
  });

  test('a cancel between two calls says what is done', async () => {
    const abort = new AbortController();
    const plan = await planOf('orders', 'five');
    const calls = plan.variants.find(({ label }) => label === moving)?.calls ?? [];
    const stopping = calls.map((call, index) => ({
      ...call,
      run: async (...args: Parameters<typeof call.run>) => {
        const done = await call.run(...args);
        if (index === 0) abort.abort();
        return done;
      },
    }));
    expect(await rejection(applyCalls(stopping, abort.signal, silently))).toMatchObject({
      code: 'conflict',
      message: 'Cancelled on the way. Done before: state machine updated. Running it again does the rest.',
    });
  });
});

describe('what a tool owns', () => {
  const stack = { 'aws:cloudformation:stack-name': 'orders-stack' };
  const ports = (): PlanPorts => {
    const files = new MemoryFiles();
    const record = new AppliedRecord(files, 'test/job/owned');
    return { record, log: silentLog, confirm: async () => await Promise.resolve(false) };
  };
  const planOwned = async (timeout: number, ownedBy?: string): Promise<DeployPlan> => {
    const location = 's3://code/jobs/owned.py';
    const Command = { Name: 'pythonshell', ScriptLocation: location, PythonVersion: '3.9' };
    const text = JSON.stringify({ Name: 'owned', Role: role, Command, Timeout: timeout });
    const [config] = readGlueConfigs('owned.glue.json', text).configs;
    if (!config) throw new Error('no config');
    const read = async (): Promise<Uint8Array> => await Promise.resolve(new TextEncoder().encode('print(1)\n'));
    const sources = [{ location, label: 'owned.py', isText: true, read }];
    return await planJob(ports(), account, { config, sources, ownedBy }, signal);
  };
  const actions = ({ variants }: DeployPlan): readonly string[] => variants[0].calls.map(({ action }) => action);

  test('a job of a CloudFormation stack is compared, its script is uploaded, and it is not updated', async () => {
    await account.s3.ensureBucket('code');
    const Command = { Name: 'pythonshell', ScriptLocation: 's3://code/jobs/owned.py', PythonVersion: '3.9' };
    await account.glue.putJob({ Name: 'owned', Role: role, Command, Timeout: 10 });
    expect(actions(await planOwned(20))).toEqual(['s3:PutObject', 'glue:UpdateJob']);
    // Only CloudFormation itself can give a job such a tag.
    const tags = vi.spyOn(account.glue, 'tags').mockResolvedValue(stack);
    const plan = await planOwned(20);
    expect(actions(plan)).toEqual(['s3:PutObject']);
    expect(plan.notes).toEqual([
      'The job belongs to the CloudFormation stack orders-stack, which has to change it. It differs: Timeout 10 → 20.',
    ]);
    await applyCalls(plan.variants[0].calls, signal, silently);
    expect(await account.s3.getText('s3://code/jobs/owned.py')).toBe('print(1)\n');
    expect(await account.glue.findJob('owned')).toMatchObject({ Timeout: 10 });
    tags.mockRestore();
  });

  test('a job that the workspace describes for a tool is not updated either, whatever its tags say', async () => {
    const plan = await planOwned(20, 'infra/app.py, which the AWS CDK deploys');
    expect(actions(plan)).toEqual([]);
    expect(plan.notes).toEqual([
      'The job is described in infra/app.py, which the AWS CDK deploys. It differs: Timeout 10 → 20.',
    ]);
  });

  test('nor is a state machine', async () => {
    await take(await planOf('owned', 'one'), 'Deploy');
    const resourceArn = 'arn:aws:states:us-east-1:000000000000:stateMachine:owned';
    const tags = Object.entries(stack).map(([key, value]) => ({ key, value }));
    await sfn.send(new TagResourceCommand({ resourceArn, tags }));
    const plan = await planOf('owned', 'two');
    expect(actions(plan)).toEqual([]);
    expect(plan.notes[0]).toBe(
      'The state machine belongs to the CloudFormation stack orders-stack, which has to change it. It differs: definition: 1 lines added, 1 removed.',
    );
    const described = await planOf('owned', 'two', 'main.tf, which Terraform deploys');
    expect(described.notes[0]).toContain('described in main.tf, which Terraform deploys. It differs');
    expect(actions(described)).toEqual([]);
  });
});

import { parse } from 'yaml';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Account } from '../../../src/aws/account.ts';
import { silentLog } from '../../../src/core/base/log.ts';
import { UserError } from '../../../src/core/base/userError.ts';
import { pulledFiles, type PulledResource } from '../../../src/core/deploy/pull/pulled.ts';
import { readDefinition } from '../../../src/core/workspace/definitions.ts';
import { readGlueConfigs, type GlueConfig } from '../../../src/core/workspace/glueConfigs.ts';
import { readHosted } from '../../../src/core/workspace/hosted.ts';
import { AppliedRecord } from '../../../src/extension/deploy/appliedRecord.ts';
import { compareLocal } from '../../../src/extension/deploy/compareLocal.ts';
import { lookDeployed } from '../../../src/extension/deploy/lookDeployed.ts';
import { planJob } from '../../../src/extension/deploy/planJob.ts';
import { planMachine } from '../../../src/extension/deploy/planMachine.ts';
import { readJob, readMachine, readWorkflow } from '../../../src/extension/deploy/readDeployed.ts';
import { machineTags } from '../../../src/extension/deploy/readTags.ts';
import { connectTo, startTestAccount, type TestAccount } from '../localAccount/account.ts';
import { MemoryFiles } from '../../support/memoryFiles.ts';

const { signal } = new AbortController();
const role = 'arn:aws:iam::000000000000:role/glue';
const location = 's3://code/jobs/orders.py';

let local: TestAccount;
let account: Account;
beforeAll(async () => {
  local = await startTestAccount();
  account = connectTo(local);
  await account.s3.ensureBucket('code');
  await account.s3.putObject(location, new TextEncoder().encode('print("å")\n'));
  await account.glue.putJob({
    Name: 'orders',
    Role: role,
    Description: 'yes: "no" # ${x}',
    Command: { Name: 'glueetl', ScriptLocation: location, PythonVersion: '3' },
    GlueVersion: '5.0',
    WorkerType: 'G.1X',
    NumberOfWorkers: 2,
    DefaultArguments: { '--date': '2026-11-22', '--n': '010', '--conf': 'a=b --conf c=d' },
    ExecutionProperty: { MaxConcurrentRuns: 3 },
    Tags: { team: 'orders' },
  });
  await account.glue.putWorkflow({
    Name: 'nightly',
    Description: 'All of it',
    DefaultRunProperties: { team: 'a' },
    Tags: { of: 'w' },
  });
  const of = { WorkflowName: 'nightly', Actions: [{ JobName: 'orders', Arguments: { '--date': 'x' } }] };
  await account.glue.putTrigger({
    Name: 'at-two',
    Type: 'SCHEDULED',
    Schedule: 'cron(0 2 * * ? *)',
    StartOnCreation: true,
    Tags: { of: 't' },
    ...of,
  });
  const Predicate = { Conditions: [{ LogicalOperator: 'EQUALS', JobName: 'orders', State: 'SUCCEEDED' }] };
  await account.glue.putTrigger({ Name: 'after', Type: 'CONDITIONAL', Predicate, ...of });
  await account.glue.putTrigger({ Name: 'other', Type: 'ON_DEMAND', Actions: [{ JobName: 'orders' }] });
});
afterAll(async () => {
  account.dispose();
  await local.dispose();
});

function configs(resource: PulledResource): readonly GlueConfig[] {
  return pulledFiles(resource, 'cli').flatMap(({ name, text }) => {
    const { configs: found, problems } = readGlueConfigs(name, text);
    expect(problems).toEqual([]);
    return found;
  });
}

function properties(resource: PulledResource): readonly unknown[] {
  const [{ text }] = pulledFiles(resource, 'cloudformation');
  const { Resources } = parse(text) as { readonly Resources: Record<string, { readonly Properties: unknown }> };
  return Object.values(Resources).map(({ Properties }) => Properties);
}

/** How the editor says that the pulled template differs from the account. */
async function differenceOfTemplate(resource: PulledResource): Promise<string | undefined> {
  const [{ name, text }] = pulledFiles(resource, 'cloudformation');
  const [hosted] = readHosted(name, text)?.resources ?? [];
  if (!hosted) throw new Error('nothing in the template');
  const described =
    hosted.kind === 'job'
      ? ({ kind: 'job', name: hosted.name ?? '', input: hosted.input } as const)
      : hosted.definition && ({ kind: 'machine', name: hosted.name ?? '', definition: hosted.definition } as const);
  if (!described) throw new Error('no definition');
  const places = { files: new MemoryFiles(), localFolder: { records: new MemoryFiles() } };
  const seen = await lookDeployed(account, { local: described, places }, signal);
  return compareLocal(described, seen, 'Local');
}

describe('what is pulled is deployed back without a difference:', () => {
  test('a job with its script', async () => {
    const { resource, script } = await readJob(account, 'orders', signal);
    expect(script).toEqual({ name: 'orders.py', text: 'print("å")\n' });
    const [config] = configs(resource);
    if (!config) throw new Error('no config');
    expect(config.input['Tags']).toEqual({ team: 'orders' });
    const files = new MemoryFiles();
    const ports = {
      record: new AppliedRecord(files, 'local/job/orders'),
      log: silentLog,
      confirm: async () => await Promise.resolve(false),
    };
    const read = async (): Promise<Uint8Array> => await Promise.resolve(new TextEncoder().encode(script?.text));
    const sources = [{ location, label: 'orders.py', isText: true, read }];
    const { variants, notes } = await planJob(ports, account, { config, sources }, signal);
    expect({ calls: variants[0].calls, notes }).toEqual({ calls: [], notes: [] });
    expect(properties(resource)).toEqual([config.input]);
    expect(await differenceOfTemplate(resource)).toBeUndefined();
    const other = { ...resource, input: { ...resource.input, NumberOfWorkers: 3 } };
    expect(await differenceOfTemplate(other)).toBe('differs in 1 change from Local');
  });

  test('a workflow with its triggers, those on that were on', async () => {
    const resource = await readWorkflow(account, 'nightly', signal);
    const found = configs(resource);
    expect(found.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
      'workflow nightly',
      'trigger after',
      'trigger at-two',
    ]);
    expect(found.map(({ input }) => input['StartOnCreation'])).toEqual([undefined, undefined, true]);
    expect(found.map(({ input }) => input['Tags'])).toEqual([{ of: 'w' }, undefined, { of: 't' }]);
    expect(properties(resource)).toEqual(
      found.map(({ input, kind }) => ({
        ...input,
        ...(kind === 'trigger' ? { WorkflowName: { Ref: 'Workflow' } } : {}),
      })),
    );
    const other = await startTestAccount();
    const fresh = connectTo(other);
    try {
      await fresh.glue.putJob({ Name: 'orders', Role: role, Command: { Name: 'glueetl', ScriptLocation: location } });
      for (const { kind, input } of found) {
        await (kind === 'workflow' ? fresh.glue.putWorkflow(input) : fresh.glue.putTrigger(input));
      }
      expect(await readWorkflow(fresh, 'nightly', signal)).toEqual(resource);
    } finally {
      fresh.dispose();
      await other.dispose();
    }
  });

  test('a state machine', async () => {
    const definition = JSON.stringify({
      StartAt: 'A',
      States: { A: { Type: 'Pass', Result: { on: 'yes' }, End: true } },
    });
    await account.stepFunctions.putStateMachine({ name: 'pipe', definition, roleArn: role, type: 'EXPRESS' });
    const resource = await readMachine(account, 'arn:aws:states:us-east-1:000000000000:stateMachine:pipe', signal);
    expect(resource.tags).toBeUndefined();
    expect(properties({ ...resource, tags: { team: 'a' } })).toMatchObject([{ Tags: [{ Key: 'team', Value: 'a' }] }]);
    const [{ name, text }] = pulledFiles(resource, 'cli');
    const file = readDefinition(name, text);
    if ('message' in file) throw new Error(file.message);
    const askRole = async (): Promise<string> => await Promise.reject(new Error('asked'));
    const request = { file, report: () => undefined, askRole };
    const { variants, notes } = await planMachine({ log: silentLog }, account, request, signal);
    expect({ calls: variants[0].calls, notes }).toEqual({ calls: [], notes: [] });
    expect(properties(resource)).toEqual([
      {
        StateMachineName: 'pipe',
        StateMachineType: 'EXPRESS',
        RoleArn: role,
        Definition: JSON.parse(definition) as unknown,
      },
    ]);
    expect(await differenceOfTemplate(resource)).toBeUndefined();
    const other = { ...resource, definition: definition.replace('yes', 'no') };
    expect(await differenceOfTemplate(other)).toBe('differs in 1 state from Local');
  });
});

test('tags that AWS gave are not written, nor those that may not be read', async () => {
  const machine = (read: () => Record<string, string>): Account =>
    ({ stepFunctions: { tags: async () => await Promise.resolve().then(read) } }) as unknown as Account;
  const given = machine(() => ({ team: 'b', 'aws:cloudformation:stack-name': 'x', a: '1' }));
  expect(await machineTags(given, 'arn', signal)).toEqual({ a: '1', team: 'b' });
  const denied = machine(() => {
    throw new UserError('access-denied', 'no', '');
  });
  expect(await machineTags(denied, 'arn', signal)).toBeUndefined();
});

import { Readable } from 'node:stream';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { expect, test } from 'vitest';
import { parseInvocation } from '../../../../src/cli/arguments.ts';
import { check } from '../../../../src/cli/check.ts';
import { toTriggerInput, toWorkflowInput } from '../../../../src/core/deploy/pull/glueInputs.ts';
import { PULL_FORMS, pulledFiles, type PulledResource } from '../../../../src/core/deploy/pull/pulled.ts';
import { readHosted } from '../../../../src/core/workspace/hosted.ts';

const role = 'arn:aws:iam::123456789012:role/service';
const action = { State: 'ACTIVATED', WorkflowName: 'nightly', Actions: [{ JobName: 'orders' }] };
const Conditions = [{ LogicalOperator: 'EQUALS', JobName: 'orders', State: 'FAILED' }];
const triggers = [
  toTriggerInput({
    ...action,
    Name: 'to-night',
    Id: 'x',
    Type: 'SCHEDULED',
    Schedule: 'cron(0 2 * * ? *)',
    Predicate: {},
  }),
  toTriggerInput({ ...action, Name: 'to_night', Type: 'CONDITIONAL', Predicate: { Conditions } }),
];
const resources: readonly PulledResource[] = [
  {
    kind: 'job',
    input: {
      Name: 'orders',
      Role: role,
      Command: { Name: 'glueetl', ScriptLocation: 's3://code/orders.py', PythonVersion: '3' },
      GlueVersion: '5.0',
      WorkerType: 'G.1X',
      NumberOfWorkers: 2,
      Timeout: 60,
    },
  },
  {
    kind: 'workflow',
    input: toWorkflowInput({ Name: 'nightly', CreatedOn: new Date(0), LastRun: { Name: 'nightly' }, Description: '' }),
    triggers,
  },
  {
    kind: 'machine',
    name: 'daily pipe',
    definition: '{"StartAt":"A","States":{"A":{"Type":"Pass","Result":{"on":"yes"},"End":true}}}',
    roleArn: role,
    type: 'EXPRESS',
    settings: {
      loggingConfiguration: { level: 'ALL', destinations: [{ cloudWatchLogsLogGroup: { logGroupArn: 'arn:x' } }] },
    },
  },
];

async function findings(folder: string): Promise<{ readonly code: number; readonly output: string }> {
  const invocation = parseInvocation(['check', folder]);
  if (invocation.kind !== 'check') throw new Error('no check');
  let output = '';
  const take = (text: string): void => void (output += text);
  const code = await check(invocation.options, { input: Readable.from([]), output: take, errors: take });
  return { code, output };
}

test.each(PULL_FORMS)('what is pulled as %s passes all checks', async (form) => {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-pulled-'));
  try {
    const files = resources.flatMap((resource) => pulledFiles(resource, form));
    for (const { name, text } of files) writeFileSync(join(folder, name), text);
    const { code, output } = await findings(folder);
    expect({ code, output }).toMatchObject({ code: 0 });
    if (form === 'cli') return;
    const hosted = files.flatMap(({ name, text }) => readHosted(name, text)?.resources ?? []);
    expect(hosted.map(({ kind, name }) => `${kind} ${name ?? ''}`)).toEqual(['job orders', 'machine daily pipe']);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('files are named after what they hold, and triggers are told apart', () => {
  expect(resources.map((each) => pulledFiles(each, 'cli').map(({ name }) => name))).toEqual([
    ['orders.glue.json'],
    ['nightly.glue.json', 'to-night.glue.json', 'to_night.glue.json'],
    ['daily_pipe.asl.json'],
  ]);
  const [, workflow, machine] = resources.map((each) => pulledFiles(each, 'cloudformation')[0].text);
  const { Resources } = parse(workflow ?? '') as { readonly Resources: Record<string, unknown> };
  expect(Object.keys(Resources)).toEqual(['Workflow', 'ToNightTrigger', 'ToNightTrigger2']);
  expect(parse(machine ?? '')).toMatchObject({
    Resources: {
      StateMachine: {
        DeletionPolicy: 'Retain',
        Properties: {
          Definition: { States: { A: { Result: { on: 'yes' } } } },
          LoggingConfiguration: { Level: 'ALL', Destinations: [{ CloudWatchLogsLogGroup: { LogGroupArn: 'arn:x' } }] },
        },
      },
    },
  });
});

test('a trigger that was off stays off, and one on demand is never started', () => {
  const trigger = { Name: 't', Type: 'CONDITIONAL', State: 'DEACTIVATED', Actions: [{ JobName: 'a' }] };
  expect(toTriggerInput(trigger)).not.toHaveProperty('StartOnCreation');
  expect(toTriggerInput({ ...trigger, State: 'ACTIVATED' })).toHaveProperty('StartOnCreation', true);
  expect(toTriggerInput({ ...trigger, Type: 'ON_DEMAND', State: 'ACTIVATED' })).not.toHaveProperty('StartOnCreation');
});

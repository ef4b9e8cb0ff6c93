import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Account } from '../../../src/aws/account.ts';
import { silentLog } from '../../../src/core/base/log.ts';
import { toJobInput } from '../../../src/core/deploy/jobInput.ts';
import { readGlueConfigs, type GlueConfig } from '../../../src/core/workspace/glueConfigs.ts';
import { AppliedRecord } from '../../../src/extension/deploy/appliedRecord.ts';
import type { DeployPlan, PlanPorts } from '../../../src/extension/deploy/deployPlan.ts';
import { planJob } from '../../../src/extension/deploy/planJob.ts';
import { planMachine } from '../../../src/extension/deploy/planMachine.ts';
import type { UploadSource } from '../../../src/extension/deploy/planUploads.ts';
import { rejection } from '../../support/rejection.ts';
import { connectTo, startTestAccount, type TestAccount } from '../localAccount/account.ts';
import { MemoryFiles } from '../../support/memoryFiles.ts';

const { signal } = new AbortController();
const role = 'arn:aws:iam::000000000000:role/states';
const location = 's3://code/jobs/report.py';

let local: TestAccount;
let account: Account;
let ports: PlanPorts;
beforeAll(async () => {
  local = await startTestAccount();
  account = connectTo(local);
  const files = new MemoryFiles();
  ports = {
    record: new AppliedRecord(files, 'local/job/report'),
    log: silentLog,
    confirm: async () => await Promise.resolve(false),
  };
});
afterAll(async () => {
  account.dispose();
  await local.dispose();
});

function config(members: Readonly<Record<string, unknown>>): GlueConfig {
  const command = { Name: 'pythonshell', ScriptLocation: location, PythonVersion: '3.9' };
  const input = { Name: 'report', Role: 'arn:aws:iam::000000000000:role/glue', Command: command, ...members };
  const [found] = readGlueConfigs('report.glue.json', JSON.stringify(input)).configs;
  if (!found) throw new Error('no config');
  return found;
}

function script(text: string): UploadSource {
  const read = async (): Promise<Uint8Array> => await Promise.resolve(new TextEncoder().encode(text));
  return { location, label: 'report.py', isText: true, read };
}

async function plan(members: Readonly<Record<string, unknown>>, text: string): Promise<DeployPlan> {
  return await planJob(ports, account, { config: config(members), sources: [script(text)] }, signal);
}

async function carryOut({ variants }: DeployPlan): Promise<readonly string[]> {
  const done: string[] = [];
  for (const call of variants[0].calls) done.push(await call.run(signal, () => undefined));
  return done;
}

const actions = ({ variants }: DeployPlan): readonly string[] => variants[0].calls.map(({ action }) => action);
const details = ({ variants }: DeployPlan): readonly string[] => variants[0].calls.map(({ detail }) => detail);

test('a job comes into being with its script, and then there is nothing to do', async () => {
  const first = await plan({ Timeout: 10, DefaultArguments: { '--date': 'today' } }, 'print(1)\n');
  expect(actions(first)).toEqual(['s3:PutObject', 'glue:CreateJob']);
  expect(await carryOut(first)).toEqual(['report.py uploaded', 'job created']);
  expect(await account.s3.getText(location)).toBe('print(1)\n');
  expect((await account.s3.headObject(location))?.sha256).toMatch(/=$/);
  expect(actions(await plan({ Timeout: 10, DefaultArguments: { '--date': 'today' } }, 'print(1)\n'))).toEqual([]);
});

test('what others set stays, and what we take out goes', async () => {
  const deployed = toJobInput((await account.glue.findJob('report')) ?? {});
  await account.glue.putJob({ ...deployed, MaxRetries: 3 });
  const next = await plan({ DefaultArguments: { '--date': 'now' } }, 'print(1)\n');
  expect(details(next)).toEqual([
    expect.stringMatching(/^--date today → now, .*Timeout removed \(was 10\), \d+ fields set by others kept$/),
  ]);
  await carryOut(next);
  const after = await account.glue.findJob('report');
  expect(after).toMatchObject({ MaxRetries: 3, DefaultArguments: { '--date': 'now' } });
});

test('an object or a job that changed after it was compared is left alone', async () => {
  const late = await plan({ Timeout: 20, DefaultArguments: { '--date': 'now' } }, 'print(2)\n');
  expect(late.variants[0].calls[0]?.diff).toMatchObject({ before: 'print(1)\n', after: 'print(2)\n' });
  await account.s3.putObject(location, 'print("theirs")\n');
  const [upload, update] = late.variants[0].calls;
  expect(await rejection(upload!.run(signal, () => undefined))).toMatchObject({ code: 'conflict' });
  expect(await account.s3.getText(location)).toBe('print("theirs")\n');
  const deployed = toJobInput((await account.glue.findJob('report')) ?? {});
  await account.glue.putJob({ ...deployed, MaxRetries: 4 });
  expect(await rejection(update!.run(signal, () => undefined))).toMatchObject({ code: 'conflict' });
  const again = await plan({ Timeout: 20, DefaultArguments: { '--date': 'now' } }, 'print(2)\n');
  expect(again.notes).toEqual([`${location} was changed by somebody else since you last uploaded it.`]);
  await carryOut(again);
  expect(await account.s3.getText(location)).toBe('print(2)\n');
});

test('an upload whose answer was lost is not taken for somebody else’s', async () => {
  const body = new TextEncoder().encode('print(3)\n');
  const seen = await account.s3.headObject(location);
  const first = await account.s3.replaceObject(location, body, { seen });
  // The same call once more, as a retry sends it.
  expect(await account.s3.replaceObject(location, body, { seen })).toEqual(first);
});

test('a definition is validated, created, compared line by line, and updated', async () => {
  const definition = (next: string): string =>
    JSON.stringify({ StartAt: 'A', States: { A: { Type: 'Pass', Next: next }, B: { Type: 'Succeed' } } });
  const planOf = async (text: string): Promise<DeployPlan> => {
    const file = { name: 'orders', definition: text, file: 'orders.asl.json' };
    return await planMachine(
      ports,
      account,
      { file, report: () => undefined, askRole: async () => await Promise.resolve(role) },
      signal,
    );
  };
  expect(await rejection(planOf(definition('Nowhere')))).toMatchObject({ code: 'bad-input' });
  const first = await planOf(definition('B'));
  expect(await carryOut(first)).toEqual(['state machine created']);
  expect(actions(await planOf(definition('B')))).toEqual([]);
  const changed = definition('B').replace('"Pass"', '"Pass","Comment":"x"');
  const next = await planOf(changed);
  expect(details(next)).toEqual(['definition: 1 lines added, 0 removed']);
  expect(await carryOut(next)).toEqual(['state machine updated']);
  expect(await rejection(planOf(definition('${Next}')))).toMatchObject({ code: 'not-supported' });
});

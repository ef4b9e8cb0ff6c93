import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Glue, type CreateJobRequest, type CreateTriggerRequest } from '@aws-sdk/client-glue';
import { S3 } from '@aws-sdk/client-s3';
import { SFN } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestAccount, type TestAccount } from './account.ts';

let account: TestAccount;
let sfn: SFN;
let glue: Glue;
let s3: S3;
let stateMachineArn: string;

async function json<T>(...path: string[]): Promise<T> {
  return JSON.parse(await readFile(join('sample', ...path), 'utf8')) as T;
}

async function names(folder: string, ending: string): Promise<string[]> {
  return (await readdir(join('sample', folder))).filter((name) => name.endsWith(ending));
}

/** What Sluice deploys of the sample workspace, by the SDK alone. */
beforeAll(async () => {
  account = await startTestAccount();
  sfn = new SFN(account.client);
  glue = new Glue(account.client);
  s3 = new S3(account.client);
  const jobs = await Promise.all(
    (await names('jobs', '.glue.json')).map(async (name) => await json<CreateJobRequest>('jobs', name)),
  );
  const scripts = new Set(jobs.map(({ Command }) => Command?.ScriptLocation?.split('/')[2] ?? ''));
  for (const Bucket of [...scripts, 'sluice-sample-raw', 'sluice-sample-lake']) await s3.createBucket({ Bucket });
  for (const job of jobs) {
    const [, , Bucket = '', ...key] = job.Command?.ScriptLocation?.split('/') ?? [];
    const Body = await readFile(join('sample/jobs', basename(key.join('/'))));
    await s3.putObject({ Bucket, Key: key.join('/'), Body });
    await glue.createJob(job);
  }
  for (const path of await readdir('sample/data', { recursive: true, withFileTypes: true })) {
    if (!path.isFile()) continue;
    const [Bucket = '', ...key] = join(path.parentPath, path.name).replaceAll('\\', '/').split('/').slice(2);
    await s3.putObject({ Bucket, Key: key.join('/'), Body: await readFile(join(path.parentPath, path.name)) });
  }
  const configs = await Promise.all(
    (await names('workflows', '.glue.json')).map(async (name) => await json<CreateTriggerRequest>('workflows', name)),
  );
  for (const config of configs.filter(({ Type }) => Type === undefined)) await glue.createWorkflow(config);
  for (const config of configs.filter(({ Type }) => Type !== undefined)) await glue.createTrigger(config);
  const definition = await readFile('sample/pipelines/orders.asl.json', 'utf8');
  const created = await sfn.createStateMachine({
    name: 'orders',
    definition,
    roleArn: 'arn:aws:iam::000000000000:role/r',
  });
  stateMachineArn = created.stateMachineArn ?? '';
}, 60_000);
afterAll(async () => {
  await account.dispose();
});

async function run(input: string): Promise<{ status: string | undefined; output: unknown; cause: string | undefined }> {
  const { executionArn = '' } = await sfn.startExecution({
    stateMachineArn,
    input: JSON.stringify(await json('pipelines', input)),
  });
  for (;;) {
    const { status, output, cause } = await sfn.describeExecution({ executionArn });
    if (status !== 'RUNNING') return { status, output, cause };
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

describe('the sample workspace', () => {
  it('runs its pipeline over real files', { timeout: 180_000 }, async () => {
    expect(await run('orders.input.json')).toMatchObject({ status: 'SUCCEEDED' });
    const { Contents = [] } = await s3.listObjectsV2({ Bucket: 'sluice-sample-lake' });
    const keys = Contents.map(({ Key }) => Key?.split('/')[0]);
    expect(new Set(keys)).toEqual(new Set(['extracted', 'reference', 'reports', 'transformed']));
  });

  it('takes the other ways through the pipeline', { timeout: 180_000 }, async () => {
    const outcomes = [await run('orders.no-orders.input.json'), await run('orders.bad-data.input.json')];
    expect(outcomes.map(({ status }) => status)).toEqual(['SUCCEEDED', 'FAILED']);
  });

  it('runs its workflow, trigger by trigger, and draws it', { timeout: 180_000 }, async () => {
    const { RunId } = await glue.startWorkflowRun({ Name: 'nightly-orders', RunProperties: { team: 'mine' } });
    for (;;) {
      const { Run } = await glue.getWorkflowRun({ Name: 'nightly-orders', RunId, IncludeGraph: true });
      if (Run?.Status === 'RUNNING') {
        await new Promise((resolve) => setTimeout(resolve, 100));
        continue;
      }
      expect(Run).toMatchObject({
        Status: 'COMPLETED',
        WorkflowRunProperties: { team: 'mine' },
        Statistics: { TotalActions: 3, SucceededActions: 3, FailedActions: 0, RunningActions: 0 },
      });
      const jobs = Run?.Graph?.Nodes?.filter(({ Type }) => Type === 'JOB') ?? [];
      expect(jobs.map(({ JobDetails }) => JobDetails?.JobRuns?.[0]?.JobRunState)).toEqual([
        'SUCCEEDED',
        'SUCCEEDED',
        'SUCCEEDED',
      ]);
      expect(jobs.flatMap(({ JobDetails }) => JobDetails?.JobRuns?.[0]?.TriggerName).sort()).toEqual([
        'nightly-orders-report',
        'nightly-orders-start',
        'nightly-orders-transform',
      ]);
      expect(Run?.Graph?.Edges).toHaveLength(5);
      break;
    }
    expect((await glue.getWorkflowRuns({ Name: 'nightly-orders' })).Runs).toHaveLength(1);
    expect((await glue.getWorkflow({ Name: 'nightly-orders', IncludeGraph: true })).Workflow?.LastRun?.Status).toBe(
      'COMPLETED',
    );
  });

  it('stops a workflow run with its job run', { timeout: 60_000 }, async () => {
    const { RunId } = await glue.startWorkflowRun({ Name: 'nightly-orders' });
    const again = glue.startWorkflowRun({ Name: 'nightly-orders' });
    await expect(again).rejects.toMatchObject({ name: 'ConcurrentRunsExceededException' });
    await glue.stopWorkflowRun({ Name: 'nightly-orders', RunId });
    for (;;) {
      const { Run } = await glue.getWorkflowRun({ Name: 'nightly-orders', RunId });
      if (Run?.Status === 'STOPPED') break;
      expect(Run?.Status).toBe('STOPPING');
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    const late = glue.stopWorkflowRun({ Name: 'nightly-orders', RunId });
    await expect(late).rejects.toMatchObject({ name: 'IllegalWorkflowStateException' });
  });
});

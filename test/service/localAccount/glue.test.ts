import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { Glue, type CreateJobRequest, type JobRun } from '@aws-sdk/client-glue';
import { S3 } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startTestAccount, type TestAccount } from './account.ts';

let account: TestAccount;
let glue: Glue;
let s3: S3;
let logs: CloudWatchLogs;

function connect(): void {
  glue = new Glue(account.client);
  s3 = new S3(account.client);
  logs = new CloudWatchLogs(account.client);
}

beforeAll(async () => {
  account = await startTestAccount();
  connect();
  await s3.createBucket({ Bucket: 'scripts' });
}, 180_000);
afterAll(async () => {
  await account.dispose();
});

async function putJob(Name: string, script: string, more: Partial<CreateJobRequest> = {}): Promise<string> {
  await s3.putObject({ Bucket: 'scripts', Key: `${Name}.py`, Body: script });
  await glue.createJob({
    Name,
    Role: 'arn:aws:iam::000000000000:role/glue',
    Command: { Name: 'pythonshell', PythonVersion: '3.9', ScriptLocation: `s3://scripts/${Name}.py` },
    ...more,
  });
  return Name;
}

async function waitFor(JobName: string, RunId: string, isDone: (run: JobRun) => boolean): Promise<JobRun> {
  for (;;) {
    const { JobRun: run } = await glue.getJobRun({ JobName, RunId });
    if (run && isDone(run)) return run;
    await new Promise((resolve) => setTimeout(resolve, 40));
  }
}

const isOver = ({ JobRunState }: JobRun): boolean =>
  !['WAITING', 'STARTING', 'RUNNING', 'STOPPING'].includes(JobRunState ?? '');

async function run(JobName: string, Arguments: Record<string, string> = {}): Promise<JobRun> {
  const { JobRunId } = await glue.startJobRun({ JobName, Arguments });
  return await waitFor(JobName, JobRunId ?? '', isOver);
}

async function lines(group: string, stream: string): Promise<string[]> {
  const page = await logs.getLogEvents({ logGroupName: group, logStreamName: stream, startFromHead: true });
  return (page.events ?? []).map(({ message }) => message ?? '');
}

describe('a Python shell job', () => {
  it('runs its script with arguments, and with boto3 against this account', { timeout: 180_000 }, async () => {
    const script = `
import sys, boto3
from awsglue.utils import getResolvedOptions
args = getResolvedOptions(sys.argv, ["bucket", "step"])
boto3.client("s3").put_object(Bucket=args["bucket"], Key="out/result.txt", Body=args["step"].encode())
print("identity", boto3.client("sts").get_caller_identity()["Account"])
print("wrote", args["step"])
print("to stderr", file=sys.stderr)
`;
    await putJob('writes', script, { DefaultArguments: { '--bucket': 'scripts', '--step': 'default' } });
    const ended = await run('writes', { '--step': 'from the run' });
    expect(ended).toMatchObject({ JobRunState: 'SUCCEEDED', Attempt: 0, LogGroupName: '/aws-glue/python-jobs' });
    const object = await s3.getObject({ Bucket: 'scripts', Key: 'out/result.txt' });
    expect(await object.Body?.transformToString()).toBe('from the run');
    const output = await lines('/aws-glue/python-jobs/output', ended.Id ?? '');
    expect(output.slice(-2)).toEqual(['identity 000000000000', 'wrote from the run']);
    expect(await lines('/aws-glue/python-jobs/error', ended.Id ?? '')).toEqual(['to stderr']);
    await expect(access(join(account.stateFolder, 'work', ended.Id ?? ''))).rejects.toThrow();
  });

  it('sees nothing of this machine that is not its business', async () => {
    process.env['SLUICE_TEST_SECRET'] = 'visible';
    process.env['AWS_PROFILE'] = 'somebody';
    await putJob(
      'environment',
      'import os\nprint(sorted(k for k in os.environ if "SECRET_TEST" in k or k in ("SLUICE_TEST_SECRET", "AWS_PROFILE")))',
    );
    const ended = await run('environment');
    expect(await lines('/aws-glue/python-jobs/output', ended.Id ?? '')).toEqual(['[]']);
    delete process.env['AWS_PROFILE'];
  });

  it.each([
    ['raises', 'def f():\n  raise KeyError("order_id")\nf()', "KeyError: 'order_id'"],
    ['exits', 'import sys\nsys.exit(3)', 'Command failed with exit code 3'],
    ['does-not-parse', 'print(\n', /^SyntaxError: /],
    ['is-killed', 'import os, signal\nos.kill(os.getpid(), signal.SIGKILL)', /ended by SIGKILL/],
    ['needs-spark', 'from awsglue import DynamicFrame', /needs Spark, which a Python shell job does not have/],
    [
      'wants-more',
      'import sys\nfrom awsglue.utils import getResolvedOptions\ngetResolvedOptions(sys.argv, ["JOB_NAME"])',
      /required: --JOB_NAME/,
    ],
  ])('says why a script that %s failed', async (name, script, message) => {
    await putJob(name, script);
    const ended = await run(name);
    expect(ended.JobRunState).toBe('FAILED');
    expect(ended.ErrorMessage).toMatch(message);
  });

  it('says what is missing when there is no script', async () => {
    await putJob('scriptless', '');
    await s3.deleteObject({ Bucket: 'scripts', Key: 'scriptless.py' });
    const ended = await run('scriptless');
    expect(ended).toMatchObject({ JobRunState: 'FAILED' });
    expect(ended.ErrorMessage).toContain('s3://scripts/scriptless.py does not exist in the local S3');
  });

  it('keeps 10 MB without a newline and binary garbage as log lines', async () => {
    await putJob(
      'loud',
      'import sys\nsys.stdout.write("x" * 10_000_000)\nsys.stdout.flush()\nsys.stderr.buffer.write(bytes(range(256)) * 40)',
    );
    const ended = await run('loud');
    expect(ended.JobRunState).toBe('SUCCEEDED');
    let token: string | undefined;
    let size = 0;
    for (;;) {
      const page = await logs.getLogEvents({
        logGroupName: '/aws-glue/python-jobs/output',
        logStreamName: ended.Id,
        startFromHead: true,
        ...(token !== undefined && { nextToken: token }),
      });
      size += (page.events ?? []).reduce((sum, { message }) => sum + (message?.length ?? 0), 0);
      if (page.nextForwardToken === token) break;
      token = page.nextForwardToken;
    }
    expect(size).toBe(10_000_000);
    expect((await lines('/aws-glue/python-jobs/error', ended.Id ?? '')).length).toBeGreaterThan(30);
  });

  it('stops with all its children', async () => {
    await putJob(
      'sleeps',
      'import subprocess, sys\nchild = subprocess.Popen(["sleep", "600"], start_new_session=True)\nprint(child.pid, flush=True)\nchild.wait()',
    );
    const { JobRunId = '' } = await glue.startJobRun({ JobName: 'sleeps' });
    await waitFor('sleeps', JobRunId, ({ JobRunState }) => JobRunState === 'RUNNING');
    let pid = 0;
    while (!pid) pid = Number((await lines('/aws-glue/python-jobs/output', JobRunId).catch(() => []))[0] ?? 0);
    await expect(glue.startJobRun({ JobName: 'sleeps' })).rejects.toMatchObject({
      name: 'ConcurrentRunsExceededException',
    });
    const stopped = await glue.batchStopJobRun({ JobName: 'sleeps', JobRunIds: [JobRunId, 'jr_none'] });
    expect(stopped.SuccessfulSubmissions).toEqual([{ JobName: 'sleeps', JobRunId }]);
    expect(stopped.Errors?.[0]?.ErrorDetail?.ErrorCode).toBe('EntityNotFoundException');
    expect((await waitFor('sleeps', JobRunId, isOver)).JobRunState).toBe('STOPPED');
    expect(() => process.kill(pid, 0)).toThrow();
  });

  it('tries again as often as the job says', async () => {
    await putJob('flaky', 'raise SystemExit(1)', { MaxRetries: 2 });
    const first = await run('flaky');
    // The next attempt is there a moment after the one before has ended.
    await expect
      .poll(async () => (await glue.getJobRuns({ JobName: 'flaky' })).JobRuns?.length, { timeout: 30_000 })
      .toBe(3);
    await waitFor('flaky', `${first.Id ?? ''}_attempt_2`, isOver);
    const { JobRuns = [] } = await glue.getJobRuns({ JobName: 'flaky' });
    expect(JobRuns.map(({ Attempt }) => Attempt)).toEqual([2, 1, 0]);
    expect(JobRuns.map(({ JobRunState }) => JobRunState)).toEqual(['FAILED', 'FAILED', 'FAILED']);
    expect(JobRuns[0]?.PreviousRunId).toBe(JobRuns[1]?.Id);
  });

  it('queues runs over the limit where the job allows it', async () => {
    await putJob('queued', 'import time\ntime.sleep(0.3)', { JobRunQueuingEnabled: true });
    const ids = await Promise.all(
      [1, 2, 3].map(async () => (await glue.startJobRun({ JobName: 'queued' })).JobRunId ?? ''),
    );
    const states = await Promise.all(
      ids.map(async (RunId) => (await glue.getJobRun({ JobName: 'queued', RunId })).JobRun?.JobRunState),
    );
    expect(states.filter((state) => state === 'WAITING')).toHaveLength(2);
    for (const id of ids) expect((await waitFor('queued', id, isOver)).JobRunState).toBe('SUCCEEDED');
  });
});

describe('jobs', () => {
  it('are created, updated, listed, tagged and deleted', async () => {
    await putJob('crud', '', { Tags: { team: 'data' }, Description: 'one' });
    await expect(putJob('crud', '')).rejects.toMatchObject({ name: 'AlreadyExistsException' });
    expect((await glue.getJob({ JobName: 'crud' })).Job).toMatchObject({
      Description: 'one',
      MaxRetries: 0,
      Timeout: 2880,
      MaxCapacity: 0.0625,
      ExecutionProperty: { MaxConcurrentRuns: 1 },
      CreatedOn: expect.any(Date) as Date,
    });
    const JobUpdate = {
      Role: 'r',
      Command: { Name: 'pythonshell', ScriptLocation: 's3://scripts/crud.py' },
      Timeout: 5,
    };
    await glue.updateJob({ JobName: 'crud', JobUpdate });
    const { Job } = await glue.getJob({ JobName: 'crud' });
    expect([Job?.Description, Job?.Timeout]).toEqual([undefined, 5]);
    expect((await glue.listJobs({ Tags: { team: 'data' } })).JobNames).toEqual(['crud']);
    const arn = 'arn:aws:glue:us-east-1:000000000000:job/crud';
    await glue.tagResource({ ResourceArn: arn, TagsToAdd: { a: 'b' } });
    expect((await glue.getTags({ ResourceArn: arn })).Tags).toEqual({ team: 'data', a: 'b' });
    const batch = await glue.batchGetJobs({ JobNames: ['crud', 'none'] });
    expect([batch.Jobs?.length, batch.JobsNotFound]).toEqual([1, ['none']]);
    await glue.deleteJob({ JobName: 'crud' });
    await expect(glue.getJob({ JobName: 'crud' })).rejects.toMatchObject({ name: 'EntityNotFoundException' });
  });

  it('are paged', async () => {
    for (const name of ['p1', 'p2', 'p3']) await putJob(name, '');
    const names: string[] = [];
    let token: string | undefined;
    do {
      const page = await glue.getJobs({ MaxResults: 2, ...(token !== undefined && { NextToken: token }) });
      names.push(...(page.Jobs ?? []).map(({ Name }) => Name ?? ''));
      token = page.NextToken;
    } while (token !== undefined);
    expect(names.filter((name) => /^p\d$/.test(name))).toEqual(['p1', 'p2', 'p3']);
    expect(new Set(names).size).toBe(names.length);
    await expect(glue.getJobs({ NextToken: 'nonsense' })).rejects.toMatchObject({ name: 'InvalidInputException' });
  });

  it.each<[string, Partial<CreateJobRequest>, string]>([
    ['no role', { Role: undefined }, 'ValidationException'],
    ['an unknown kind', { Command: { Name: 'bash', ScriptLocation: 's3://a/b' } }, 'InvalidInputException'],
    ['a wrong Python version', { Command: { Name: 'pythonshell', PythonVersion: '3.11' } }, 'ValidationException'],
    ['both kinds of capacity', { MaxCapacity: 1, WorkerType: 'G.1X' }, 'InvalidInputException'],
    ['a capacity that no Python shell has', { MaxCapacity: 2 }, 'InvalidInputException'],
    ['a time limit that is too long', { Timeout: 20_000 }, 'ValidationException'],
  ])('with %s are refused', async (_name, more, error) => {
    await expect(putJob('refused', '', more)).rejects.toMatchObject({ name: error });
  });

  it('that need Spark fail with the way out where there is no container engine', async () => {
    await putJob('spark', '', {
      GlueVersion: '5.0',
      Command: { Name: 'glueetl', ScriptLocation: 's3://scripts/spark.py' },
    });
    vi.stubEnv('PATH', account.stateFolder);
    const ended = await run('spark');
    vi.unstubAllEnvs();
    expect(ended).toMatchObject({ JobRunState: 'FAILED', LogGroupName: '/aws-glue/jobs' });
    expect(ended.ErrorMessage).toMatch(/needs Docker or Podman.*Install it/);
    expect(await lines('/aws-glue/jobs/error', `${ended.Id ?? ''}-driver`)).toEqual([ended.ErrorMessage]);
  });

  it('that need Spark say which versions have an image', async () => {
    await putJob('spark-6', '', {
      GlueVersion: '6.0',
      Command: { Name: 'glueetl', ScriptLocation: 's3://scripts/spark.py' },
    });
    expect((await run('spark-6')).ErrorMessage).toMatch(
      /not published an image of Glue 6\.0.*sluice\.localRun\.images/,
    );
  });
});

describe('a job bookmark', () => {
  const bookmarked = { DefaultArguments: { '--job-bookmark-option': 'job-bookmark-enable' } };

  it('counts the runs that succeeded, and is reset', async () => {
    await putJob('bookmarked', 'print("read")', bookmarked);
    await expect(glue.getJobBookmark({ JobName: 'bookmarked' })).rejects.toMatchObject({
      name: 'EntityNotFoundException',
      message: 'Continuation for job bookmarked not found',
    });
    const first = await run('bookmarked');
    const second = await run('bookmarked');
    await expect
      .poll(async () => (await glue.getJobBookmark({ JobName: 'bookmarked' })).JobBookmarkEntry)
      .toMatchObject({ Version: 0, Run: 2, RunId: second.Id, PreviousRunId: first.Id });
    const { JobBookmarkEntry: reset } = await glue.resetJobBookmark({ JobName: 'bookmarked' });
    expect(reset).toMatchObject({ JobName: 'bookmarked', Version: 1, Run: 0, Attempt: 0 });
    await glue.deleteJob({ JobName: 'bookmarked' });
    await expect(glue.resetJobBookmark({ JobName: 'bookmarked' })).rejects.toMatchObject({
      name: 'EntityNotFoundException',
    });
  });

  it('is not kept by a job without the option', async () => {
    await putJob('forgetful', 'print("read")');
    await run('forgetful');
    await expect(glue.getJobBookmark({ JobName: 'forgetful' })).rejects.toMatchObject({
      name: 'EntityNotFoundException',
    });
  });
});

describe('a restart', () => {
  it('keeps jobs, runs and logs, and fails what was on', async () => {
    await putJob('long', 'import time\nprint("begun", flush=True)\ntime.sleep(600)');
    const { JobRunId = '' } = await glue.startJobRun({ JobName: 'long' });
    await waitFor('long', JobRunId, ({ JobRunState }) => JobRunState === 'RUNNING');
    while ((await lines('/aws-glue/python-jobs/output', JobRunId).catch(() => [])).length === 0);
    account = await account.restart();
    connect();
    const { JobRun: ended } = await glue.getJobRun({ JobName: 'long', RunId: JobRunId });
    expect(ended).toMatchObject({
      JobRunState: 'FAILED',
      ErrorMessage: expect.stringContaining('shut down') as string,
    });
    expect(await lines('/aws-glue/python-jobs/output', JobRunId)).toEqual(['begun']);
    expect((await glue.getJobRuns({ JobName: 'flaky' })).JobRuns).toHaveLength(3);
  });
});

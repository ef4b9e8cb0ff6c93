import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { CloudWatchLogsClient, GetLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import {
  BatchStopJobRunCommand,
  CreateJobCommand,
  GetJobRunCommand,
  GlueClient,
  StartJobRunCommand,
  type JobRun,
} from '@aws-sdk/client-glue';
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestAccount, type TestAccount } from '../service/localAccount/account.ts';

// Glue Spark jobs of the local account, in the stand-in for AWS's Glue 5 image.
const image = process.env['SLUICE_TEST_GLUE_IMAGE'] ?? '';
let account: TestAccount;
let glue: GlueClient;
let s3: S3Client;
beforeAll(async () => {
  account = await startTestAccount(undefined, undefined, {
    containers: { engine: 'docker', images: { '5.1': image } },
  });
  glue = new GlueClient(account.client);
  s3 = new S3Client(account.client);
  await s3.send(new CreateBucketCommand({ Bucket: 'lake' }));
});
afterAll(async () => await account.dispose());

async function put(key: string, body: string): Promise<string> {
  await s3.send(new PutObjectCommand({ Bucket: 'lake', Key: key, Body: body }));
  return `s3://lake/${key}`;
}

async function start(name: string, script: string, args: Readonly<Record<string, string>> = {}): Promise<string> {
  await glue.send(
    new CreateJobCommand({
      Name: name,
      Role: 'arn:aws:iam::000000000000:role/glue',
      Command: { Name: 'glueetl', ScriptLocation: await put(`scripts/${name}.py`, script), PythonVersion: '3' },
      GlueVersion: '5.1',
      DefaultArguments: { '--job-language': 'python', ...args },
    }),
  );
  const { JobRunId = '' } = await glue.send(new StartJobRunCommand({ JobName: name }));
  return JobRunId;
}

async function until(name: string, runId: string, state: RegExp): Promise<JobRun> {
  for (;;) {
    const { JobRun: run } = await glue.send(new GetJobRunCommand({ JobName: name, RunId: runId }));
    if (run && state.test(run.JobRunState ?? '')) return run;
    if (run?.CompletedOn) {
      const said = (await logOf('error', runId)).slice(-20).join('\n');
      throw new Error(`${run.JobRunState ?? ''}: ${run.ErrorMessage ?? ''}\n${said}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

async function logOf(stream: 'output' | 'error', runId: string, from = 'driver'): Promise<readonly string[]> {
  const logs = new CloudWatchLogsClient(account.client);
  const { events = [] } = await logs.send(
    new GetLogEventsCommand({
      logGroupName: `/aws-glue/jobs/${stream}`,
      logStreamName: `${runId}-${from}`,
      startFromHead: true,
    }),
  );
  return events.map(({ message = '' }) => message);
}

test('a Spark job reads its arguments and modules, computes, and writes to the local S3', async () => {
  const module = await put('scripts/shared_names.py', 'COLUMN = "bucket"\n');
  const runId = await start(
    'groups',
    `
import json, os, sys
import boto3
from awsglue.utils import getResolvedOptions
from pyspark.sql import SparkSession
from shared_names import COLUMN

args = getResolvedOptions(sys.argv, ["JOB_NAME", "target"])
spark = SparkSession.builder.getOrCreate()
rows = spark.range(1000).selectExpr("id % 4 as " + COLUMN).groupBy(COLUMN).count().collect()
counts = json.dumps(sorted(row["count"] for row in rows))
boto3.client("s3").put_object(Bucket="lake", Key=args["target"], Body=counts)
print("job", args["JOB_NAME"], args["JOB_RUN_ID"], os.listdir("."))
`,
    { '--extra-py-files': module, '--extra-files': await put('conf/limits.json', '{}'), '--target': 'out/counts.json' },
  );
  const run = await until('groups', runId, /SUCCEEDED/);
  expect(run.ExecutionTime).toBeGreaterThan(0);
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: 'lake', Key: 'out/counts.json' }));
  expect(await Body?.transformToString()).toBe('[250, 250, 250, 250]');
  const output = (await logOf('output', runId)).find((line) => line.startsWith('job groups')) ?? '';
  expect(output).toContain(runId);
  expect(output).toContain('limits.json');
  expect((await logOf('error', runId)).join('\n')).toContain('SparkContext');
  expect(readdirSync(join(account.stateFolder, 'work'))).toEqual([]);
});

test('a stopped run leaves no container', async () => {
  const runId = await start('endless', 'import time\nprint("begun", flush=True)\ntime.sleep(600)\n');
  await until('endless', runId, /RUNNING/);
  await expect.poll(async () => await logOf('output', runId).catch(() => []), { timeout: 60_000 }).toContain('begun');
  await glue.send(new BatchStopJobRunCommand({ JobName: 'endless', JobRunIds: [runId] }));
  await until('endless', runId, /STOPPED/);
  const left = execFileSync('docker', ['ps', '--all', '--quiet', '--filter', 'name=sluice-endless'], {
    encoding: 'utf8',
  });
  expect(left).toBe('');
  expect(existsSync(join(account.stateFolder, 'work', runId))).toBe(false);
});

test('a failed run has the error of the script as its message; that of a task is in the log of the executor', async () => {
  const script = `
from pyspark.sql import SparkSession

def fail(row):
    raise ValueError("row %s is broken" % row)

def load():
    try:
        SparkSession.builder.getOrCreate().sparkContext.parallelize([7], 1).foreach(fail)
    except Exception:
        pass
    raise ValueError("no rows for 2024-01-01")

load()
`;
  const runId = await start('broken', script);
  const run = await until('broken', runId, /FAILED/);
  const said = (await logOf('error', runId)).join('\n');
  expect(run.ErrorMessage, said).toBe('ValueError: no rows for 2024-01-01');
  expect(said).toContain('line 12, in load');
  expect((await logOf('error', runId, '1')).join('\n')).toContain('row 7 is broken');
});

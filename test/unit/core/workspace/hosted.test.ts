import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { hostedJobsOfScript, mayBeNamed, readHosted, type HostedJob } from '../../../../src/core/workspace/hosted.ts';

const pulumi = `import pulumi_aws as aws
load = aws.glue.Job("load", name="load-orders", role_arn=role.arn, glue_version="5.0",
    command=aws.glue.JobCommandArgs(script_location="s3://code/load.py", python_version="3"),
    number_of_workers=2, worker_type="G.1X", timeout=15,
    default_arguments={"--date": "today", "--bucket": bucket.id})
`;

test('a job of a Pulumi program is read by the names of the API, as far as the text says it', () => {
  expect(readHosted('__main__.py', pulumi)?.resources).toMatchObject([
    {
      kind: 'job',
      name: 'load-orders',
      line: 2,
      scriptLocation: 's3://code/load.py',
      input: {
        Name: 'load-orders',
        GlueVersion: '5.0',
        WorkerType: 'G.1X',
        NumberOfWorkers: 2,
        Timeout: 15,
        DefaultArguments: { '--date': 'today' },
        Command: { ScriptLocation: 's3://code/load.py', PythonVersion: '3' },
      },
    },
  ]);
  const [job] = readHosted('__main__.py', pulumi)?.resources ?? [];
  expect(job?.kind === 'job' && Object.keys(job.input)).not.toContain('Role');
});

test('a job and a state machine of a template, and of Terraform', () => {
  const template = `Resources:
  Load:
    Type: AWS::Glue::Job
    Properties: {Name: !Sub "load-\${Stage}", Role: r, Command: {Name: glueetl, ScriptLocation: s3://b/load.py}}
  Orders:
    Type: AWS::StepFunctions::StateMachine
    Properties:
      StateMachineName: orders
      RoleArn: r
      Definition: {StartAt: A, States: {A: {Type: Succeed}}}
`;
  const [job, machine] = readHosted('template.yaml', template)?.resources ?? [];
  expect(job).toMatchObject({ kind: 'job', name: 'load-${Stage}', line: 2 });
  expect(machine).toMatchObject({ kind: 'machine', name: 'orders' });
  expect(machine?.kind === 'machine' && machine.definition?.machine).toBeDefined();
  const terraform = `resource "aws_sfn_state_machine" "orders" {
  name       = "orders"
  role_arn   = aws_iam_role.states.arn
  definition = templatefile("\${path.module}/orders.asl.json", { job = aws_glue_job.load.name })
}
`;
  const read = readHosted('main.tf', terraform);
  expect(read?.resources).toMatchObject([{ kind: 'machine', name: 'orders', line: 2 }]);
  expect(read?.definitionPaths).toEqual(['./orders.asl.json']);
});

test('scripts, configs and calls of an SDK are of no tool', () => {
  expect(readHosted('jobs/load.py', 'from awsglue.context import GlueContext\n')).toBeUndefined();
  expect(readHosted('a.py', 'import boto3\nboto3.client("glue").create_job(Name="x", Role="r")\n')).toBeUndefined();
  expect(readHosted('a.glue.json', '{"Name":"a","Role":"r","Command":{"Name":"glueetl"}}')).toBeUndefined();
});

test('a name with placeholders may be any that fits around them', () => {
  expect(mayBeNamed('load-${Stage}', 'load-dev')).toBe(true);
  expect(mayBeNamed('load-${Stage}', 'store-dev')).toBe(false);
  expect(mayBeNamed('${name}', 'anything')).toBe(false);
  expect(mayBeNamed('a.b', 'axb')).toBe(false);
  expect(mayBeNamed(undefined, 'x')).toBe(false);
});

const fixtures = join(import.meta.dirname, '../../../fixtures/workspaces');
test('the reference workspaces have what their tools deploy', () => {
  expect(existsSync(fixtures)).toBe(true);
  const of = (path: string): readonly unknown[] =>
    (readHosted(path, readFileSync(join(fixtures, path), 'utf8'))?.resources ?? []).map(({ kind }) => kind);
  expect(of('lambdaGlueStates/__main__.py')).toContain('job');
  expect(of('lambdaGlueStates/__main__.py')).toContain('machine');
  expect(of('glueWorkflow/__main__.py')).toContain('job');
  expect(of('emrCrawler/template.yaml').length).toBeGreaterThan(0);
});

/** The jobs of `jobs/load.py`, where another file has its name too. */
function jobsOfLoad(path: string, text: string): readonly HostedJob[] {
  const file = readHosted(path, text);
  const sameName = ['jobs/load.py', 'old/archive/load.py'];
  return file ? hostedJobsOfScript(file, path, { script: 'jobs/load.py', sameName }) : [];
}

const stack = `import * as glue from '@aws-cdk/aws-glue-alpha';
new glue.PySparkEtlJob(this, 'Load', { role, script: glue.Code.fromAsset('../jobs/load.py'), jobName: 'load-orders',
  glueVersion: glue.GlueVersion.V5_0, defaultArguments: { '--date': 'today' } });
`;
const terraform = `resource "aws_glue_job" "load" {
  name         = "load-\${var.stage}"
  role_arn     = aws_iam_role.glue.arn
  glue_version = "5.0"
  timeout      = 15
  command {
    script_location = "s3://\${aws_s3_bucket.code.bucket}/jobs/load.py"
  }
  default_arguments = { "--date" = "today", "--bucket" = aws_s3_bucket.raw.bucket }
}
`;
const template = `Resources:
  Load:
    Type: AWS::Glue::Job
    Properties:
      Name: load-orders
      Role: r
      GlueVersion: "5.0"
      Command: {Name: glueetl, ScriptLocation: ./jobs/load.py}
      DefaultArguments: {"--date": today}
`;

test.each([
  ['main.tf', terraform],
  ['template.yaml', template],
  ['lib/stack.ts', stack],
  ['__main__.py', pulumi.replace('s3://code/load.py', 's3://code/jobs/load.py')],
])('the script of a job in %s is known, with what a run on this machine needs', (path, text) => {
  const [job, ...others] = jobsOfLoad(path, text);
  expect(others).toEqual([]);
  expect(job?.run).toMatchObject({ glueVersion: '5.0', defaultArguments: { '--date': 'today' } });
  expect(job?.run.script).toMatch(/jobs\/load\.py$/);
  expect(jobsOfLoad(path, text.replaceAll('jobs/load.py', 'old/archive/load.py'))).toEqual([]);
});

test('a Python shell job of a template says so', () => {
  const [job] = jobsOfLoad('template.yaml', template.replace('glueetl', 'pythonshell'));
  expect(job?.run.commandName).toBe('pythonshell');
});

import { describe, expect, it } from 'vitest';
import { WORKSPACE_RULES } from '../../../../src/core/workspace/rules/index.ts';
import { findingsIn, linesOf, type Found } from './support.ts';

const job = (script: string, more: object = {}): string =>
  JSON.stringify({
    Name: 'load',
    Role: 'r',
    GlueVersion: '5.1',
    Command: { Name: 'glueetl', ScriptLocation: `s3://b/${script}` },
    ...more,
  });
const get = 'from awsglue.utils import getResolvedOptions\n';

const role = (service: string): string => `  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement: [{ Effect: Allow, Principal: { Service: ${service} }, Action: 'sts:AssumeRole' }]
`;
const templateJob = `  Load:
    Type: AWS::Glue::Job
    Properties: { Role: !GetAtt Role.Arn, GlueVersion: '5.1', Command: { Name: glueetl, ScriptLocation: s3://b/l.py } }
`;
const machine = (resultPath: object): string =>
  JSON.stringify({
    StartAt: 'Load',
    States: {
      Load: {
        Type: 'Task',
        Resource: 'arn:aws:states:::glue:startJobRun.sync',
        Parameters: { JobName: 'x' },
        ...resultPath,
        Next: 'Keep',
      },
      Keep: { Type: 'Pass', Parameters: { 'state.$': '$.JobRunState', 'day.$': '$.day' }, End: true },
    },
  });
const stages = (prod: string): string =>
  `dev:\n  jobs:\n    Load: { input: a, output: b }\nprod:\n  jobs:\n    Load: { ${prod} }\n`;

const named = (name: string): string =>
  JSON.stringify({
    Name: name,
    Role: 'r',
    GlueVersion: '5.1',
    Command: { Name: 'glueetl', ScriptLocation: 's3://b/x.py' },
  });
const defined = { 'a.glue.json': named('alpha'), 'b.glue.json': named('beta') };
const starts = (...jobs: readonly string[]): string =>
  JSON.stringify({ Name: 't', Type: 'ON_DEMAND', Actions: jobs.map((JobName) => ({ JobName })) });
const localScript = (path: string): string =>
  `Resources:\n  Load:\n    Type: AWS::Glue::Job\n    Properties: { Role: r, GlueVersion: '5.1', Command: { Name: glueetl, ScriptLocation: ${path} } }\n`;

/** A rule, files with the fault it is about, and the same without it. */
const cases: readonly (readonly [rule: string, bad: Record<string, string>, good: Record<string, string>])[] = [
  [
    'undefined-name',
    { ...defined, 't.glue.json': starts('alpha', 'beta', 'cleanup') },
    { ...defined, 't.glue.json': starts('alpha', 'beta', 'cleanup', 'archive') },
  ],
  [
    'missing-script',
    { 'deep/template.yaml': localScript('src/lod.py'), 'deep/src/load.py': '' },
    { 'deep/template.yaml': localScript('src/load.py'), 'deep/src/load.py': '' },
  ],
  [
    'missing-argument',
    { 'l.py': `${get}args = getResolvedOptions(sys.argv, ['a'])`, 'l.glue.json': job('l.py') },
    {
      'l.py': `${get}options = []\nif '--a' in sys.argv:\n    options.append('a')\nargs = getResolvedOptions(sys.argv, options)`,
      'l.glue.json': job('l.py'),
    },
  ],
  [
    'misspelt-option',
    {
      'l.py': `${get}args = getResolvedOptions(sys.argv, ['source'])`,
      'l.glue.json': job('l.py', { DefaultArguments: { '--suorce': '1' } }),
    },
    {
      'l.py': `${get}args = getResolvedOptions(sys.argv, ['source'])`,
      'l.glue.json': job('l.py', { DefaultArguments: { '--source': '1' } }),
    },
  ],
  [
    'abbreviated-argument',
    {
      'l.py': `${get}args = getResolvedOptions(sys.argv, ['source'])`,
      'l.glue.json': job('l.py', { DefaultArguments: { '--sou': '1' } }),
    },
    {
      'l.py': `${get}args = getResolvedOptions(sys.argv, ['source'])`,
      'l.glue.json': job('l.py', { DefaultArguments: { '--source': '1' } }),
    },
  ],
  [
    'unused-argument',
    {
      'l.py': `${get}args = getResolvedOptions(sys.argv, ['a'])`,
      'l.glue.json': job('l.py', { DefaultArguments: { '--a': '1', '--old': '1' } }),
    },
    {
      'l.py': `${get}import argparse\nargs = getResolvedOptions(sys.argv, ['a'])`,
      'l.glue.json': job('l.py', { DefaultArguments: { '--a': '1', '--old': '1' } }),
    },
  ],
  [
    'misspelt-name',
    {
      'm.py': "glue.start_crawler(Name='raw-ordres')",
      't.tf': 'resource "aws_glue_crawler" "raw" {\n  name = "raw-orders"\n}\n',
    },
    {
      'm.py': "glue.start_crawler(Name='raw-orders-2')",
      't.tf': 'resource "aws_glue_crawler" "raw" {\n  name = "raw-orders-1"\n}\n',
    },
  ],
  [
    'reserved-option',
    { 'l.py': `${get}args = getResolvedOptions(sys.argv, ['JOB_RUN_ID'])` },
    { 'l.py': `${get}args = getResolvedOptions(sys.argv, ['JOB_NAME'])` },
  ],
  [
    'unasked-option',
    { 'l.py': `${get}args = getResolvedOptions(sys.argv, ['a-b'])\nargs['a-b']` },
    { 'l.py': `${get}args = getResolvedOptions(sys.argv, ['a-b'])\nargs['a_b']\nargs['JOB_RUN_ID']` },
  ],
  [
    'script-job',
    {
      'l.py':
        'from awsglue.job import Job\njob = Job(context)\njob.init("x")\ncontext.create_dynamic_frame.from_catalog(database="d", table_name="t")\n',
      'l.glue.json': job('l.py', { DefaultArguments: { '--job-bookmark-option': 'job-bookmark-enable' } }),
    },
    {
      'l.py':
        'from awsglue.job import Job\njob = Job(context)\njob.init("x")\ncontext.create_dynamic_frame.from_catalog(database="d", table_name="t")\n',
      'l.glue.json': job('l.py'),
    },
  ],
  [
    'removed-api',
    {
      'l.py': 'import awsglue\nfrom pyspark.sql import SQLContext\n',
      'l.glue.json': job('l.py', { GlueVersion: '6.0' }),
    },
    { 'l.py': 'import awsglue\nfrom pyspark.sql import SQLContext\n', 'l.glue.json': job('l.py') },
  ],
  [
    'role-trust',
    { 't.yaml': `Resources:\n${role('states.amazonaws.com')}${templateJob}` },
    { 't.yaml': `Resources:\n${role('glue.amazonaws.com')}${templateJob}` },
  ],
  ['job-run-member', { 'm.asl.json': machine({}) }, { 'm.asl.json': machine({ ResultPath: '$.run' }) }],
  [
    'output-in-json',
    { 'p.py': 'import pulumi\nimport pulumi_aws as aws\njob = aws.glue.Job("j")\njson.dumps({"JobName": job.name})\n' },
    {
      'p.py':
        'import pulumi\nimport pulumi_aws as aws\njob = aws.glue.Job("j")\njob.name.apply(lambda name: json.dumps({"JobName": name}))\n',
    },
  ],
  ['stage-parameter', { 'c.yaml': stages('input: c') }, { 'c.yaml': stages('input: c, output: d') }],
];

describe('each rule between files', () => {
  it.each(cases)('%s finds its fault, and nothing where it is not', async (rule, bad, good) => {
    expect((await findingsIn(bad)).map(({ code }) => code)).toContain(rule);
    expect((await findingsIn(good)).map(({ code }) => code)).not.toContain(rule);
  });

  it('is among the cases', () => {
    expect(WORKSPACE_RULES.map(({ id }) => id)).toEqual(
      expect.arrayContaining(cases.map(([rule]) => `glue/${rule}`)) as string[],
    );
    expect(cases).toHaveLength(WORKSPACE_RULES.length);
  });
});

describe('what is missing', () => {
  it('is told of callers in programs, through chained clients as well', async () => {
    const program = `import boto3
boto3.client("glue").start_job_run(JobName="alpha")
boto3.Session(profile_name="x").client("glue").get_job_run(JobName="beta", RunId="jr_1")
boto3.client("glue").start_job_run(JobName="cleanup")
`;
    const found = await findingsIn({ ...defined, 'start.py': program });
    expect(found.map(({ path, code, at }) => `${path} ${code} ${at}`)).toEqual(['start.py undefined-name "cleanup"']);
  });

  it('is not told where the workspace leaves other names to others, or hides its own', async () => {
    const several = await findingsIn({ ...defined, 't.glue.json': starts('alpha', 'beta', 'cleanup', 'archive') });
    expect(several).toEqual([]);
    const hidden = 'import pulumi_aws as aws\naws.glue.Job("x", role_arn=r, command=c, glue_version="5.1")\n';
    const files = { ...defined, '__main__.py': hidden, 't.glue.json': starts('alpha', 'beta', 'cleanup') };
    expect((await findingsIn(files)).filter(({ code }) => code === 'undefined-name')).toEqual([]);
  });

  it('is no script that a tool makes, or that lies outside', async () => {
    for (const path of ['build/load.py', '../../elsewhere/load.py', 's3://b/load.py', 'load']) {
      expect(await findingsIn({ 'template.yaml': localScript(path) })).toEqual([]);
    }
  });
});

describe('names with placeholders', () => {
  const machineFile = (name: string): string =>
    JSON.stringify({
      StartAt: 'Load',
      States: {
        Load: {
          Type: 'Task',
          Resource: 'arn:aws:states:::glue:startJobRun.sync',
          Parameters: { JobName: name, Arguments: { '--Source': 'x' } },
          End: true,
        },
      },
    });
  const files = {
    'l.py': `${get}args = getResolvedOptions(sys.argv, ['source'])`,
    'l.glue.json': job('l.py', { Name: 'load-dev', DefaultArguments: { '--source': '1' } }),
    'm.asl.json': machineFile('load-${Env}'),
  };

  it('mean what the stage of sluice.json says, and nothing without one', async () => {
    expect(await linesOf(files)).toEqual([]);
    const config = JSON.stringify({ stage: 'dev', stages: { dev: { Env: 'dev' }, prod: { Env: 'prod' } } });
    const found: readonly Found[] = await findingsIn({ ...files, 'sluice.json': config });
    expect(found.map(({ path, code, at }) => `${path} ${code} ${at}`)).toEqual([
      'm.asl.json misspelt-option "--Source"',
    ]);
  });
});

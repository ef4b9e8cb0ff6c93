import { describe, expect, it } from 'vitest';
import { validate } from '../../../../../src/core/validate.ts';
import { openGlueDocument } from '../../../../../src/core/glue/index.ts';

/** `code: what is underlined` of everything that is wrong. */
function found(text: string, fileName: string): string[] {
  const lines = text.split('\n');
  return validate(text, { fileName }).map(({ code, range: { start, end } }) => {
    const line = lines[start.line] ?? '';
    return `${code}: ${line.slice(start.character, start.line === end.line ? end.character : undefined)}`;
  });
}

describe('Glue configs in templates', () => {
  const template = (job: string): string => `AWSTemplateFormatVersion: 2010-09-09
Resources:
  Orders:
    Type: AWS::Glue::Job
    Properties:
      Role: !GetAtt Role.Arn
      GlueVersion: 4.0
${job}
  Role:
    Type: AWS::IAM::Role
    Properties: {}
`;

  it('takes numbers as text, functions as any value, and local scripts that package uploads', () => {
    const job = `      WorkerType: !If [IsProd, G.2X, !Ref AWS::NoValue]
      NumberOfWorkers: !Ref Workers
      Command:
        Name: glueetl
        PythonVersion: 3
        ScriptLocation: src/orders.py
      DefaultArguments:
        --enable-metrics: true`;
    expect(found(template(job), 'template.yaml')).toEqual([]);
  });

  it('underlines what is wrong where it stands', () => {
    const job = `      WorkerType: G.3X
      NumberOfWorkers: 2
      Command:
        Name: glueetl
        PythonVersion: 3.10
        ScriptLocation: !Sub s3://\${Bucket}/orders.py
      DefaultArguments:
        --job-bookmark-optoin: job-bookmark-enable`;
    expect(found(template(job), 'template.yaml')).toEqual([
      'glue/worker-type: G.3X',
      'glue/python-version: 3.10',
      'glue/misspelt-argument: --job-bookmark-optoin',
    ]);
  });

  it('says at the logical id what a job lacks', () => {
    expect(found(template('      MaxRetries: 1'), 'template.yaml')).toEqual(['glue/required-field: Orders']);
  });

  it('has nothing to say of a template without Glue', () => {
    expect(found('{"Resources": {"B": {"Type": "AWS::S3::Bucket"}}}', 'stack.template.json')).toEqual([]);
  });

  it('finds definitions and jobs of one template', () => {
    const machine = `      Command: { Name: glueetl, ScriptLocation: load.py, PythonVersion: "3.11" }
  Machine:
    Type: AWS::StepFunctions::StateMachine
    Properties:
      RoleArn: !GetAtt Role.Arn
      Definition: { StartAt: A, States: { B: { Type: Succeed } } }`;
    expect(found(template(machine), 'template.yaml').map((one) => one.split(':')[0])).toEqual(
      expect.arrayContaining(['glue/python-version', 'asl/unknown-start-at']),
    );
  });

  it('follows references from trigger to job', () => {
    const chain = `Resources:
  Flow: { Type: AWS::Glue::Workflow, Properties: {} }
  Start:
    Type: AWS::Glue::Trigger
    Properties: { Type: ON_DEMAND, WorkflowName: !Ref Flow, Actions: [{ JobName: !Ref Load }] }
  Then:
    Type: AWS::Glue::Trigger
    Properties:
      Type: CONDITIONAL
      WorkflowName: !Ref Flow
      StartOnCreation: true
      Predicate: { Conditions: [{ LogicalOperator: EQUALS, JobName: !Ref Other, State: SUCCEEDED }] }
      Actions: [{ JobName: !Ref Load }]
`;
    expect(found(chain, 'flow.yaml')).toEqual(['glue/workflow-flow: !Ref Other']);
    expect(found(chain.replace('!Ref Other', '!Ref Load'), 'flow.yaml')).toEqual(['glue/workflow-flow: Then']);
  });
});

describe('Glue configs in Terraform', () => {
  const job = (more: string): string => `resource "aws_glue_job" "load" {
  name         = "load"
  role_arn     = aws_iam_role.glue.arn
  glue_version = "5.0" # the newest then
  command {
    script_location = "s3://\${var.bucket}/load.py"
  }
${more}
}
`;

  it('knows blocks, defaults and variables', () => {
    const more = `  worker_type       = var.worker_type
  number_of_workers = 2
  connections       = [aws_glue_connection.db.name]
  execution_property {
    max_concurrent_runs = 2
  }
  default_arguments = merge(local.common, {
    "--enable-spark-ui" = "true"
  })`;
    expect(found(job(more), 'main.tf')).toEqual([]);
  });

  it('underlines what is wrong in attributes, blocks and merged arguments', () => {
    const more = `  worker_type       = "G.1X"
  default_arguments = merge(local.common, {
    "--job-bookmark-option" = "enable"
  })`;
    expect(found(job(more), 'main.tf')).toEqual(['glue/worker-pair: worker_type', 'glue/argument-value: "enable"']);
    expect(found(job('').replace('aws_iam_role.glue.arn', '"GlueRole"'), 'main.tf')).toEqual([
      'glue/terraform-role-arn: "GlueRole"',
    ]);
  });

  it('says nothing of what a dynamic block may hold', () => {
    const trigger = `resource "aws_glue_trigger" "t" {
  name = "t"
  type = "CONDITIONAL"
  dynamic "actions" {
    for_each = var.jobs
    content { job_name = actions.value }
  }
  dynamic "predicate" {
    for_each = [1]
    content {}
  }
}
`;
    expect(found(trigger, 'main.tf')).toEqual([]);
    expect(found(trigger.replaceAll(/ {2}dynamic "predicate" \{[^]*?\n {2}\}\n/g, ''), 'main.tf')).toEqual([
      'glue/trigger-predicate: "CONDITIONAL"',
    ]);
  });
});

describe('Glue configs in programs', () => {
  it('reads Pulumi in Python, dictionaries and argument classes alike', () => {
    const program = `import pulumi_aws as aws
workflow = aws.glue.Workflow("orders")
job = aws.glue.Job("load", role_arn=role.arn, glue_version="2.0",
    command={"scriptLocation": f"s3://{bucket}/load.py", "pythonVersion": "3.11"},
    default_arguments={"--enable-metrisc": "s3://b/t/", **more})
trigger = aws.glue.Trigger("start", type="ON_DEMAND", workflow_name=workflow.name,
    actions=[aws.glue.TriggerActionArgs(job_name=job.name)],
    predicate=aws.glue.TriggerPredicateArgs(conditions=[
        aws.glue.TriggerPredicateConditionArgs(job_name="other", state="DONE")]))
`;
    expect(found(program, '__main__.py')).toEqual([
      'glue/end-of-life-version: "2.0"',
      'glue/python-version: "3.11"',
      'glue/misspelt-argument: "--enable-metrisc"',
      'glue/trigger-other-type: predicate',
      'glue/condition-state: "DONE"',
    ]);
  });

  it('reads the CDK in Python and TypeScript, at both levels', () => {
    const python = `from aws_cdk import aws_glue as glue, aws_glue_alpha as alpha
glue.CfnJob(self, "Load", role=role.role_arn, glue_version="5.0", worker_type="G.1X",
    command=glue.CfnJob.JobCommandProperty(name="glueetl", script_location="s3://b/load.py", python_version="3.10"))
alpha.Job(self, "Old", worker_type=alpha.WorkerType.G_1X, worker_count=2, executable=alpha.JobExecutable.python_etl(
    glue_version=alpha.GlueVersion.V2_0, python_version=alpha.PythonVersion.THREE, script=script))
`;
    expect(found(python, 'stack.py')).toEqual([
      'glue/worker-pair: worker_type',
      'glue/python-version: "3.10"',
      'glue/end-of-life-version: alpha.GlueVersion.V2_0',
    ]);
    const typescript = `import * as glue from 'aws-cdk-lib/aws-glue';
const defaults = { '--job-language': 'Python 3' };
new glue.CfnJob(this, 'Load', {
  role: role.roleArn, glueVersion: '5.0', defaultArguments: defaults,
  command: { name: 'gluetl', scriptLocation: \`s3://\${bucket.bucketName}/load.py\` },
});
`;
    expect(found(typescript, 'stack.ts')).toEqual(["glue/argument-value: 'Python 3'", "glue/command-name: 'gluetl'"]);
  });

  it('leaves the scripts of jobs and the jobs of other services alone', () => {
    const script = `from awsglue.job import Job
job = Job(glueContext)
job.init(args["JOB_NAME"], args)
boto3.client("batch").submit_job(jobName="x", GlueVersion="1.0")
s3control.create_job(AccountId="1", Operation={}, RoleArn="x")
`;
    expect(openGlueDocument(script, { fileName: 'load.py' })).toBeUndefined();
  });

  it('follows edits', () => {
    const before =
      'import pulumi_aws as aws\naws.glue.Job("j", role_arn=r, glue_version="5.0", command={"scriptLocation": s})\n';
    const document = openGlueDocument(before, { fileName: 'a.py' });
    expect(document?.findings()).toEqual([]);
    document?.edit([{ offset: before.indexOf('5.0'), length: 3, text: '1.0' }]);
    expect(document?.findings().map(({ range }) => range.start)).toEqual([{ line: 1, character: 43 }]);
  });
});

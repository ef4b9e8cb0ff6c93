import { describe, expect, it } from 'vitest';
import { validate } from '../../../../../src/core/validate.ts';

/** `line code` of errors and warnings; `expected` are those that the marks `#! code` and `//! code` in a text say. */
function compare(marked: string, fileName: string): { found: string[]; expected: string[] } {
  const lines = marked.split('\n');
  const expected = lines.flatMap((line, index) =>
    (/(?:#|\/\/)! (.*)$/.exec(line)?.[1] ?? '')
      .split(' ')
      .filter(Boolean)
      .map((code) => `${index + 1} glue/${code}`),
  );
  const text = lines.map((line) => line.replace(/ *(?:#|\/\/)! .*$/, '')).join('\n');
  const found = validate(text, { fileName })
    .filter(({ severity }) => severity <= 2)
    .map(({ code, range }) => `${range.start.line + 1} ${code}`);
  return { found: [...new Set(found)].toSorted(), expected: expected.toSorted() };
}

function expectMarked(marked: string, fileName: string): void {
  const { found, expected } = compare(marked, fileName);
  expect(found).toEqual(expected);
}

describe('CloudFormation', () => {
  it('is read through quoted texts whose lines begin left of their key, as AWS reads it', () => {
    expectMarked(
      `Resources:
  Endpoint:
    Type: AWS::EC2::VPCEndpoint
    Properties:
      PolicyDocument: '{
         "Statement": [{"Effect": "Allow"}]
      }'
      ServiceName: !Sub com.amazonaws.\${AWS::Region}.glue
      Tags: "a: {
    b }"
  Load:
    Type: AWS::Glue::Job
    Properties:
      Role: glue
      GlueVersion: "2.0" #! end-of-life-version
      Command: {Name: glueetl, ScriptLocation: s3://scripts/load.py}
`,
      'template.yaml',
    );
  });

  it('takes functions among arguments as more of them, and both names of an action as given', () => {
    expectMarked(
      `Resources:
  Load:
    Type: AWS::Glue::Job
    Properties:
      Role: !GetAtt Role.Arn
      GlueVersion: 5.0
      Command: {Name: glueetl, ScriptLocation: src/load.py}
      DefaultArguments:
        Fn::Transform: {Name: Arguments}
        --enable-spark-ui: true
        --enable-metrics: false #! flag-false
  Start:
    Type: AWS::Glue::Trigger
    Properties:
      Type: ON_DEMAND
      Actions:
        - JobName: !Ref Load
          CrawlerName: !Ref Crawler #! trigger-actions
        - JobName: !Ref Load
          CrawlerName: !If [IsProd, x, !Ref AWS::NoValue]
`,
      'template.yaml',
    );
  });
});

describe('Terraform', () => {
  it('looks at what a dynamic block makes, and misses nothing in it', () => {
    expectMarked(
      `resource "aws_glue_job" "load" {
  name              = "load"
  role_arn          = aws_iam_role.glue.arn
  glue_version      = "3.0"
  worker_type       = "R.1X" #! worker-type-fit
  number_of_workers = 3
  dynamic "command" {
    for_each = [1]
    content {
      script_location = "s3://scripts/load.py"
      python_version  = "3.11" #! python-version
    }
  }
}
resource "aws_glue_trigger" "next" {
  name = "next"
  type = "CONDITIONAL"
  predicate {
    dynamic "conditions" {
      for_each = var.jobs
      content {
        job_name = conditions.value
        state    = "DONE" #! condition-state
      }
    }
  }
  dynamic "actions" {
    for_each = var.jobs
    content { job_name = actions.value }
  }
}
resource "aws_glue_job" "bare" { #! required-field version-missing
  name     = "bare"
  role_arn = var.role
}
`,
      'main.tf',
    );
  });
});

describe('programs', () => {
  it('follow variables that hold the objects of calls, and what classes of the CDK say', () => {
    expectMarked(
      `from aws_cdk import aws_glue as glue, aws_glue_alpha as alpha
cmd = glue.CfnJob.JobCommandProperty(name="pythonshell", script_location=asset.s3_object_url, python_version="3.9")
glue.CfnJob(self, "Shell", role=role.role_name, command=cmd, max_capacity=2) #! python-shell-capacity
glue.CfnJob(self, "Unpacked", **fields)
glue.CfnJob(self, "List", role="x", command=cmd, connections=["db"]) #! connections-shape
alpha.PySparkFlexEtlJob(self, "F", role=role, script=script, worker_type=alpha.WorkerType.G_4_X) #! flex
alpha.Job(self, "J", executable=alpha.JobExecutable.python_etl(glue_version=alpha.GlueVersion.of("2.0"), script=code), #! end-of-life-version
    worker_type=alpha.WorkerType.G_1_X, worker_count=2)
`,
      'app.py',
    );
    expectMarked(
      `import { CfnJob, CfnTrigger } from 'aws-cdk-lib/aws-glue';
new CfnTrigger(this, 'C', {
  type: 'CONDITIONAL',
  actions: [{ jobName: job.name, crawlerName: crawler.name }], //! trigger-actions
  predicate: { //! trigger-predicate
    conditions: [
      { logicalOperator: 'EQUALS', jobName: a.ref, state: 'SUCCEEDED' },
      { logicalOperator: 'EQUALS', jobName: b.ref, state: 'SUCCEEDED' },
    ],
  },
});
new CfnJob(this, 'J', { //! required-field
  command: { name: 'pythonshell', scriptLocation: 'jobs/x.py' }, //! script-location
});
`,
      'app.ts',
    );
  });

  it('call AWS: through chained clients, with updates, and with fields that a variable holds', () => {
    expectMarked(
      `import boto3
boto3.client("glue").start_job_run(JobName="load", Arguments={"--mode": "full"}) #! reserved-argument
glue = boto3.Session(profile_name="x").client("glue")
glue.update_job(JobName="x", JobUpdate={"Role": "x", "Command": {"Name": "glueetl", "ScriptLocation": "s3://b/x.py"}, "GlueVersion": "2.0"}) #! end-of-life-version
glue.update_trigger(Name="t", TriggerUpdate={"Schedule": "rate(1 hour)"}) #! trigger-schedule
glue.create_trigger(Name="t", Type="ON_DEMAND") #! trigger-actions
glue.create_workflow(Name="w", MaxConcurrentRuns=0) #! field-value
glue.create_job(Name="x", Role="x", GlueVersion="5.0", WorkerType="G.1X", NumberOfWorkers=2) #! required-field
job = {
    "Name": "x",
    "Role": "x",
    "Command": {"Name": "glueetl", "ScriptLocation": "s3://b/x.py"},
    "GlueVersion": "2.0", #! end-of-life-version
}
glue.create_job(**job)
batch.create_job(**other)
batch.create_job(Name="x", Role="r")
`,
      'deploy.py',
    );
  });
});

describe('input of the CLI and files of the Git integration', () => {
  const codes = (config: object, fileName: string): string[] =>
    validate(JSON.stringify(config), { fileName }).map(({ code }) => code);

  it('is known without the field that is missing', () => {
    expect(codes({ Name: 'nightly', Type: 'ON_DEMAND' }, 'trigger.json')).toEqual(['glue/trigger-actions']);
    const git = { name: 'load', role: 'x', glueVersion: '5.0', workerType: 'G.1X', numberOfWorkers: 2 };
    expect(codes(git, 'load/load.json')).toEqual(['glue/required-field']);
    expect(codes({ Name: 'x', Type: 'EVENT', Detail: {} }, 'event.json')).not.toContain('glue/trigger-actions');
  });
});

describe('what is being typed', () => {
  const found = (text: string, fileName: string): readonly string[] =>
    validate(text, { fileName }).map(({ code }) => code);

  it.each(['tim', 'timeout=', 'timeout="', '"tim', 'tags={', 'tags=[', 'timeout=5', 'x=f"{', '"""'])(
    'hides in a program what follows, of which nothing is called missing: %s',
    (half) => {
      const program = `import pulumi_aws as aws
load = aws.glue.Job("load",
    role_arn=role.arn,
    ${half}
    worker_type="G.1X",
    number_of_workers=2,
    glue_version="5.1",
    command={"script_location": "s3://b/k.py"})
`;
      expect(found(program, '__main__.py')).toEqual([]);
    },
  );

  it.each(['tim', 'timeout =', 'tags = {', 'x = [1,', 'max_retries = var.', 'execution_property {'])(
    'hides in Terraform what follows, of which nothing is called missing: %s',
    (half) => {
      const block = `resource "aws_glue_job" "load" {
  name         = "load"
  role_arn     = aws_iam_role.glue.arn
  glue_version = "5.1"
  ${half}
  worker_type       = "G.1X"
  number_of_workers = 2
  command {
    script_location = "s3://b/k.py"
  }
}
`;
      expect(found(block, 'main.tf')).toEqual([]);
    },
  );
});

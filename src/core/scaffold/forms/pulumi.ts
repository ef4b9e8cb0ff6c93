import { JOB_NAME, newDefinition } from '../definition.ts';
import { scriptKey, scriptName } from '../names.ts';
import type { JobPlan, ScaffoldFile, ScaffoldPlan } from '../scaffold.ts';
import { jobSettings } from '../settings.ts';
import { writeValue } from './writeValue.ts';

/** A Pulumi program in Python, which uploads the script as well. */
export function pulumiFiles(plan: ScaffoldPlan): readonly ScaffoldFile[] {
  const { job, machine } = plan;
  const name = machine?.name ?? job?.name ?? '';
  const text = `import json

import pulumi
import pulumi_aws as aws


def role_for(name, service):
    statement = {"Effect": "Allow", "Principal": {"Service": service}, "Action": "sts:AssumeRole"}
    policy = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    return aws.iam.Role(name, assume_role_policy=policy)

${job ? jobLines(job) : ''}${machine ? machineLines(machine.name, plan) : ''}`;
  const file = { path: '__main__.py', text };
  return [
    machine || !job ? { ...file, isMain: true } : file,
    {
      path: 'Pulumi.yaml',
      text: `name: ${name}\nruntime:\n  name: python\n  options:\n    virtualenv: .venv\ndescription: ${name}\n`,
    },
    { path: 'requirements.txt', text: 'pulumi>=3.0.0,<4.0.0\npulumi-aws>=6.0.0,<8.0.0\n' },
  ];
}

function jobLines(job: JobPlan): string {
  const { command, pythonVersion, glueVersion, workers, maxCapacity, timeoutMinutes } = jobSettings(job);
  const capacity = [
    ...(glueVersion === undefined ? [] : [`    glue_version="${glueVersion}",`]),
    ...(workers ? [`    worker_type="${workers.type}",`, `    number_of_workers=${workers.count},`] : []),
    ...(maxCapacity === undefined ? [] : [`    max_capacity=${maxCapacity},`]),
  ];
  return `
script_bucket = pulumi.Config().get("scriptBucket") or "${job.bucket}"
script = aws.s3.BucketObjectv2(
    "script",
    bucket=script_bucket,
    key="${scriptKey(job)}",
    source=pulumi.FileAsset("${scriptName(job)}"),
)

job_role = role_for("job-role", "glue.amazonaws.com")
aws.iam.RolePolicyAttachment(
    "job-policy",
    role=job_role.name,
    policy_arn="arn:aws:iam::aws:policy/service-role/AWSGlueServiceRole",
)
read_script = {"Effect": "Allow", "Action": "s3:GetObject", "Resource": f"arn:aws:s3:::{script_bucket}/*"}
aws.iam.RolePolicy(
    "script-policy",
    role=job_role.id,
    policy=json.dumps({"Version": "2012-10-17", "Statement": [read_script]}),
)

job = aws.glue.Job(
    "job",
    name="${job.name}",
    role_arn=job_role.arn,
    command=aws.glue.JobCommandArgs(
        name="${command}",
        python_version="${pythonVersion}",
        script_location=f"s3://{script_bucket}/${scriptKey(job)}",
    ),
${capacity.join('\n')}
    timeout=${timeoutMinutes},
    max_retries=0,
    opts=pulumi.ResourceOptions(depends_on=[script]),
)
`;
}

function machineLines(name: string, plan: ScaffoldPlan): string {
  const rights = `run_job = {
    "Effect": "Allow",
    "Action": ["glue:StartJobRun", "glue:GetJobRun", "glue:GetJobRuns", "glue:BatchStopJobRun"],
    "Resource": job.arn,
}
aws.iam.RolePolicy(
    "run-the-job",
    role=machine_role.id,
    policy=pulumi.Output.json_dumps({"Version": "2012-10-17", "Statement": [run_job]}),
)
`;
  return `
machine_role = role_for("machine-role", "states.amazonaws.com")
${plan.job ? rights : ''}
machine = aws.sfn.StateMachine(
    "machine",
    name="${name}",
    role_arn=machine_role.arn,
    definition=pulumi.Output.json_dumps(
        ${writeValue(newDefinition(plan), 'python', 2).replaceAll(`"${JOB_NAME}"`, 'job.name')}
    ),
)

pulumi.export("stateMachine", machine.arn)
`;
}

import { JOB_NAME, newDefinition } from '../definition.ts';
import { pascalName, scriptName } from '../names.ts';
import type { JobPlan, ScaffoldFile, ScaffoldPlan } from '../scaffold.ts';
import { jobSettings } from '../settings.ts';
import { writeValue } from './writeValue.ts';

/** An app of the CDK in Python, which uploads the script as an asset. */
export function cdkFiles(plan: ScaffoldPlan): readonly ScaffoldFile[] {
  const { job, machine } = plan;
  const name = machine?.name ?? job?.name ?? '';
  const modules = [
    ...(job ? ['aws_glue as glue'] : []),
    'aws_iam as iam',
    ...(job ? ['aws_s3_assets as s3_assets'] : []),
    ...(machine ? ['aws_stepfunctions as sfn'] : []),
  ];
  const text = `import aws_cdk as cdk
${modules.map((module) => `from aws_cdk import ${module}`).join('\n')}
from constructs import Construct


class ${pascalName(name)}Stack(cdk.Stack):
    def __init__(self, scope: Construct, construct_id: str, **kwargs) -> None:
        super().__init__(scope, construct_id, **kwargs)
${job ? jobLines(job) : ''}${machine ? machineLines(machine.name, plan) : ''}

app = cdk.App()
${pascalName(name)}Stack(app, "${name.replaceAll('_', '-')}")
app.synth()
`;
  const file = { path: 'app.py', text };
  return [
    machine || !job ? { ...file, isMain: true } : file,
    { path: 'cdk.json', text: `${JSON.stringify({ app: 'python3 app.py' }, undefined, 2)}\n` },
    { path: 'requirements.txt', text: 'aws-cdk-lib>=2.150.0,<3.0.0\nconstructs>=10.0.0,<11.0.0\n' },
  ];
}

function jobLines(job: JobPlan): string {
  const { command, pythonVersion, glueVersion, workers, maxCapacity, timeoutMinutes } = jobSettings(job);
  const capacity = [
    ...(glueVersion === undefined ? [] : [`            glue_version="${glueVersion}",`]),
    ...(workers
      ? [`            worker_type="${workers.type}",`, `            number_of_workers=${workers.count},`]
      : []),
    ...(maxCapacity === undefined ? [] : [`            max_capacity=${maxCapacity},`]),
  ];
  return `
        script = s3_assets.Asset(self, "Script", path="${scriptName(job)}")
        job_role = iam.Role(
            self,
            "JobRole",
            assumed_by=iam.ServicePrincipal("glue.amazonaws.com"),
            managed_policies=[iam.ManagedPolicy.from_aws_managed_policy_name("service-role/AWSGlueServiceRole")],
        )
        script.grant_read(job_role)
        job = glue.CfnJob(
            self,
            "Job",
            name="${job.name}",
            role=job_role.role_arn,
            command=glue.CfnJob.JobCommandProperty(
                name="${command}",
                python_version="${pythonVersion}",
                script_location=script.s3_object_url,
            ),
${capacity.join('\n')}
            timeout=${timeoutMinutes},
            max_retries=0,
        )
`;
}

function machineLines(name: string, plan: ScaffoldPlan): string {
  const definition = writeValue(newDefinition(plan), 'python', 3).replaceAll(`"${JOB_NAME}"`, 'job.ref');
  const rights = `        machine_role.add_to_policy(
            iam.PolicyStatement(
                actions=["glue:StartJobRun", "glue:GetJobRun", "glue:GetJobRuns", "glue:BatchStopJobRun"],
                resources=[self.format_arn(service="glue", resource="job", resource_name=job.ref)],
            )
        )
`;
  return `
        machine_role = iam.Role(self, "MachineRole", assumed_by=iam.ServicePrincipal("states.amazonaws.com"))
${plan.job ? rights : ''}        sfn.CfnStateMachine(
            self,
            "StateMachine",
            state_machine_name="${name}",
            role_arn=machine_role.role_arn,
            definition=${definition},
        )
`;
}

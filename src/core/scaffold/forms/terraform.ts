import { JOB_NAME, newDefinition } from '../definition.ts';
import { scriptKey, scriptName } from '../names.ts';
import type { JobPlan, ScaffoldFile, ScaffoldPlan } from '../scaffold.ts';
import { jobSettings } from '../settings.ts';
import { writeValue } from './writeValue.ts';

/** A root module of Terraform or OpenTofu, which uploads the script as well. */
export function terraformFiles(plan: ScaffoldPlan): readonly ScaffoldFile[] {
  const { job, machine } = plan;
  const blocks = [
    `terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.0"
    }
  }
}
`,
    ...(job ? [jobBlocks(job)] : []),
    ...(machine ? [machineBlocks(machine.name, plan)] : []),
  ];
  const file = { path: 'main.tf', text: blocks.join('\n') };
  return [machine || !job ? { ...file, isMain: true } : file];
}

function roleBlock(name: string, prefix: string, service: string): string {
  return `resource "aws_iam_role" "${name}" {
  name_prefix = "${prefix.slice(0, 30)}-"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "${service}" }
      Action    = "sts:AssumeRole"
    }]
  })
}
`;
}

function jobBlocks(job: JobPlan): string {
  const { command, pythonVersion, glueVersion, workers, maxCapacity, timeoutMinutes } = jobSettings(job);
  const capacity = [
    ...(glueVersion === undefined ? [] : [`  glue_version      = "${glueVersion}"`]),
    ...(workers ? [`  worker_type       = "${workers.type}"`, `  number_of_workers = ${workers.count}`] : []),
    ...(maxCapacity === undefined ? [] : [`  max_capacity      = ${maxCapacity}`]),
  ];
  return `variable "script_bucket" {
  description = "The bucket that the script is kept in."
  type        = string
  default     = "${job.bucket}"
}

resource "aws_s3_object" "script" {
  bucket      = var.script_bucket
  key         = "${scriptKey(job)}"
  source      = "\${path.module}/${scriptName(job)}"
  source_hash = filesha256("\${path.module}/${scriptName(job)}")
}

${roleBlock('job', job.name, 'glue.amazonaws.com')}
resource "aws_iam_role_policy_attachment" "job" {
  role       = aws_iam_role.job.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AWSGlueServiceRole"
}

resource "aws_iam_role_policy" "script" {
  role = aws_iam_role.job.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::\${var.script_bucket}/*" }]
  })
}

resource "aws_glue_job" "job" {
  name     = "${job.name}"
  role_arn = aws_iam_role.job.arn

  command {
    name            = "${command}"
    script_location = "s3://\${var.script_bucket}/${scriptKey(job)}"
    python_version  = "${pythonVersion}"
  }

${capacity.join('\n')}
  timeout           = ${timeoutMinutes}
  max_retries       = 0
}
`;
}

function machineBlocks(name: string, plan: ScaffoldPlan): string {
  const definition = writeValue(newDefinition(plan), 'terraform', 1).replaceAll(
    `"${JOB_NAME}"`,
    'aws_glue_job.job.name',
  );
  const rights = `
resource "aws_iam_role_policy" "run_the_job" {
  role = aws_iam_role.machine.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["glue:StartJobRun", "glue:GetJobRun", "glue:GetJobRuns", "glue:BatchStopJobRun"]
      Resource = aws_glue_job.job.arn
    }]
  })
}
`;
  return `${roleBlock('machine', name, 'states.amazonaws.com')}${plan.job ? rights : ''}
resource "aws_sfn_state_machine" "machine" {
  name     = "${name}"
  role_arn = aws_iam_role.machine.arn
  definition = jsonencode(${definition})
}
`;
}

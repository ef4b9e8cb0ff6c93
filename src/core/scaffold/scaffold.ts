import { cdkFiles } from './forms/cdk.ts';
import { cliFiles } from './forms/cli.ts';
import { cloudFormationFiles } from './forms/cloudFormation.ts';
import { pulumiFiles } from './forms/pulumi.ts';
import { terraformFiles } from './forms/terraform.ts';
import { scriptFiles } from './script.ts';

/** How a job and a state machine are written down, and by what they are deployed. */
export const FORMS = ['cli', 'cloudformation', 'terraform', 'cdk', 'pulumi'] as const;
export type ScaffoldForm = (typeof FORMS)[number];

export interface JobPlan {
  /** In the account. */
  readonly name: string;
  readonly kind: 'spark' | 'pythonShell';
  /** Bucket that the script is kept in. */
  readonly bucket: string;
}

/** What is to be made: a job, a state machine, or a pipeline of both. */
export interface ScaffoldPlan {
  readonly form: ScaffoldForm;
  readonly job?: JobPlan;
  /** A state machine; it runs the job where there is one. */
  readonly machine?: { readonly name: string };
}

export interface ScaffoldFile {
  /** From the folder of the new job or pipeline. */
  readonly path: string;
  readonly text: string;
  /** What a reader opens first. */
  readonly isMain?: true;
}

/** The files of a new job or pipeline: the script with its test, and what describes it in the chosen form. */
export function scaffold(plan: ScaffoldPlan): readonly ScaffoldFile[] {
  return [...(plan.job ? scriptFiles(plan.job) : []), ...formFiles(plan)];
}

function formFiles(plan: ScaffoldPlan): readonly ScaffoldFile[] {
  switch (plan.form) {
    case 'cli':
      return cliFiles(plan);
    case 'cloudformation':
      return cloudFormationFiles(plan);
    case 'terraform':
      return terraformFiles(plan);
    case 'cdk':
      return cdkFiles(plan);
    case 'pulumi':
      return pulumiFiles(plan);
  }
}

/** Why a name cannot be taken for a job, a state machine and their files; undefined where it can. */
export function nameProblem(name: string): string | undefined {
  return /^[A-Za-z][A-Za-z0-9_-]{0,63}$/.test(name)
    ? undefined
    : 'Letters, digits, - and _, a letter first, 64 at most: so it is right for AWS, Python and files.';
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
export function bucketProblem(name: string): string | undefined {
  return /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name)
    ? undefined
    : 'Lower-case letters, digits, dots and hyphens, 3 to 63 of them.';
}

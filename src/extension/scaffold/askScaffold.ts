import { workspace, type Uri } from 'vscode';
import { bucketProblem, nameProblem, type ScaffoldForm, type ScaffoldPlan } from '../../core/scaffold/scaffold.ts';
import { askText, back, pickOne, runSteps, type Choice, type Step } from '../prompts/steps.ts';

type JobKind = 'spark' | 'pythonShell';

/** What is known after each step. */
interface Answers {
  readonly kind?: JobKind | 'none';
  readonly name?: string;
  readonly form?: ScaffoldForm;
  readonly bucket?: string;
}

interface Wizard {
  readonly what: 'job' | 'machine';
  /** Names of jobs that the workspace has already. */
  readonly jobs: ReadonlySet<string>;
  /** The bucket of the other scripts of the workspace, where there are any. */
  readonly bucket: string | undefined;
  /** Folder that the new one goes into. */
  readonly parent: Uri;
}

const kinds: readonly Choice<JobKind | 'none'>[] = [
  { label: '$(zap) Spark', description: 'for data of any size', value: 'spark' },
  { label: '$(terminal) Python shell', description: 'for small work: one process, up to 1 DPU', value: 'pythonShell' },
];

const pipelines: readonly Choice<JobKind | 'none'>[] = [
  { label: '$(zap) That runs a new Spark job', description: 'script, job, test and definition', value: 'spark' },
  { label: '$(terminal) That runs a new Python shell job', description: 'the same', value: 'pythonShell' },
  { label: '$(circuit-board) Without a job', description: 'a definition to begin with', value: 'none' },
];

const forms: readonly Choice<ScaffoldForm>[] = [
  {
    label: 'Files of Sluice and the AWS CLI',
    description: '*.glue.json, *.asl.json',
    detail: 'Runs on Local at once; Deploy… compares and updates it.',
    value: 'cli',
  },
  { label: 'CloudFormation', description: 'template.yaml', detail: 'Deployed by sam deploy.', value: 'cloudformation' },
  { label: 'Terraform', description: 'main.tf', detail: 'Deployed by terraform apply, or tofu.', value: 'terraform' },
  { label: 'AWS CDK in Python', description: 'app.py, cdk.json', detail: 'Deployed by cdk deploy.', value: 'cdk' },
  {
    label: 'Pulumi in Python',
    description: '__main__.py, Pulumi.yaml',
    detail: 'Deployed by pulumi up.',
    value: 'pulumi',
  },
];

/** Asks what to make. Rejects with `aborted` when the user leaves. */
export async function askScaffold(wizard: Wizard): Promise<ScaffoldPlan> {
  const isJob = wizard.what === 'job';
  const title = isJob ? 'New Glue Job' : 'New State Machine';
  const usual = await usualForm();
  const steps: readonly Step<Answers>[] = [
    async (known, at) => {
      const items = isJob ? kinds : pipelines;
      const isActive = (kind: JobKind | 'none'): boolean => kind === known.kind;
      const kind = await pickOne({ at, placeholder: isJob ? 'What runs the script?' : 'What kind?', items, isActive });
      return kind === back ? back : { ...known, kind };
    },
    async (known, at) => {
      const name = await askText({
        at,
        prompt: `Its name in the account; its files go to a folder of that name in ${workspace.asRelativePath(wizard.parent)}.`,
        placeholder: isJob ? 'load-orders' : 'orders-pipeline',
        value: known.name ?? '',
        problemOf: (text) => nameProblem(text.trim()) ?? takenProblem(text.trim(), wizard, isJob),
      });
      return name === back ? back : { ...known, name: name.trim() };
    },
    async (known, at) => {
      const isActive = (form: ScaffoldForm): boolean => form === (known.form ?? usual);
      const form = await pickOne({ at, placeholder: 'How is it described and deployed?', items: forms, isActive });
      return form === back ? back : { ...known, form };
    },
    async (known, at) => {
      if (known.kind === 'none') return known;
      const bucket = await askText({
        at,
        prompt: 'The S3 bucket that the script is kept in. Local makes it by itself.',
        value: known.bucket ?? wizard.bucket ?? 'glue-scripts',
        problemOf: (text) => bucketProblem(text.trim()),
      });
      return bucket === back ? back : { ...known, bucket: bucket.trim() };
    },
  ];
  return toPlan(await runSteps<Answers>(title, {}, steps), isJob);
}

function takenProblem(name: string, { jobs }: Wizard, isJob: boolean): string | undefined {
  return isJob && jobs.has(name) ? `A config of the workspace describes the job ${name} already.` : undefined;
}

function toPlan({ kind = 'spark', name = '', form = 'cli', bucket = '' }: Answers, isJob: boolean): ScaffoldPlan {
  const jobName = isJob ? name : `${name}-job`;
  return {
    form,
    ...(kind === 'none' ? {} : { job: { name: jobName, kind, bucket } }),
    ...(isJob ? {} : { machine: { name } }),
  };
}

const markers: readonly (readonly [ScaffoldForm, string])[] = [
  ['pulumi', '**/Pulumi.yaml'],
  ['cdk', '**/cdk.json'],
  ['terraform', '**/*.tf'],
  ['cloudformation', '**/{template.yaml,template.yml,samconfig.toml}'],
];

/** What the workspace uses already. */
async function usualForm(): Promise<ScaffoldForm> {
  const ignored = '**/{node_modules,.venv,.terraform,cdk.out}/**';
  const configs = await workspace.findFiles('**/*.glue.json', ignored, 1);
  if (configs.length > 0) return 'cli';
  for (const [form, pattern] of markers) {
    if ((await workspace.findFiles(pattern, ignored, 1)).length > 0) return form;
  }
  return 'cli';
}

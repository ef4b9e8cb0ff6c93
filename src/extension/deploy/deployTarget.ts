import { Uri, window, workspace } from 'vscode';
import { UserError } from '../../core/base/userError.ts';
import type { DefinitionFile } from '../../core/workspace/definitions.ts';
import { fileKind } from '../../core/workspace/workspaceFile.ts';
import type { App } from '../app.ts';
import { back, pickOne } from '../prompts/steps.ts';
import type { IndexedJob } from '../workspace/jobIndex.ts';
import { readWorkspaceText } from '../workspace/workspaceFiles.ts';

export type DeployTarget =
  { readonly kind: 'job'; readonly job: IndexedJob } | { readonly kind: 'machine'; readonly file: DefinitionFile };

/**
 * What a lens (`{jobName}`), a file or the editor in front names: a job of the workspace, or a definition. It is saved
 * first. Rejects with UserError where it is neither.
 */
export async function deployTarget({ jobIndex }: Pick<App, 'jobIndex'>, target: unknown): Promise<DeployTarget> {
  const name = isJobLens(target) ? target.jobName : undefined;
  const uri = target instanceof Uri ? target : window.activeTextEditor?.document.uri;
  if (name === undefined && uri && fileKind(uri.path) === 'definition') return await definitionTarget(uri);
  const jobs = await jobIndex.jobs();
  const fitting = jobs.filter(({ config, file, script }) =>
    name === undefined ? [file.toString(), script?.toString()].includes(uri?.toString()) : config.name === name,
  );
  const job = await chooseJob(fitting);
  await Promise.all([job.file, ...(job.script ? [job.script] : [])].map(save));
  return { kind: 'job', job: await readAgain(job) };
}

/** The index hears of a change a moment later. */
async function readAgain(job: IndexedJob): Promise<IndexedJob> {
  const [{ readGlueConfigs }, text] = await Promise.all([
    import('../../core/workspace/glueConfigs.ts'),
    readWorkspaceText(job.file),
  ]);
  const { file, name } = job.config;
  const config = readGlueConfigs(file, text ?? '').configs.find((each) => each.kind === 'job' && each.name === name);
  if (config) return { ...job, config };
  const message = `${job.file.fsPath} does not describe the job ${name} any more.`;
  throw new UserError('not-found', message, 'Look at its problems, then deploy.', { file: job.file.fsPath });
}

export async function chooseJob(jobs: readonly IndexedJob[]): Promise<IndexedJob> {
  const [only] = jobs;
  if (!only) {
    throw new UserError(
      'not-found',
      'This is no definition of a state machine, and no config of the workspace describes a job with it.',
      'Open a definition (*.asl.json), a job config (*.glue.json), or the script of one.',
    );
  }
  if (jobs.length === 1) return only;
  const job = await pickOne({
    at: { title: 'Deploy', canGoBack: false },
    placeholder: 'Which job?',
    items: jobs.map((value) => ({ label: value.config.name, value })),
  });
  if (job === back) throw new UserError('aborted', 'Cancelled.');
  return job;
}

async function definitionTarget(uri: Uri): Promise<DeployTarget> {
  await save(uri);
  const [{ readDefinition }, document] = await Promise.all([
    import('../../core/workspace/definitions.ts'),
    workspace.openTextDocument(uri),
  ]);
  const read = readDefinition(uri.path, document.getText());
  if ('message' in read) {
    throw new UserError('bad-input', `It was not deployed: ${read.message}`, '', { file: uri.fsPath, line: read.line });
  }
  return { kind: 'machine', file: read };
}

export async function save(uri: Uri): Promise<void> {
  const document = workspace.textDocuments.find((each) => each.uri.toString() === uri.toString());
  if (!document?.isDirty || (await document.save())) return;
  throw new UserError('conflict', `${document.fileName} could not be saved.`, 'Save it, then try again.');
}

function isJobLens(target: unknown): target is { readonly jobName: string } {
  return typeof target === 'object' && target !== null && 'jobName' in target && typeof target.jobName === 'string';
}

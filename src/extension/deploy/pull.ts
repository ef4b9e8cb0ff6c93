import { Uri, window, workspace } from 'vscode';
import type { Account } from '../../aws/account.ts';
import type { GlueJob, GlueWorkflow } from '../../aws/glue/api.ts';
import type { StateMachineSummary } from '../../aws/stepFunctions/api.ts';
import { UserError } from '../../core/base/userError.ts';
import { connectionLabel } from '../../core/connections/connection.ts';
import { PULL_FORMS, pulledFiles, type PulledFile, type PullForm } from '../../core/deploy/pull/pulled.ts';
import type { App } from '../app.ts';
import { confirm } from '../prompts/notify.ts';
import { withProgress } from '../prompts/progress.ts';
import { back, pickOne } from '../prompts/steps.ts';
import { appliedRecordOf } from './appliedRecord.ts';
import { readJob, readMachine, readWorkflow } from './readDeployed.ts';

/**
 * Saves a deployed job into the workspace: its config in the chosen form, and its script beside it. What is there by then
 * is what was last applied, so that a field taken out of the file later is taken out of the job.
 */
export async function pullJob(
  app: Pick<App, 'drifts' | 'files' | 'localFolder'>,
  account: Account,
  job: GlueJob,
): Promise<void> {
  const form = await askForm(job.name);
  const { resource, script, record } = await reading(account, job.name, async (signal) => {
    const read = await readJob(account, job.name, signal);
    return { ...read, record: await appliedRecordOf(app, account, `job/${job.name}`, signal) };
  });
  const [config, ...others] = pulledFiles(resource, form);
  const written = await save(job.name, 'jobs', [config, ...others, ...(script ? [script] : [])]);
  if (written && form === 'cli') await record.add({ input: resource.input });
  app.drifts.forget();
}

/** Saves a workflow with its triggers. */
export async function pullWorkflow(account: Account, { name }: GlueWorkflow): Promise<void> {
  const form = await askForm(name);
  const resource = await reading(account, name, async (signal) => await readWorkflow(account, name, signal));
  await save(name, 'workflows', pulledFiles(resource, form));
}

/** Saves the definition of a state machine; as a template with all that is set of it. */
export async function pullMachine(account: Account, { name, arn }: StateMachineSummary): Promise<void> {
  const form = await askForm(name);
  const resource = await reading(account, name, async (signal) => await readMachine(account, arn, signal));
  await save(name, 'pipelines', pulledFiles(resource, form));
}

async function reading<T>(account: Account, name: string, read: (signal: AbortSignal) => Promise<T>): Promise<T> {
  return await withProgress(`Reading ${name} from ${connectionLabel(account.connection)}`, read);
}

const words: Readonly<Record<PullForm, { readonly label: string; readonly detail: string }>> = {
  cli: {
    label: '$(json) JSON of the AWS CLI',
    detail: '*.glue.json or *.asl.json, which Deploy and the Local connection take',
  },
  cloudformation: {
    label: '$(layers) CloudFormation template',
    detail: 'with all settings, for a stack of sam, aws cloudformation or the CDK',
  },
};

async function askForm(name: string): Promise<PullForm> {
  const form = await pickOne<PullForm>({
    at: { title: `Save ${name} into Workspace`, canGoBack: false },
    placeholder: 'In which form?',
    items: PULL_FORMS.map((value) => ({ ...words[value], value })),
  });
  if (form === back) throw new UserError('aborted', 'Cancelled.');
  return form;
}

/** Asks for the place of the first file, writes all there and opens the first. False where the user declines. */
async function save(name: string, folder: string, files: readonly [PulledFile, ...PulledFile[]]): Promise<boolean> {
  const [first, ...beside] = files;
  const root = workspace.workspaceFolders?.[0];
  if (!root) throw new UserError('not-found', 'No folder is open to save into.', 'Open a folder and try again.');
  const uri = await window.showSaveDialog({
    title: `Save ${name} into Workspace`,
    saveLabel: 'Save',
    defaultUri: Uri.joinPath(root.uri, folder, first.name),
  });
  if (!uri) throw new UserError('aborted', 'Cancelled.');
  const others = beside.map((file) => ({ ...file, uri: Uri.joinPath(uri, '..', file.name) }));
  for (const each of others) {
    const before = await readText(each.uri);
    if (before === undefined || before === each.text) continue;
    const detail = 'The file in the workspace is different from the deployed one.';
    if (!(await confirm(`Replace ${each.name}?`, detail, 'Replace'))) return false;
  }
  for (const each of [{ ...first, uri }, ...others]) {
    await workspace.fs.writeFile(each.uri, new TextEncoder().encode(each.text));
  }
  await window.showTextDocument(uri, { preview: false });
  return true;
}

async function readText(uri: Uri): Promise<string | undefined> {
  try {
    return new TextDecoder().decode(await workspace.fs.readFile(uri));
  } catch {
    return undefined;
  }
}

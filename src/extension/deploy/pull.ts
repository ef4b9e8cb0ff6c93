import { Uri, window, workspace } from 'vscode';
import type { Account } from '../../aws/account.ts';
import type { GlueJob } from '../../aws/glue/api.ts';
import type { StateMachineSummary } from '../../aws/stepFunctions/api.ts';
import { UserError } from '../../core/base/userError.ts';
import { connectionLabel } from '../../core/connections/connection.ts';
import { toJobInput } from '../../core/deploy/jobInput.ts';
import type { App } from '../app.ts';
import { confirm } from '../prompts/notify.ts';
import { withProgress } from '../prompts/progress.ts';
import { accountKey, AppliedRecord } from './appliedRecord.ts';

/** A file that a pull would write. */
interface Pulled {
  readonly uri: Uri;
  readonly text: string;
}

/**
 * Saves a deployed job into the workspace: its config as create-job takes it, and its script beside it. What is there by
 * then is what was last applied, so that a field taken out of the file later is taken out of the job.
 */
export async function pullJob({ files }: Pick<App, 'files'>, account: Account, job: GlueJob): Promise<void> {
  const place = connectionLabel(account.connection);
  const { input, script, record } = await withProgress(`Reading ${job.name} from ${place}`, async (signal) => {
    const reply = await account.glue.findJob(job.name, signal);
    if (!reply) throw new UserError('not-found', `${place} has no job ${job.name} any more.`, 'Refresh the view.');
    return {
      input: toJobInput(reply),
      script: /^s3:/.test(job.scriptLocation) ? await account.s3.getText(job.scriptLocation, signal) : undefined,
      record: new AppliedRecord(files, `${await accountKey(account, signal)}/job/${job.name}`),
    };
  });
  const config = await askFile(`jobs/${fileName(job.name)}.glue.json`, `Save ${job.name} into Workspace`);
  const written: Pulled[] = [{ uri: config, text: `${JSON.stringify(input, undefined, 2)}\n` }];
  if (script !== undefined) {
    const name = job.scriptLocation.split('/').at(-1) ?? '';
    written.push({ uri: Uri.joinPath(config, '..', name), text: script });
  }
  if (await write(written)) await record.add({ input });
}

/** Saves the definition of a state machine. */
export async function pullMachine(account: Account, machine: StateMachineSummary): Promise<void> {
  const title = `Reading ${machine.name} from ${connectionLabel(account.connection)}`;
  const { definition } = await withProgress(
    title,
    async (signal) => await account.stepFunctions.describeStateMachine(machine.arn, signal),
  );
  const uri = await askFile(`${fileName(machine.name)}.asl.json`, `Save ${machine.name} into Workspace`);
  await write([{ uri, text: `${JSON.stringify(JSON.parse(definition), undefined, 2)}\n` }]);
}

function fileName(name: string): string {
  return name.replace(/[^\w.-]+/g, '_');
}

async function askFile(path: string, title: string): Promise<Uri> {
  const folder = workspace.workspaceFolders?.[0];
  if (!folder) throw new UserError('not-found', 'No folder is open to save into.', 'Open a folder and try again.');
  const file = await window.showSaveDialog({ title, saveLabel: 'Save', defaultUri: Uri.joinPath(folder.uri, path) });
  if (file) return file;
  throw new UserError('aborted', 'Cancelled.');
}

/** Writes and opens; asks before it replaces a file that the dialog did not name. False where the user declines. */
async function write(files: readonly Pulled[]): Promise<boolean> {
  const [first, ...beside] = files;
  if (!first) return false;
  for (const { uri, text } of beside) {
    const before = await readText(uri);
    if (before === undefined || before === text) continue;
    const name = uri.path.split('/').at(-1) ?? '';
    const detail = 'The file in the workspace is different from the deployed one.';
    if (!(await confirm(`Replace ${name}?`, detail, 'Replace'))) return false;
  }
  for (const { uri, text } of files) await workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  await window.showTextDocument(first.uri, { preview: false });
  return true;
}

async function readText(uri: Uri): Promise<string | undefined> {
  try {
    return new TextDecoder().decode(await workspace.fs.readFile(uri));
  } catch {
    return undefined;
  }
}

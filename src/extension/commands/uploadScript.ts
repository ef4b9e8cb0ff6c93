import { Uri, window, workspace } from 'vscode';
import { UserError } from '../../core/base/userError.ts';
import { connectionLabel, type Connection } from '../../core/connections/connection.ts';
import type { App } from '../app.ts';
import { appliedRecordOf } from '../deploy/appliedRecord.ts';
import { carryOut } from '../deploy/carryOut.ts';
import type { DeployPlan } from '../deploy/deployPlan.ts';
import { chooseJob, save } from '../deploy/deployTarget.ts';
import { fileSource, jobSources } from '../deploy/jobSources.ts';
import { planUploadsOf } from '../deploy/planJob.ts';
import type { UploadSource } from '../deploy/planUploads.ts';
import { confirm } from '../prompts/notify.ts';
import { withProgress } from '../prompts/progress.ts';
import { askText, back, pickOne, type Choice } from '../prompts/steps.ts';
import { activeConnection } from '../starts/machineTarget.ts';
import type { IndexedJob } from '../workspace/jobIndex.ts';

type Parts = Pick<
  App,
  | 'connections'
  | 'files'
  | 'localFolder'
  | 'drifts'
  | 'jobIndex'
  | 'log'
  | 'pipelines'
  | 'planDocuments'
  | 'stages'
  | 'state'
>;

/** Uploads a script, and the Python files of its job, to where the job has it in S3. */
export async function uploadScript(app: Parts, target?: unknown): Promise<void> {
  if (!workspace.isTrusted) {
    const message = 'This folder is in Restricted Mode, so nothing of it is uploaded.';
    throw new UserError('untrusted-workspace', message, 'Trust it to go on.');
  }
  const uri = target instanceof Uri ? target : window.activeTextEditor?.document.uri;
  if (uri === undefined || !/\.(py|scala)$/.test(uri.path)) {
    throw new UserError('bad-input', 'This is no script.', 'Open a Python or Scala script, then upload it.');
  }
  await save(uri);
  const connection = activeConnection(app.connections);
  const jobs = await app.jobIndex.jobsOfScript(uri);
  const plan = await (jobs.length > 0
    ? planOfJob(app, connection, await chooseJob(jobs))
    : planOfFile(app, connection, uri));
  await carryOut(app, plan);
}

async function planOfJob(app: Parts, connection: Connection, job: IndexedJob): Promise<DeployPlan> {
  const { name } = job.config;
  return await planFor(app, connection, { key: `job/${name}`, name, sources: await jobSources(job) });
}

async function planOfFile(app: Parts, connection: Connection, uri: Uri): Promise<DeployPlan> {
  const location = await chooseLocation(app, connection, uri);
  const name = uri.path.split('/').at(-1) ?? '';
  return await planFor(app, connection, { key: `object/${location}`, name, sources: [fileSource(location, uri)] });
}

interface What {
  /** What is remembered is kept under this, within the account. */
  readonly key: string;
  readonly name: string;
  readonly sources: readonly UploadSource[];
}

async function planFor(app: Parts, connection: Connection, { key, ...what }: What): Promise<DeployPlan> {
  return await withProgress(`Comparing ${what.name} with ${connectionLabel(connection)}`, async (signal) => {
    const account = await app.connections.account(connection, signal);
    const record = await appliedRecordOf(app, account, key, signal);
    return await planUploadsOf({ record, log: app.log, confirm }, account, what, signal);
  });
}

/** Where a script belongs that no config of the workspace names: as last time, as a deployed job has it, or as the user says. */
async function chooseLocation({ connections, state }: Parts, connection: Connection, uri: Uri): Promise<string> {
  const name = uri.path.split('/').at(-1) ?? '';
  const key = `${connection.id} ${workspace.asRelativePath(uri, true)}`;
  const last = state.workspace.get('uploadLocations')[key];
  const title = `Upload ${name} to ${connectionLabel(connection)}`;
  const found = await withProgress(
    `Looking for the job of ${name} in ${connectionLabel(connection)}`,
    async (signal) => {
      const account = await connections.account(connection, signal);
      const locations: Choice<string>[] = [];
      for await (const page of account.glue.listJobs(signal)) {
        for (const { name: job, scriptLocation } of page) {
          if (scriptLocation.split('/').at(-1) === name)
            locations.push({ label: scriptLocation, description: `script of ${job}`, value: scriptLocation });
        }
      }
      return locations;
    },
  );
  const other: Choice<string> = { label: 'Another location…', value: '' };
  const remembered = last === undefined ? [] : [{ label: last, description: 'last time', value: last }];
  const items = [...remembered, ...found.filter(({ value }) => value !== last), other];
  const at = { title, canGoBack: false };
  let location: string | typeof back = '';
  if (items.length > 1) location = await pickOne<string>({ at, placeholder: 'Where does it belong?', items });
  if (location === '') {
    location = await askText({
      at,
      prompt: 'Where the script is kept in S3.',
      placeholder: `s3://bucket/scripts/${name}`,
      problemOf: (text) => (/^s3:\/\/[^/]+\/.*[^/]$/.test(text.trim()) ? undefined : 'Write it as s3://bucket/key.'),
    });
  }
  if (location === back) throw new UserError('aborted', 'Cancelled.');
  const trimmed = location.trim();
  await state.workspace.set('uploadLocations', { ...state.workspace.get('uploadLocations'), [key]: trimmed });
  return trimmed;
}

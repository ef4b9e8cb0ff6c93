import { Uri } from 'vscode';
import { scaffold } from '../../core/scaffold/scaffold.ts';
import type { App } from '../app.ts';
import { askScaffold } from './askScaffold.ts';
import { parentFolder, writeScaffold } from './writeScaffold.ts';

/** Asks what to make, and makes it in a folder of its own. Rejects with UserError, `aborted` where the user leaves. */
export async function makeNew(
  { jobIndex }: Pick<App, 'jobIndex'>,
  what: 'job' | 'machine',
  target: unknown,
): Promise<void> {
  const parent = await parentFolder(target);
  const jobs = await jobIndex.jobs();
  const locations = jobs.map(({ config }) => config.script?.location ?? '');
  const [bucket] = locations.flatMap((location) => /^s3:\/\/([^/${}]+)\//.exec(location)?.[1] ?? []);
  const names = new Set(jobs.map(({ config }) => config.name));
  const plan = await askScaffold({ what, parent, jobs: names, bucket });
  const name = plan.machine?.name ?? plan.job?.name ?? '';
  await writeScaffold(Uri.joinPath(parent, name), scaffold(plan));
}

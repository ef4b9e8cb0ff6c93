import { ProgressLocation, window, workspace, type TextDocument } from 'vscode';
import type { Disposable } from '../../core/base/disposable.ts';
import type { App } from '../app.ts';
import type { Boundary } from '../boundary.ts';

type Parts = Pick<App, 'settings' | 'connections' | 'jobIndex' | 'files' | 'log' | 'jobDrifts'>;

const shownMs = 5_000;

/** Uploads the scripts of the jobs that `sluice.uploadOnSave` names, one save after the other. */
export function registerUploadOnSave(app: () => Parts, boundary: Boundary): Disposable {
  let last = Promise.resolve<unknown>(undefined);
  return workspace.onDidSaveTextDocument((document) => {
    const chosen = app().settings.get('uploadOnSave');
    if (chosen.length === 0 || !workspace.isTrusted || !/\.(py|scala)$/.test(document.uri.path)) return;
    const task = async (): Promise<void> => await upload(app(), document, new Set(chosen));
    last = last.then(async () => await boundary.run('Upload on Save', task));
  });
}

async function upload(app: Parts, { uri }: TextDocument, chosen: ReadonlySet<string>): Promise<void> {
  const { connections, files, log } = app;
  const { active } = connections;
  const jobs = (await app.jobIndex.jobsOfScript(uri)).filter(({ config: { name } }) => chosen.has(name));
  if (!active || jobs.length === 0) return;
  const [{ uploadSaved }, { accountKey, AppliedRecord }, { fileSource }, { confirm }] = await Promise.all([
    import('./uploadSaved.ts'),
    import('../deploy/appliedRecord.ts'),
    import('../deploy/jobSources.ts'),
    import('../prompts/notify.ts'),
  ]);
  const title = `Uploading ${uri.path.split('/').at(-1) ?? ''}`;
  await window.withProgress({ location: ProgressLocation.Window, title }, async () => {
    for (const { config } of jobs) {
      if (!config.script) continue;
      await uploadSaved(
        { job: config.name, source: fileSource(config.script.location, uri) },
        {
          connection: active,
          askProtected: async (connection) => await connections.askProtected(connection),
          account: async (signal) => await connections.account(active, signal),
          ports: async (account, job) => ({
            record: new AppliedRecord(files, `${await accountKey(account)}/job/${job}`),
            log,
            confirm,
          }),
          log,
          say: (message) => void window.setStatusBarMessage(message, shownMs),
        },
        new AbortController().signal,
      );
    }
  });
  app.jobDrifts.forget();
}

import { ProgressLocation, window, type TextDocument } from 'vscode';
import type { App } from '../app.ts';
import { accountKey, AppliedRecord } from '../deploy/appliedRecord.ts';
import { fileSource } from '../deploy/jobSources.ts';
import { confirm } from '../prompts/notify.ts';
import { uploadSaved } from './uploadSaved.ts';

export type OnSaveParts = Pick<App, 'settings' | 'connections' | 'jobIndex' | 'files' | 'log' | 'drifts'>;

const shownMs = 5_000;

/** Uploads a saved script for each of its jobs that was chosen. Rejects with UserError. */
export async function uploadOnSave(
  app: OnSaveParts,
  { uri }: TextDocument,
  chosen: ReadonlySet<string>,
): Promise<void> {
  const { connections, files, log } = app;
  const { active } = connections;
  const jobs = (await app.jobIndex.jobsOfScript(uri)).filter(({ config: { name } }) => chosen.has(name));
  if (!active || jobs.length === 0) return;
  const title = `Uploading ${uri.path.split('/').at(-1) ?? ''}`;
  try {
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
  } finally {
    // Also where a later one failed.
    app.drifts.forget();
  }
}

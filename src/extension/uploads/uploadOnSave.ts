import { commands, ProgressLocation, window, type TextDocument, type Uri } from 'vscode';
import type { App } from '../app.ts';
import type { CommandId } from '../commands.ts';
import { appliedRecordOf } from '../deploy/appliedRecord.ts';
import { fileSource } from '../deploy/jobSources.ts';
import { confirm, showWarning } from '../prompts/notify.ts';
import { openDifference } from '../stages/confirmPlace.ts';
import { uploadSaved } from './uploadSaved.ts';

export type OnSaveParts = Pick<
  App,
  'settings' | 'connections' | 'jobIndex' | 'files' | 'localFolder' | 'log' | 'drifts' | 'stages'
>;

const shownMs = 5_000;

/** Uploads a saved script for each of its jobs that was chosen. Rejects with UserError. */
export async function uploadOnSave(
  app: OnSaveParts,
  { uri }: TextDocument,
  chosen: ReadonlySet<string>,
): Promise<void> {
  const { connections, log } = app;
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
            askDifference: async (connection) => (await openDifference(connection, app))?.difference,
            account: async (signal) => await connections.account(active, signal),
            ports: async (account, job) => ({
              record: await appliedRecordOf(app, account, `job/${job}`),
              log,
              confirm,
            }),
            log,
            say,
            tellDifference: (difference, notDone) => {
              // Files may be saved every second: a notification comes once, and then a word in passing.
              if (app.stages.isNews(difference)) void offer(`${difference} ${notDone}`, uri);
              else say(`${difference} ${notDone}`);
            },
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

function say(message: string): void {
  window.setStatusBarMessage(message, shownMs);
}

/** Not awaited: the notification stays as long as the user likes, and the next save does not wait for it. */
async function offer(message: string, script: Uri): Promise<void> {
  const [upload, choose] = ['Upload Script', 'Choose Stage…'];
  const answer = await showWarning(message, [upload, choose]);
  if (answer === upload) await commands.executeCommand('sluice.uploadScript' satisfies CommandId, script);
  if (answer === choose) await commands.executeCommand('sluice.chooseStage' satisfies CommandId);
}

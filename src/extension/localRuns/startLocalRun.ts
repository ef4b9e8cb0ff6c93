import { workspace } from 'vscode';
import { toUserError, UserError } from '../../core/base/userError.ts';
import { baseName } from '../../core/runs/traceback.ts';
import type { App } from '../app.ts';
import { openStarted } from '../starts/openStarted.ts';
import type { LocalNews } from '../../core/runs/localRun.ts';
import type { RunKey } from '../../core/runs/model.ts';
import { chooseLocalRun } from './chooseLocalRun.ts';
import type { DebugWish } from './debugWish.ts';
import { localScript } from './localRunPlace.ts';
import { namedFiles } from './namedFiles.ts';
import { prepareRun } from './prepareContainer.ts';
import type { LocalNewsSink } from './localRuns.ts';
import { runInContainer } from './runInContainer.ts';
import { runOnPython } from './runOnPython.ts';
import { readS3Folders } from './s3Folders.ts';
import { surroundingsOf } from './surroundings.ts';

export type LocalRunParts = Pick<
  App,
  | 'settings'
  | 'connections'
  | 'hosts'
  | 'jobIndex'
  | 'log'
  | 'localAccount'
  | 'localRuns'
  | 'runDocuments'
  | 'pythonCacheFolder'
  | 'removeLeftovers'
  | 'stages'
>;

export interface LocalRunWish {
  /** After a look at its arguments. */
  readonly asks?: boolean;
  /** Name of one of the script's entries in `sluice.localRuns`. */
  readonly variant?: string;
  readonly debug?: DebugWish;
  /** Hears what the run says as well, and once how it ended. Not shown as a document then: the listener shows it. */
  readonly listener?: LocalRunListener;
}

export interface LocalRunListener {
  readonly onNews: (news: LocalNews) => void;
  /** The script's exit code; 1 where it did not come to an end of its own. */
  readonly onEnd: (exitCode: number) => void;
}

export interface StartedLocalRun {
  readonly key: RunKey;
  /** The workspace folder, and where the script sees it. */
  readonly folder: string;
  readonly remoteFolder: string;
}

/**
 * Runs a script on this machine and shows its run. Rejects with UserError, and with the signal's reason where that is aborted
 * before the run has started, whatever it waits for: an answer, the engine, an image, a sign-in.
 */
export async function startLocalRun(
  app: LocalRunParts,
  target: unknown,
  { asks = false, variant, debug, listener }: LocalRunWish = {},
  signal?: AbortSignal,
): Promise<StartedLocalRun> {
  if (!workspace.isTrusted) {
    const message = 'This folder is in Restricted Mode, so its scripts do not run.';
    throw new UserError('untrusted-workspace', message, 'Trust it to go on.');
  }
  const script = await localScript(target);
  const wish = { asks, ...(variant === undefined ? {} : { variant }) };
  const { job, env, usesAws } = await chooseLocalRun(app, script, wish, signal);
  const name = baseName(script.path);
  if (job.kind === 'ray') {
    throw new UserError('not-supported', `${job.name} is a Ray job, which runs on AWS only.`, 'Start it there.');
  }
  const isShell = job.kind === 'pythonShell';
  const prepared = isShell ? undefined : await prepareRun(app, job, signal);
  if (prepared) void app.removeLeftovers(prepared.engine.program);
  const surroundings = await surroundingsOf(app, { usesAws, name }, signal);
  const files = await namedFiles(script, job);
  const common = { job, folder: script.folder.uri.fsPath, script: script.path, scriptText: script.text, files, env };
  const mappings = await readS3Folders(app.settings.get('localRun.s3Folders', script.uri), common.folder);
  const sparkUi =
    !isShell && app.settings.get('localRun.sparkUi', script.uri)
      ? await (await import('./sparkUi.ts')).placeSparkUi()
      : undefined;
  signal?.throwIfAborted();
  const key = app.localRuns.start({
    job,
    script: script.uri.fsPath,
    originUri: script.uri.toString(),
    connectionId: surroundings.connectionId,
    run: async (runId, queue, stopped) => {
      const news = listener ? heardBy(listener, queue) : queue;
      let exitCode = 1;
      try {
        if (sparkUi) await news.push({ kind: 'event', mark: 'info', text: `Spark UI while it runs: ${sparkUi.url}` });
        const end = prepared
          ? await runInContainer(
              {
                ...prepared,
                request: {
                  ...common,
                  runId,
                  mappings,
                  ...(sparkUi ? { sparkUiPort: sparkUi.port } : {}),
                },
                surroundings,
                log: app.log,
                ...(debug ? { debug } : {}),
              },
              news,
              stopped,
            )
          : await runOnPython(
              {
                ...common,
                surroundings,
                mappings,
                cacheFolder: app.pythonCacheFolder,
                ...(sparkUi ? { sparkUiPort: sparkUi.port } : {}),
                ...(debug ? { debug } : {}),
              },
              news,
              stopped,
            );
        if (end.kind === 'exited') exitCode = end.code;
        else if (end.kind === 'failed') listener?.onNews({ kind: 'line', stream: 'err', text: end.message });
        return end;
      } catch (error) {
        const { message, help } = toUserError(error);
        listener?.onNews({ kind: 'line', stream: 'err', text: `${message} ${help}`.trim() });
        throw error;
      } finally {
        debug?.onEnd();
        listener?.onEnd(exitCode);
      }
    },
  });
  if (!listener) await openStarted(app, key);
  const { folder } = common;
  return { key, folder, remoteFolder: prepared ? `${prepared.image.home}/workspace` : folder };
}

function heardBy({ onNews }: LocalRunListener, queue: LocalNewsSink): LocalNewsSink {
  return {
    push: async (item) => {
      onNews(item);
      await queue.push(item);
    },
    pushAll: async (items) => {
      for (const item of items) onNews(item);
      await queue.pushAll(items);
    },
  };
}

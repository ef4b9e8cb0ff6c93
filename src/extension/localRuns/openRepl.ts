import { randomBytes } from 'node:crypto';
import { window, type Terminal, type Uri, type WorkspaceFolder } from 'vscode';
import { UserError } from '../../core/base/userError.ts';
import { planLocalRun, type LocalJob } from '../../core/glue/localRun/index.ts';
import { execArguments } from '../../processes/docker/containerArguments.ts';
import { engineEnvironment } from '../../processes/docker/engineProgram.ts';
import { ownerOf } from '../../processes/docker/ownerOf.ts';
import type { WarmContainer } from '../../processes/docker/warmContainer.ts';
import { withProgress } from '../prompts/progress.ts';
import { prepareContainer } from './prepareContainer.ts';
import { readS3Folders } from './s3Folders.ts';
import { startPlannedContainer } from './startPlannedContainer.ts';
import type { LocalRunParts } from './startLocalRun.ts';
import { surroundingsOf } from './surroundings.ts';

/** What a REPL is opened for. */
export interface ReplWish {
  readonly job: LocalJob;
  readonly folder: WorkspaceFolder;
  /** Whose settings count. */
  readonly scope: Uri;
  /** Files of the workspace, from the folder, by the S3 location that the job names them by. */
  readonly files: ReadonlyMap<string, string>;
  readonly env: Readonly<Record<string, string>>;
  readonly usesAws: boolean;
}

const faint = '\u001b[2m';
const plain = '\u001b[0m';

/**
 * `pyspark` in a terminal, in the container that the job's script would run in. The container goes with the terminal, with
 * the window, and after a crash of it. Rejects with UserError.
 */
export async function openRepl(app: LocalRunParts, wish: ReplWish): Promise<Terminal> {
  const { job, folder, files, env, usesAws } = wish;
  if (job.kind === 'pythonShell' || job.kind === 'ray') {
    const what = job.kind === 'ray' ? 'a Ray' : 'a Python shell';
    throw new UserError('not-supported', `${job.name} is ${what} job, which has no PySpark.`, 'Open a Spark script.');
  }
  const { engine, image } = await prepareContainer(app, job);
  void app.removeLeftovers(engine.program);
  const surroundings = await surroundingsOf(app, { usesAws, name: `PySpark as ${job.name}` });
  const { reach, region } = surroundings;
  const owner = ownerOf(engine);
  const runId = `repl-${randomBytes(6).toString('hex')}`;
  const plan = planLocalRun({
    ...{ job, image, files, env, runId, region, reach },
    stage: { kind: 'repl' },
    folder: folder.uri.fsPath,
    script: '',
    scriptText: '',
    mappings: await readS3Folders(app.settings.get('localRun.s3Folders', wish.scope), folder.uri.fsPath),
    ...(owner ? { owner } : {}),
  });
  const container = await withProgress(`Starting PySpark on Glue ${image.glueVersion}`, async (signal, report) => {
    const { log } = app;
    return await startPlannedContainer({ engine, plan, runId, surroundings, log }, report, signal);
  });
  const { name, workdir } = plan.container;
  const program = { name, workdir, command: plan.repl ?? [], ...(owner ? { owner } : {}) };
  const terminal = window.createTerminal({
    name: `PySpark ${image.glueVersion}: ${job.name}`,
    message: [`Glue ${image.glueVersion} in ${image.reference}`, ...plan.warnings]
      .map((remark) => `${faint}${remark}${plain}`)
      .join('\r\n'),
    shellPath: engine.program.path,
    shellArgs: [...execArguments(program, { hasTerminal: true })],
    env: withoutOwn(engineEnvironment(engine.program)),
    // What ran in it is gone when the window is opened again.
    isTransient: true,
  });
  tie(terminal, container, app.localRuns.over);
  terminal.show();
  return terminal;
}

/** The first of both that ends takes the other with it. */
function tie(terminal: Terminal, container: WarmContainer, over: AbortSignal): void {
  const stop = (): void => void container.stop();
  const listener = window.onDidCloseTerminal((closed) => {
    if (closed === terminal) stop();
  });
  over.addEventListener('abort', stop, { once: true });
  if (over.aborted) stop();
  void container.ended.then(() => {
    listener.dispose();
    over.removeEventListener('abort', stop);
  });
}

/** The variables of the extension host are not for a terminal. */
function withoutOwn(env: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !/^(VSCODE_|ELECTRON_)/.test(name)));
}

import type { AddressInfo } from 'node:net';
import { delimiter, dirname, join } from 'node:path';
import type { LocalJob, S3Mapping } from '../../core/glue/localRun/index.ts';
import { debugEnvironment, debugProgram, shellArguments, splitList } from '../../core/glue/localRun/index.ts';
import type { LocalEnd } from '../../core/runs/localRun.ts';
import { createCredentialsServer, type CredentialsServer } from '../../processes/docker/relay/credentialsServer.ts';
import { pythonModules, pythonPackages } from '../../processes/python/glueModules.ts';
import { definedOf, findPython, type PythonInterpreter } from '../../processes/python/interpreter.ts';
import { ensureVirtualEnvironment } from '../../processes/python/virtualEnvironment.ts';
import { runProcess } from '../../processes/run.ts';
import type { DebugWish } from './debugWish.ts';
import type { LocalNewsSink } from './localRuns.ts';
import { outputNews } from './outputNews.ts';
import type { Surroundings } from './surroundings.ts';
import { withTimeLimit } from './withTimeLimit.ts';

export interface PythonRun {
  readonly job: LocalJob;
  /** Absolute path of the workspace folder. */
  readonly folder: string;
  /** From the folder. */
  readonly script: string;
  /** Files of the workspace, from the folder, by the S3 location that the job names them by. */
  readonly files: ReadonlyMap<string, string>;
  readonly env: Readonly<Record<string, string>>;
  readonly surroundings: Surroundings;
  readonly scriptText: string;
  readonly mappings: readonly S3Mapping[];
  readonly sparkUiPort?: number;
  /** Where Python environments are kept. */
  readonly cacheFolder: string;
  readonly debug?: DebugWish;
}

/**
 * Runs a script with this machine's Python, in an environment with the packages of the job: that of a Python shell job, and
 * without a container that of a Spark job too.
 */
export async function runOnPython(run: PythonRun, news: LocalNewsSink, signal: AbortSignal): Promise<LocalEnd> {
  const { job, folder, surroundings, files, debug } = run;
  const say = (text: string): void => void news.push({ kind: 'line', stream: 'out', text });
  const python = await findPython(process.env, signal);
  const isShell = job.kind === 'pythonShell';
  const setUp = isShell
    ? shellSetUp(run, python)
    : await (await import('./sparkSetUp.ts')).sparkSetUp(run, python, signal);
  await news.push({ kind: 'event', mark: 'info', text: setUp.what });
  for (const text of setUp.warnings) await news.push({ kind: 'event', mark: 'warning', text });
  const modules = splitList(job.arguments['--additional-python-modules']);
  const environment = await ensureVirtualEnvironment(
    {
      python,
      folder: run.cacheFolder,
      installs: [...setUp.installs, ...(modules.length > 0 ? [modules] : []), ...(debug ? [['debugpy']] : [])],
      modules: setUp.modules,
      env: process.env,
      onProgress: say,
    },
    signal,
  );
  const extra = splitList(job.arguments['--extra-py-files']).flatMap((location) => {
    const file = files.get(location);
    if (file === undefined) return [];
    return [file.endsWith('.py') ? dirname(join(folder, file)) : join(folder, file)];
  });
  const credentials = surroundings.credentials && createCredentialsServer(surroundings.credentials);
  try {
    const env = {
      ...(debug ? debugEnvironment : {}),
      ...(await environmentOf(run, credentials)),
      ...setUp.environment(environment.python),
      ...(extra.length > 0 ? { PYTHONPATH: extra.join(delimiter) } : {}),
    };
    const limitMs = job.timeoutMinutes === undefined ? undefined : job.timeoutMinutes * 60_000;
    return await withTimeLimit(limitMs, signal, async (limited) => {
      const launcher = debug ? ['-c', debugProgram, '127.0.0.1', String(debug.port)] : [];
      const args = ['-u', ...launcher, join(folder, run.script), ...setUp.args];
      const running = runProcess(
        { command: environment.python, args, cwd: folder, env, splitsAtReturn: true },
        limited,
      );
      for await (const batch of running.batches) await news.pushAll(outputNews(batch, debug));
      const { code, signal: by } = await running.exit;
      if (limited.aborted) return { kind: 'stopped' };
      return code === undefined
        ? { kind: 'failed', message: `The script was ended by ${by ?? 'the system'}.` }
        : { kind: 'exited', code };
    });
  } finally {
    credentials?.server.close();
    credentials?.server.closeAllConnections();
  }
}

/** What the kind of a job makes of its environment and its command line. */
export interface PythonSetUp {
  /** In what it runs, for the head of the run. */
  readonly what: string;
  /** What is different from AWS, each in a sentence. */
  readonly warnings: readonly string[];
  /** Arguments for one `pip install` each, in order. */
  readonly installs: readonly (readonly string[])[];
  /** Modules to put into site-packages, by file name. */
  readonly modules: Readonly<Record<string, string>>;
  /** What the script finds in its argv. */
  readonly args: readonly string[];
  readonly environment: (python: string) => Readonly<Record<string, string>>;
}

function shellSetUp({ job }: PythonRun, { version }: PythonInterpreter): PythonSetUp {
  const isLater = !version.startsWith('3.9.');
  return {
    what: `Python ${version} of this machine`,
    warnings: isLater ? ['Python shell jobs run on Python 3.9 on AWS: what needs a later one fails there.'] : [],
    installs: pythonPackages,
    modules: pythonModules,
    args: shellArguments(job.arguments),
    environment: () => ({}),
  };
}

/** The variables of this machine but for its own settings of AWS; the connection's in their place. */
async function environmentOf(
  { env, surroundings }: PythonRun,
  credentials: CredentialsServer | undefined,
): Promise<Record<string, string>> {
  const { region, endpoint } = surroundings;
  const own = Object.entries(definedOf(process.env)).filter(
    ([name]) => !/^(AWS_|PYTHON|VSCODE_|ELECTRON_|SPARK_HOME$|SPARK_CONF_DIR$|HADOOP_CONF_DIR$)/.test(name),
  );
  const nowhere = process.platform === 'win32' ? 'NUL' : '/dev/null';
  return {
    ...Object.fromEntries(own),
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_CONFIG_FILE: nowhere,
    AWS_SHARED_CREDENTIALS_FILE: nowhere,
    AWS_EC2_METADATA_DISABLED: 'true',
    ...(credentials ? await served(credentials) : { AWS_ACCESS_KEY_ID: 'no-aws', AWS_SECRET_ACCESS_KEY: 'no-aws' }),
    ...(endpoint ? { AWS_ENDPOINT_URL: await endpoint() } : {}),
    PYTHONIOENCODING: 'utf-8:backslashreplace',
    PYTHONDONTWRITEBYTECODE: '1',
    ...env,
  };
}

async function served({ server, token }: CredentialsServer): Promise<Record<string, string>> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    AWS_CONTAINER_CREDENTIALS_FULL_URI: `http://127.0.0.1:${port}/credentials`,
    AWS_CONTAINER_AUTHORIZATION_TOKEN: token,
  };
}

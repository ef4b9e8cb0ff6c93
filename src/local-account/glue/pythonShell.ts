import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../../core/base/userError.ts';
import { splitList } from '../../core/glue/localRun/index.ts';
import { identifyProcess } from '../../processes/processTree.ts';
import { findPython } from '../../processes/python/interpreter.ts';
import { ensureVirtualEnvironment, type VirtualEnvironment } from '../../processes/python/virtualEnvironment.ts';
import { pythonModules, pythonPackages } from '../../processes/python/glueModules.ts';
import { runProcess, type ProcessExit } from '../../processes/run.ts';
import type { ObjectStore } from '../s3/objectStore.ts';
import { scriptEnvironment, type ScriptSurroundings } from '../scriptEnvironment.ts';
import type { JobRunner, RunEnd, RunSurroundings } from './jobRunner.ts';
import { LastError } from './lastError.ts';
import { runArguments, scriptLocationOf } from './runArguments.ts';
import { fetchObject, withRunFolder } from './runFolder.ts';

export interface PythonShellOptions extends ScriptSurroundings {
  readonly objects: ObjectStore;
  /** A folder for each run, removed when the run has ended. */
  readonly workFolder: string;
  /** Where Python environments are kept for all runs. */
  readonly cacheFolder: string;
}

/** Runs Python shell jobs: the machine's Python, an environment of its own, one process and folder for each run. */
export function createPythonShellRunner(options: PythonShellOptions): JobRunner {
  return {
    run: async (surroundings, signal) =>
      await withRunFolder(options.workFolder, surroundings, signal, async (folder) => {
        return await runIn(folder, options, surroundings, signal);
      }),
  };
}

async function runIn(
  folder: string,
  options: PythonShellOptions,
  { run, log, onRunning }: RunSurroundings,
  signal: AbortSignal,
): Promise<RunEnd> {
  // A Python shell job gets no --JOB_NAME.
  const given = runArguments(run);
  const script = await fetchObject(options.objects, scriptLocationOf(run), join(folder, 'script'));
  const modulePath = [join(folder, 'script')];
  for (const file of splitList(given['--extra-py-files'])) {
    const path = await fetchObject(options.objects, file, join(folder, 'modules'));
    modulePath.push(/\.(whl|egg|zip)$/i.test(path) ? path : join(folder, 'modules'));
  }
  const environment = await ensureEnvironment(options, given, { run, log, onRunning }, signal);
  const work = join(folder, 'work');
  const temporary = join(folder, 'tmp');
  await Promise.all([work, temporary].map(async (path) => await mkdir(path, { mode: 0o700 })));
  signal.throwIfAborted();
  const running = runProcess(
    {
      command: environment.python,
      args: ['-u', script, ...Object.entries(given).flat()],
      cwd: work,
      env: {
        ...scriptEnvironment(options),
        PYTHONPATH: [...new Set(modulePath)].join(process.platform === 'win32' ? ';' : ':'),
        HOME: work,
        TMPDIR: temporary,
      },
    },
    signal,
  );
  await onRunning(running.pid === undefined ? undefined : await identifyProcess(running.pid));
  const last = new LastError();
  for await (const line of running.lines) {
    if (line.stream === 'stderr') last.hear(line.text);
    await log.write(line.stream === 'stdout' ? 'output' : 'error', line.text);
  }
  return endOf(await running.exit, last);
}

async function ensureEnvironment(
  options: PythonShellOptions,
  given: Readonly<Record<string, string>>,
  { log }: RunSurroundings,
  signal: AbortSignal,
): Promise<VirtualEnvironment> {
  const python = await findPython(options.env, signal);
  const modules = splitList(given['--additional-python-modules']);
  const wrong = modules.find((name) => name.startsWith('-') || /^s3:/.test(name));
  if (wrong !== undefined) {
    const message = `--additional-python-modules names "${wrong}"; a Python shell job takes packages of the Python Package Index only.`;
    throw new UserError('bad-input', message);
  }
  return await ensureVirtualEnvironment(
    {
      python,
      folder: options.cacheFolder,
      installs: [...pythonPackages, ...(modules.length > 0 ? [modules] : [])],
      modules: pythonModules,
      env: options.env,
      onProgress: (line) => void log.write('output', line),
    },
    signal,
  );
}

function endOf(exit: ProcessExit, last: LastError): RunEnd {
  if (exit.code === 0) return { kind: 'succeeded' };
  if (exit.signal !== undefined) {
    const reason = exit.signal === 'SIGKILL' ? ', as when memory runs out' : '';
    return { kind: 'failed', message: `Command failed: the script was ended by ${exit.signal}${reason}` };
  }
  return { kind: 'failed', message: last.text ?? `Command failed with exit code ${exit.code ?? 'unknown'}` };
}

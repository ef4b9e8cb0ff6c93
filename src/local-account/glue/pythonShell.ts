import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { UserError } from '../../core/base/userError.ts';
import { identifyProcess } from '../../processes/processTree.ts';
import { findPython } from '../../processes/python/interpreter.ts';
import { ensureVirtualEnvironment, type VirtualEnvironment } from '../../processes/python/virtualEnvironment.ts';
import { runProcess, type ProcessExit, type ProcessLine } from '../../processes/run.ts';
import { AwsError } from '../http/awsError.ts';
import { Input } from '../http/input.ts';
import type { ObjectStore } from '../s3/objectStore.ts';
import { scriptEnvironment, type ScriptSurroundings } from '../scriptEnvironment.ts';
import type { JobRunner, RunEnd, RunSurroundings } from './jobRunner.ts';
import { pythonModules, pythonPackages } from '../../processes/python/glueModules.ts';
import type { JobRunRecord } from './records.ts';

export interface PythonShellOptions extends ScriptSurroundings {
  readonly objects: ObjectStore;
  /** A folder for each run, removed when the run has ended. */
  readonly workFolder: string;
  /** Where Python environments are kept for all runs. */
  readonly cacheFolder: string;
}

type Argument = readonly [key: string, value: string];

/** Runs Python shell jobs: the machine's Python, an environment of its own, one process and folder for each run. */
export function createPythonShellRunner(options: PythonShellOptions): JobRunner {
  return {
    run: async (surroundings, signal) => {
      const folder = join(options.workFolder, surroundings.run.id);
      await mkdir(folder, { recursive: true, mode: 0o700 });
      try {
        return await runIn(folder, options, surroundings, signal);
      } catch (error) {
        if (signal.aborted || !(error instanceof UserError || error instanceof AwsError)) throw error;
        const help = error instanceof UserError && error.help !== '' ? ` ${error.help}` : '';
        await surroundings.log.write('error', `${error.message}${help}`);
        return { kind: 'failed', message: `${error.message}${help}` };
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
  };
}

async function runIn(
  folder: string,
  options: PythonShellOptions,
  { run, log, onRunning }: RunSurroundings,
  signal: AbortSignal,
): Promise<RunEnd> {
  const args = argumentsOf(run);
  const named = new Map(args);
  const location = named.get('--scriptLocation') ?? new Input(run.definition).object('Command').text('ScriptLocation');
  const script = await fetch(options, location, join(folder, 'script'));
  const modulePath = [join(folder, 'script')];
  for (const file of listOf(named.get('--extra-py-files'))) {
    const path = await fetch(options, file, join(folder, 'modules'));
    modulePath.push(/\.(whl|egg|zip)$/i.test(path) ? path : join(folder, 'modules'));
  }
  const environment = await ensureEnvironment(options, named, { run, log, onRunning }, signal);
  const work = join(folder, 'work');
  const temporary = join(folder, 'tmp');
  await Promise.all([work, temporary].map(async (path) => await mkdir(path, { mode: 0o700 })));
  signal.throwIfAborted();
  const running = runProcess(
    {
      command: environment.python,
      args: ['-u', script, ...args.flat()],
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
    last.hear(line);
    await log.write(line.stream === 'stdout' ? 'output' : 'error', line.text);
  }
  return endOf(await running.exit, last);
}

async function ensureEnvironment(
  options: PythonShellOptions,
  args: ReadonlyMap<string, string>,
  { log }: RunSurroundings,
  signal: AbortSignal,
): Promise<VirtualEnvironment> {
  const python = await findPython(options.env, signal);
  const modules = listOf(args.get('--additional-python-modules'));
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

/**
 * What the script finds in its argv, as keys and values: the job's defaults, over them the run's, over them those that
 * cannot be overridden; then what a workflow adds. A Python shell job gets no --JOB_NAME.
 */
export function argumentsOf(run: JobRunRecord): readonly Argument[] {
  const definition = new Input(run.definition);
  const merged = {
    ...definition.optionalTextMap('DefaultArguments'),
    ...run.arguments,
    ...definition.optionalTextMap('NonOverridableArguments'),
    ...(run.origin?.workflowName !== undefined && {
      '--WORKFLOW_NAME': run.origin.workflowName,
      '--WORKFLOW_RUN_ID': run.origin.chainId,
    }),
  };
  return Object.entries(merged);
}

/** Copies an object into a folder under its own name. */
async function fetch(options: PythonShellOptions, location: string, folder: string): Promise<string> {
  const match = /^s3:\/\/([^/]+)\/(.*[^/])$/.exec(location.trim());
  if (!match) throw new UserError('bad-input', `"${location}" is not the S3 location of an object (s3://bucket/key).`);
  const [, bucket = '', key = ''] = match;
  const object = await options.objects.find(bucket, key).catch(() => undefined);
  if (!object) {
    throw new UserError(
      'not-found',
      `${location} does not exist in the local S3.`,
      'Deploy the workspace to the Local connection, or upload the file.',
    );
  }
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, basename(key));
  await copyFile(object.path, path);
  // A copy of a read-only file would be read-only.
  if (path.endsWith('.py')) await writeFile(path, '', { flag: 'a' });
  return path;
}

function listOf(value: string | undefined): readonly string[] {
  return (value ?? '')
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
}

/** Remembers the line that ends a Python traceback. */
class LastError {
  #isInTraceback = false;
  #text: string | undefined;

  get text(): string | undefined {
    return this.#text;
  }

  hear({ stream, text }: ProcessLine): void {
    if (stream !== 'stderr') return;
    if (text.startsWith('Traceback (most recent call last)')) {
      this.#isInTraceback = true;
      this.#text = undefined;
    } else if (this.#isInTraceback && !/^\s/.test(text) && text !== '') {
      this.#isInTraceback = false;
      this.#text = text.slice(0, 2000);
    } else if (/^(Syntax|Indentation|Tab)Error: /.test(text)) this.#text = text.slice(0, 2000);
  }
}

function endOf(exit: ProcessExit, last: LastError): RunEnd {
  if (exit.code === 0) return { kind: 'succeeded' };
  if (exit.signal !== undefined) {
    const reason = exit.signal === 'SIGKILL' ? ', as when memory runs out' : '';
    return { kind: 'failed', message: `Command failed: the script was ended by ${exit.signal}${reason}` };
  }
  return { kind: 'failed', message: last.text ?? `Command failed with exit code ${exit.code ?? 'unknown'}` };
}

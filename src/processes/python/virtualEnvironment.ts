import { createHash } from 'node:crypto';
import { mkdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../../core/base/userError.ts';
import { withFileLock } from '../fileLock.ts';
import { runProcess } from '../run.ts';
import { checkVenv } from './checkVenv.ts';
import { definedOf, type PythonInterpreter } from './interpreter.ts';

export interface EnvironmentRequest {
  readonly python: PythonInterpreter;
  /** Where environments are kept, each in a folder named after what is in it. */
  readonly folder: string;
  /** Arguments for one `pip install` each, in order. */
  readonly installs: readonly (readonly string[])[];
  /** Modules to put into site-packages, by file name. */
  readonly modules: Readonly<Record<string, string>>;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Hears what is going on, a line at a time. */
  readonly onProgress: (line: string) => void;
}

export interface VirtualEnvironment {
  readonly python: string;
}

const doneMark = 'sluice-environment-is-complete';

/**
 * Gives an environment with these packages, made on first use and then kept; one that was not finished is made anew.
 * Several processes may ask at once: one makes it, the others wait. Rejects with `program-missing` where this Python cannot
 * make one, and with `process-failed` and pip's last lines.
 */
export async function ensureVirtualEnvironment(
  request: EnvironmentRequest,
  signal?: AbortSignal,
): Promise<VirtualEnvironment> {
  const { python, installs, modules } = request;
  const key = createHash('sha256')
    .update(JSON.stringify([python.path, python.version, installs, modules]))
    .digest('hex');
  const folder = join(request.folder, `python-${python.version}-${key.slice(0, 12)}`);
  const environment = { python: pythonOf(folder) };
  if (await exists(join(folder, doneMark))) return environment;
  await mkdir(request.folder, { recursive: true, mode: 0o700 });
  await withFileLock(
    `${folder}.lock`,
    async () => {
      if (await exists(join(folder, doneMark))) return;
      await rm(folder, { recursive: true, force: true });
      request.onProgress(`Making a Python ${python.version} environment, once: this takes about 20 seconds.`);
      await checkVenv(python, request.env, signal);
      await step(request, python.path, ['-m', 'venv', folder], signal);
      for (const install of installs) {
        request.onProgress(`pip install ${install.join(' ')}`);
        const pip = ['-m', 'pip', 'install', '--disable-pip-version-check', '--no-input', '--progress-bar', 'off'];
        await step(request, environment.python, [...pip, ...install], signal);
      }
      const sitePackages = await sitePackagesOf(request, environment.python, signal);
      for (const [name, text] of Object.entries(modules)) await writeFile(join(sitePackages, name), text);
      await writeFile(join(folder, doneMark), '');
      request.onProgress('The Python environment is ready.');
    },
    signal,
  );
  return environment;
}

function pythonOf(folder: string): string {
  return process.platform === 'win32' ? join(folder, 'Scripts', 'python.exe') : join(folder, 'bin', 'python');
}

async function sitePackagesOf(request: EnvironmentRequest, python: string, signal?: AbortSignal): Promise<string> {
  const code = 'import sysconfig; print(sysconfig.get_paths()["purelib"])';
  const lines = await step(request, python, ['-c', code], signal);
  const path = lines.at(-1);
  if (path === undefined) throw new UserError('process-failed', 'Python did not say where its packages are.');
  return path;
}

/** Runs one step and gives its last lines. */
async function step(
  request: EnvironmentRequest,
  command: string,
  args: readonly string[],
  signal?: AbortSignal,
): Promise<readonly string[]> {
  const env = definedOf({ ...request.env, PYTHONPATH: undefined, PYTHONHOME: undefined });
  const running = runProcess({ command, args, env }, signal);
  const last: string[] = [];
  for await (const line of running.lines) {
    last.push(line.text);
    if (last.length > 12) last.shift();
    if (args.includes('pip') && /^(Collecting|Downloading|Installing|Successfully|ERROR|WARNING)/.test(line.text)) {
      request.onProgress(line.text);
    }
  }
  const exit = await running.exit;
  signal?.throwIfAborted();
  if (exit.code === 0) return last;
  throw new UserError(
    'process-failed',
    `The Python environment could not be made: ${args.slice(0, 3).join(' ')} ended with ${exit.signal ?? `exit code ${exit.code ?? '?'}`}. ${last.join('\n')}`,
    'Check that pip can reach its package index.',
  );
}

async function exists(path: string): Promise<boolean> {
  return await stat(path).then(
    () => true,
    () => false,
  );
}

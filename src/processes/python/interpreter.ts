import { UserError } from '../../core/base/userError.ts';
import { runProcess } from '../run.ts';

export interface PythonInterpreter {
  readonly path: string;
  /** For instance `3.11.7`. */
  readonly version: string;
}

const oldest = [3, 9] as const;

/**
 * The machine's Python: `python3`, or `python` and `py` where that is Python 3. Rejects with `program-missing` where there
 * is none of at least 3.9, which is what a Python shell job runs on.
 */
export async function findPython(
  env: Readonly<Record<string, string | undefined>>,
  signal?: AbortSignal,
): Promise<PythonInterpreter> {
  const named = env['SLUICE_PYTHON'];
  const candidates = named === undefined || named === '' ? ['python3', 'python', 'py'] : [named];
  const tooOld: string[] = [];
  for (const path of candidates) {
    const version = await versionOf(path, env, signal);
    if (version === undefined) continue;
    const [major = 0, minor = 0] = version.split('.').map(Number);
    if (major === oldest[0] && minor >= oldest[1]) return { path, version };
    tooOld.push(`${path} is ${version}`);
  }
  const found = tooOld.length > 0 ? ` (${tooOld.join(', ')})` : '';
  throw new UserError(
    'program-missing',
    `No Python ${oldest.join('.')} or newer was found on this machine as ${candidates.join(', ')}${found}.`,
    'Install Python 3 so that python3 is on PATH, or name it in the environment variable SLUICE_PYTHON.',
  );
}

async function versionOf(
  path: string,
  env: Readonly<Record<string, string | undefined>>,
  signal?: AbortSignal,
): Promise<string | undefined> {
  const running = runProcess(
    { command: path, args: ['-c', 'import sys; print("%d.%d.%d" % sys.version_info[:3])'], env: definedOf(env) },
    signal,
  );
  try {
    let version: string | undefined;
    for await (const line of running.lines) {
      if (line.stream === 'stdout' && /^\d+\.\d+\.\d+$/.test(line.text)) version = line.text;
    }
    return (await running.exit).code === 0 ? version : undefined;
  } catch {
    return undefined;
  }
}

/** An environment without the variables that are not set. */
export function definedOf(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

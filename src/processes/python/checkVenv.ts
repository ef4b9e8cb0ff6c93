import { UserError } from '../../core/base/userError.ts';
import { runProcess } from '../run.ts';
import { definedOf, type PythonInterpreter } from './interpreter.ts';

/**
 * Rejects with `program-missing` where this Python cannot make environments: Debian and Ubuntu, and so many images of dev
 * containers, have what it takes in a package of its own.
 */
export async function checkVenv(
  { path, version }: PythonInterpreter,
  env: Readonly<Record<string, string | undefined>>,
  signal?: AbortSignal,
): Promise<void> {
  const running = runProcess({ command: path, args: ['-c', 'import venv, ensurepip'], env: definedOf(env) }, signal);
  let isMissing = false;
  for await (const { text } of running.lines) {
    if (/No module named '?(venv|ensurepip)\b/.test(text)) isMissing = true;
  }
  await running.exit;
  signal?.throwIfAborted();
  if (!isMissing) return;
  const series = version.split('.').slice(0, 2).join('.');
  throw new UserError(
    'program-missing',
    `Python ${version} (${path}) cannot make environments: its module venv or ensurepip is not installed.`,
    `On Debian or Ubuntu: sudo apt-get install python${series}-venv, then run again. In a dev container, put it into the image.`,
  );
}

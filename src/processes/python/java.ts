import { join } from 'node:path';
import { UserError } from '../../core/base/userError.ts';
import { runProcess } from '../run.ts';
import { definedOf } from './interpreter.ts';

export interface JavaRuntime {
  readonly path: string;
  /** Major version: 8, 11, 17. */
  readonly version: number;
}

/**
 * The Java that Spark starts: that of JAVA_HOME, else the one on PATH. Rejects with `program-missing` where there is none
 * of these major versions.
 */
export async function findJava(
  env: Readonly<Record<string, string | undefined>>,
  { from, to, forWhat }: { readonly from: number; readonly to: number; readonly forWhat: string },
  signal?: AbortSignal,
): Promise<JavaRuntime> {
  const home = env['JAVA_HOME'];
  const path = home === undefined || home === '' ? 'java' : join(home, 'bin', 'java');
  const version = await versionOf(path, env, signal);
  signal?.throwIfAborted();
  if (version !== undefined && from <= version && version <= to) return { path, version };
  const found = version === undefined ? 'no Java was found' : `${path} is Java ${version}`;
  throw new UserError(
    'program-missing',
    `${forWhat} needs Java ${from} to ${to}: ${found}.`,
    `Install Java ${Math.min(17, to)} and name its folder in JAVA_HOME, then start VS Code again.`,
  );
}

async function versionOf(
  path: string,
  env: Readonly<Record<string, string | undefined>>,
  signal?: AbortSignal,
): Promise<number | undefined> {
  const running = runProcess({ command: path, args: ['-version'], env: definedOf(env) }, signal);
  try {
    let version: number | undefined;
    for await (const { text } of running.lines) {
      const [, first = '', second = ''] = /version "(\d+)(?:\.(\d+))?/.exec(text) ?? [];
      if (first !== '') version = Number(first === '1' ? second : first);
    }
    return (await running.exit).code === 0 ? version : undefined;
  } catch {
    return undefined;
  }
}

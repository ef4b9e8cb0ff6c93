import { spawn, spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { say } from './output.mjs';
import { projectRoot } from './paths.mjs';

/** A set-up step that cannot go on: what failed, why, and the line to type. Shown without a stack. */
export class SetupError extends Error {
  name = 'SetupError';
}

/**
 * Runs a program to its end. Output is shown as it comes with `show`, else kept and shown when the program fails.
 * @param {string[]} argv program and arguments
 * @param {{cwd?: string, env?: Record<string, string>, show?: boolean}} [options]
 * @returns {Promise<string>} standard output (empty with `show`)
 */
export async function run(argv, options = {}) {
  const [program, ...args] = argv;
  const child = spawn(program, args, {
    cwd: options.cwd ?? projectRoot,
    env: { ...process.env, ...options.env },
    stdio: options.show ? ['ignore', 'inherit', 'inherit'] : ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let all = '';
  child.stdout?.on('data', (data) => ((out += data), (all += data)));
  child.stderr?.on('data', (data) => (all += data));
  return await new Promise((resolve, reject) => {
    child.on('error', (error) => reject(new SetupError(`${program} cannot be started: ${error.message}`)));
    child.on('close', (code, signal) => {
      if (code === 0) resolve(out);
      else reject(new SetupError(`${argv.join(' ')} ended with ${signal ?? code}\n${all.slice(-4000)}`.trim()));
    });
  });
}

/** The absolute path of a program on PATH, or undefined. */
export function findProgram(...names) {
  for (const name of names) {
    for (const folder of (process.env.PATH ?? '').split(delimiter)) {
      const path = join(folder, name);
      try {
        accessSync(path, constants.X_OK);
        return path;
      } catch {
        continue;
      }
    }
  }
  return undefined;
}

let isAptUpdated = false;
/** Its lock is taken once: what is asked for meanwhile waits. */
let lastInstall = Promise.resolve();

/**
 * Installs Debian packages where that is possible without asking (root and apt), else fails with the line to type.
 * @param {string[]} packages
 * @param {string} purpose completes "… is needed for"
 */
export async function installSystemPackages(packages, purpose) {
  const line = `apt-get install -y --no-install-recommends ${packages.join(' ')}`;
  const isRoot = process.getuid?.() === 0;
  if (!isRoot || !findProgram('apt-get')) {
    const hint = findProgram('apt-get')
      ? `sudo ${line}`
      : `install ${packages.join(', ')} with the system's package manager`;
    throw new SetupError(`${packages.join(', ')} is needed for ${purpose}. Type: ${hint}`);
  }
  say(`Installing ${packages.join(', ')} for ${purpose} …`);
  const install = lastInstall.then(async () => await aptInstall(line));
  lastInstall = install.catch(() => undefined);
  await install;
}

async function aptInstall(line) {
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  if (!isAptUpdated) await run(['apt-get', 'update', '-qq'], { env });
  isAptUpdated = true;
  await run(line.split(' '), { env });
}

/** Whether a program answers at all, without output. */
export function answers(...argv) {
  return spawnSync(argv[0], argv.slice(1), { stdio: 'ignore', timeout: 20_000 }).status === 0;
}

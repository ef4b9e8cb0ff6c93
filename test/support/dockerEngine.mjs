// A real Docker Engine for test/container: the one that runs, else one of our own where root may start it.
import { spawn } from 'node:child_process';
import { mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { cacheRoot } from './paths.mjs';
import { SetupError, answers, findProgram, installSystemPackages } from './run.mjs';

const folder = join(cacheRoot, 'docker');
const socket = join(folder, 'docker.sock');
const own = `unix://${socket}`;

/**
 * @returns {Promise<{env: Record<string, string>, stop: () => Promise<void>}>} `env` points the docker command to the engine
 * @throws {SetupError} says why no engine can be had and what to type
 */
export async function startDockerEngine() {
  if (findProgram('docker') && answers('docker', 'version')) return { env: {}, stop: async () => undefined };
  if (findProgram('docker') && answers('docker', '-H', own, 'version')) {
    return { env: { DOCKER_HOST: own }, stop: async () => undefined };
  }
  if (process.platform !== 'linux' || process.getuid?.() !== 0) {
    throw new SetupError('No Docker Engine answers. Start Docker, or install it: sudo apt-get install -y docker.io');
  }
  if (!findProgram('dockerd') || !findProgram('docker')) await installSystemPackages(['docker.io'], 'container tests');
  return await startOwn();
}

async function startOwn() {
  mkdirSync(folder, { recursive: true });
  const log = openSync(join(folder, 'dockerd.log'), 'a');
  const child = spawn(
    'dockerd',
    [
      ...['--data-root', join(folder, 'data'), '--exec-root', join(folder, 'exec')],
      ...['--pidfile', join(folder, 'dockerd.pid'), '-H', own],
    ],
    { stdio: ['ignore', log, log] },
  );
  const ended = new Promise((resolve) => child.once('close', resolve));
  let problem;
  child.once('error', (error) => (problem = error.message));
  const onExit = () => child.kill('SIGTERM');
  process.once('exit', onExit);
  const stop = async () => {
    process.removeListener('exit', onExit);
    child.kill('SIGTERM');
    if ((await Promise.race([ended, sleep(15_000, 'late')])) === 'late') child.kill('SIGKILL');
  };
  const deadline = Date.now() + 60_000;
  while (!answers('docker', '-H', own, 'version')) {
    if (problem || child.exitCode !== null || Date.now() > deadline) {
      await stop();
      throw new SetupError(
        `dockerd cannot run here${problem ? ` (${problem})` : ''}. Read ${join(folder, 'dockerd.log')}`,
      );
    }
    await sleep(300);
  }
  return { env: { DOCKER_HOST: own }, stop };
}

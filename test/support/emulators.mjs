// AWS emulators that others wrote, for test/interop. Both come from PyPI into one virtual environment.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { installOnce } from './installOnce.mjs';
import { say } from './output.mjs';
import { cacheRoot } from './paths.mjs';
import { ensurePython } from './prepare.mjs';
import { SetupError, run } from './run.mjs';
import { freePort } from './vscodeServer.mjs';

const packages = ['moto[server,glue,stepfunctions,s3,logs]==5.2.5', 'ministack==1.5.33'];
const folder = join(cacheRoot, 'emulators');
// Through `python -m`: the scripts of an environment that was moved point to where it was made.
const python = join(folder, 'bin/python');

const commands = {
  moto: (port) => ({ argv: ['-m', 'moto.server', '-H', '127.0.0.1', '-p', String(port)], env: {} }),
  ministack: (port) => ({
    argv: ['-m', 'ministack'],
    // Without BIND_HOST it listens on every interface.
    env: { BIND_HOST: '127.0.0.1', GATEWAY_PORT: String(port) },
  }),
};

/** Installs both emulators once. */
export async function installEmulators() {
  await ensurePython();
  await installOnce(folder, packages.join(' '), async (draft) => {
    say('Installing moto and ministack …');
    await run(['python3', '-m', 'venv', draft]);
    // Compiled when first imported: most of it never is.
    await run([join(draft, 'bin/python'), '-m', 'pip', 'install', '--quiet', '--no-compile', ...packages]);
  });
}

/** See emulators.d.mts. */
export async function startEmulator(name) {
  await installEmulators();
  const port = await freePort();
  const { argv, env } = commands[name](port);
  let output = '';
  const child = spawn(python, argv, {
    cwd: folder,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const keep = (data) => (output = (output + data).slice(-4000));
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const onExit = () => child.kill('SIGKILL');
  process.once('exit', onExit);
  const ended = new Promise((resolve) => child.once('close', resolve));
  const stop = async () => {
    process.removeListener('exit', onExit);
    child.kill('SIGKILL');
    await ended;
  };
  const endpoint = `http://127.0.0.1:${port}`;
  const deadline = Date.now() + 60_000;
  for (;;) {
    if (child.exitCode !== null || Date.now() > deadline) {
      await stop();
      throw new SetupError(`${name} did not start on port ${port}.\n${output}`);
    }
    if (await fetch(endpoint).catch(() => undefined)) return { endpoint, stop };
    await sleep(100);
  }
}

import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from './paths.mjs';
import { SetupError, answers, findProgram, installSystemPackages, run } from './run.mjs';

/** Fails, saying what to install, unless Node is new enough and npm is there. */
function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    throw new SetupError(
      `Node 20.19 or newer is needed; this is ${process.versions.node}. Install it from nodejs.org.`,
    );
  }
  if (!findProgram('npm', 'npm.cmd')) throw new SetupError('npm is needed. Install it from nodejs.org, with Node.');
}

/** Installs the project's dependencies when they are missing or older than package-lock.json. */
export async function ensureDependencies() {
  checkNode();
  const installed = join(projectRoot, 'node_modules/.package-lock.json');
  const wanted = join(projectRoot, 'package-lock.json');
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(wanted).mtimeMs) return;
  process.stdout.write('Installing dependencies …\n');
  await run(['npm', 'ci', '--no-audit', '--no-fund', '--loglevel=error'], { show: true });
}

/** Makes sure that python3 can make virtual environments: Glue Python shell jobs run in one. */
export async function ensurePython() {
  if (answers('python3', '-c', 'import venv, ensurepip')) return;
  await installSystemPackages(['python3', 'python3-venv'], 'running Glue Python shell jobs on this machine');
}

/** Builds and packages the extension. @returns {Promise<string>} the path of sluice.vsix */
export async function packageExtension() {
  await run(['npm', 'run', '--silent', 'package']);
  return join(projectRoot, 'sluice.vsix');
}

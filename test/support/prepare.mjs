import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { say } from './output.mjs';
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
  say('Installing dependencies …');
  await run(['npm', 'ci', '--no-audit', '--no-fund', '--loglevel=error'], { show: true });
}

/** Makes sure that python3 can make virtual environments: Glue Python shell jobs run in one. */
export async function ensurePython() {
  if (answers('python3', '-c', 'import venv, ensurepip')) return;
  await installSystemPackages(['python3', 'python3-venv'], 'running Glue Python shell jobs on this machine');
}

/** What sluice.vsix is made from. */
const packaged = [
  ...['src', 'media', 'sample', 'snippets', 'syntaxes', 'package.json', 'package-lock.json', 'esbuild.mjs'],
  ...['tsconfig.json', '.vscodeignore', 'README.md', 'CHANGELOG.md', 'LICENSE'],
];

/** When a file, or anything in a folder, changed last; a folder changes with what comes and goes in it. */
function changedMs(path) {
  const status = statSync(path);
  const inside = status.isDirectory() ? readdirSync(path).map((name) => changedMs(join(path, name))) : [];
  return Math.max(status.mtimeMs, ...inside);
}

/** See prepare.d.mts. */
export async function packageExtension() {
  const vsix = join(projectRoot, 'sluice.vsix');
  const isCurrent =
    [vsix, join(projectRoot, 'dist/extension.js')].every(existsSync) &&
    packaged.every((path) => changedMs(join(projectRoot, path)) < statSync(vsix).mtimeMs);
  if (!isCurrent) await run(['npm', 'run', '--silent', 'package']);
  return vsix;
}

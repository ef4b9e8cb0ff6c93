// After an install, where nothing is built yet: builds, so that what was installed from git has its programs.
// `npm install -g git+…`, which pre-commit uses, installs without what the build needs; that is got here then.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');

function run(...args) {
  const env = { ...process.env, npm_config_global: 'false' };
  const { status, error } = spawnSync(process.execPath, args, { cwd: root, env, stdio: 'inherit' });
  if (error) throw error;
  if (status !== 0) process.exit(status ?? 1);
}

if (!existsSync(join(root, 'dist', 'cli.js'))) {
  const npm = process.env.npm_execpath;
  if (!existsSync(join(root, 'node_modules', 'esbuild')) && npm !== undefined) {
    run(npm, 'ci', '--ignore-scripts', '--include=dev', '--no-audit', '--no-fund');
  }
  run('esbuild.mjs', '--production');
}

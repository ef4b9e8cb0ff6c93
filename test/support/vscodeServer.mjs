// A real VS Code without a download of its own: the npm package code-server carries the workbench and the extension host.
import { spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { installOnce } from './installOnce.mjs';
import { say } from './output.mjs';
import { cacheRoot, projectRoot } from './paths.mjs';
import { SetupError, run } from './run.mjs';

/**
 * The VS Codes that tests run in. code-server 4.x is VS Code 1.x; each wants a Node of its own, which the system's need
 * not be. `minimum` is the version that package.json asks for.
 */
const releases = {
  current: { codeServer: '4.139.1', node: '24' },
  minimum: { codeServer: minimumVsCode().replace(/^1/, '4'), node: '22' },
};

function minimumVsCode() {
  return JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')).engines.vscode.replace('^', '');
}

function filesOf(release) {
  const folder = join(cacheRoot, release === 'current' ? 'server' : `server-${release}`);
  const vscode = join(folder, 'node_modules/code-server/lib/vscode');
  const nodePackage = `node-${process.platform}-${process.arch}`;
  const node = join(folder, 'node_modules', nodePackage, 'bin/node');
  return { folder, nodePackage, node, main: join(vscode, 'out/server-main.js') };
}

/**
 * Fills the cache with a VS Code server and the Node that it wants: about half a minute, nothing when it is there.
 * @param {keyof typeof releases} [release]
 */
export async function installVsCodeServer(release = 'current') {
  const { codeServer, node } = releases[release];
  const { folder, nodePackage } = filesOf(release);
  await installOnce(folder, `code-server ${codeServer}, node ${node}, ripgrep`, async (draft) => {
    say(`Installing the VS Code server ${codeServer} …`);
    writeFileSync(join(draft, 'package.json'), '{"private":true}\n');
    const npm = ['npm', 'install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
    await run([...npm, `${nodePackage}@${node}`, `code-server@${codeServer}`], { cwd: draft });
    const vscode = join(draft, 'node_modules/code-server/lib/vscode');
    // Its shrinkwrap is not in sync with its package.json, so `npm ci` refuses.
    await run([...npm, '--omit=dev'], { cwd: vscode });
    await run([...npm, '--omit=dev'], { cwd: join(vscode, 'extensions') });
    await ensureRipgrep(draft, vscode, npm);
  });
}

/** Older servers download the program that finds files by a script; a package of today's brings it. */
async function ensureRipgrep(draft, vscode, npm) {
  const folder = join(vscode, 'node_modules/@vscode/ripgrep');
  if (!existsSync(folder) || existsSync(join(folder, 'bin/rg'))) return;
  const source = join(draft, 'ripgrep');
  mkdirSync(source);
  writeFileSync(join(source, 'package.json'), '{"private":true}\n');
  await run([...npm, '@vscode/ripgrep-universal'], { cwd: source });
  const program = join(
    source,
    'node_modules/@vscode/ripgrep-universal/bin',
    `${process.platform}-${process.arch}`,
    'rg',
  );
  mkdirSync(join(folder, 'bin'), { recursive: true });
  copyFileSync(program, join(folder, 'bin/rg'));
}

/**
 * What people and tests see is Sluice: no welcome page, no chat, nothing that asks or phones home.
 */
export const quietSettings = {
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.welcomePage.walkthroughs.openOnInstall': false,
  'chat.commandCenter.enabled': false,
  'chat.disableAIFeatures': true,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'git.openRepositoryInParentFolders': 'never',
  'window.menuBarVisibility': 'compact',
};

/** Writes the user settings of a server data folder, or of another user data folder with its own `path`. */
export function writeUserSettings(dataDir, settings, path = 'data/User/settings.json') {
  const file = join(dataDir, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(settings, undefined, 2)}\n`);
}

/** Installs a packaged extension into a server data folder, as a user would. */
export async function installExtension(vsix, dataDir) {
  mkdirSync(dataDir, { recursive: true });
  const { node, main } = filesOf('current');
  await run([
    node,
    main,
    ...['--install-extension', vsix, '--force', '--server-data-dir', dataDir, '--accept-server-license-terms'],
  ]);
}

/**
 * Starts the server and waits until it answers. Its log is `<dataDir>/server.log`.
 * @param {{dataDir: string, release?: keyof typeof releases, port?: number, smokeTestDriver?: boolean, workspaceTrust?: boolean, basePath?: string, env?: Record<string, string | undefined>}} options
 *   `smokeTestDriver` lets an address carry extensionDevelopmentPath; `workspaceTrust` asks about folders (off otherwise);
 *   `basePath` is the path before every address of the server, as `/prefix`
 * @returns {Promise<{port: number, url: string, stop: () => Promise<void>, ended: Promise<number | null>}>}
 */
export async function startVsCodeServer(options) {
  const port = options.port ?? (await freePort());
  mkdirSync(options.dataDir, { recursive: true });
  const log = openSync(join(options.dataDir, 'server.log'), 'a');
  const { node, main } = filesOf(options.release ?? 'current');
  const child = spawn(
    node,
    [
      main,
      ...['--host', '127.0.0.1', '--port', String(port), '--without-connection-token'],
      ...['--accept-server-license-terms', '--server-data-dir', options.dataDir, '--disable-telemetry'],
      ...(options.workspaceTrust ? [] : ['--disable-workspace-trust']),
      ...(options.smokeTestDriver ? ['--enable-smoke-test-driver'] : []),
      ...(options.basePath ? ['--server-base-path', options.basePath] : []),
    ],
    // A group of its own, so that extension hosts and what they started end with it.
    { stdio: ['ignore', log, log], detached: true, env: { ...process.env, ...options.env } },
  );
  const endGroup = (signal) => {
    try {
      process.kill(-child.pid, signal);
    } catch {
      // It has ended.
    }
  };
  const onExit = () => endGroup('SIGKILL');
  process.once('exit', onExit);
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const stop = async () => {
    process.removeListener('exit', onExit);
    endGroup('SIGTERM');
    if ((await Promise.race([ended, sleep(1_000, 'late')])) === 'late') endGroup('SIGKILL');
    await ended;
  };
  const url = `http://127.0.0.1:${port}${options.basePath ?? ''}`;
  const deadline = Date.now() + 60_000;
  for (;;) {
    if (child.exitCode !== null || Date.now() > deadline) {
      await stop();
      throw new SetupError(
        `The VS Code server did not start on port ${port}. Read ${join(options.dataDir, 'server.log')}`,
      );
    }
    const reply = await fetch(`${url}/version`).catch(() => undefined);
    if (reply?.ok) return { port, url, stop, ended };
    await sleep(100);
  }
}

/** A TCP port that was free a moment ago. */
export async function freePort() {
  return await new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

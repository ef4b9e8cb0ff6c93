// npm run demo: a VS Code with Sluice, the Local connection and the sample pipeline. `-- --reset` starts over.
import { spawn } from 'node:child_process';
import { cpSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from './paths.mjs';
import { ensureDependencies, ensurePython, packageExtension } from './prepare.mjs';
import { SetupError, findProgram, run } from './run.mjs';
import {
  freePort,
  installExtension,
  installVsCodeServer,
  quietSettings,
  startVsCodeServer,
  writeUserSettings,
} from './vscodeServer.mjs';

/** The same on every start, so that the browser keeps the layout. */
const PORT = 8790;
const demoFolder = process.env.SLUICE_DEMO_FOLDER ?? join(projectRoot, '.cache/demo');
const workspace = join(demoFolder, 'workspace');
const data = join(demoFolder, 'data');
/** As light or dark as the system is. */
const demoSettings = { ...quietSettings, 'window.autoDetectColorScheme': true };

function say(text) {
  process.stdout.write(`${text}\n`);
}

/** What the user edited stays; what is missing comes from the sample. */
function prepareWorkspace() {
  if (process.argv.includes('--reset')) rmSync(demoFolder, { recursive: true, force: true });
  cpSync(join(projectRoot, 'sample'), workspace, { recursive: true, force: false });
  if (!existsSync(join(data, 'data/User/settings.json'))) writeUserSettings(data, demoSettings);
}

/** The desktop VS Code, when there is one that can load Sluice. */
async function findDesktop() {
  // In a terminal of a remote window, `code` only talks to that window.
  const code = process.env.VSCODE_IPC_HOOK_CLI ? undefined : findProgram('code', 'code.cmd');
  if (!code) return undefined;
  const minimum = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')).engines.vscode.replace('^', '');
  const [version = ''] = (await run([code, '--version']).catch(() => '')).split('\n');
  if (version.localeCompare(minimum, 'en', { numeric: true }) >= 0) return code;
  say(`${code} is VS Code ${version || 'of an unknown version'}; Sluice needs ${minimum}. Using the VS Code server.`);
  return undefined;
}

async function openDesktop(code) {
  await run([process.execPath, 'esbuild.mjs']);
  const userData = join(demoFolder, 'desktop');
  if (!existsSync(userData)) writeUserSettings(userData, demoSettings, 'User/settings.json');
  say(`Opening VS Code with ${workspace}. Ctrl+C or closing the window ends it.`);
  const child = spawn(
    code,
    [
      ...['--new-window', '--wait', `--extensionDevelopmentPath=${projectRoot}`],
      ...[`--user-data-dir=${userData}`, '--disable-workspace-trust', workspace],
    ],
    { stdio: 'inherit' },
  );
  await new Promise((resolve, reject) => {
    child.on('close', resolve);
    child.on('error', reject);
  });
}

async function openServer() {
  const [vsix] = await Promise.all([packageExtension(), installVsCodeServer()]);
  await installExtension(vsix, data);
  const server = await startVsCodeServer({ dataDir: data, port: await portToUse() });
  const address = `${server.url}/?folder=${encodeURIComponent(workspace)}`;
  say(
    `\nOpen this address in Chrome, Edge, Firefox or Safari:\n\n  ${address}\n\nThere, open pipelines/orders.asl.json and click Start Execution… above its first line.\nCtrl+C ends it. Your edits stay in ${workspace}; npm run demo -- --reset starts over.`,
  );
  const stopped = new Promise((resolve) =>
    ['SIGINT', 'SIGTERM', 'SIGHUP'].forEach((name) => process.once(name, resolve)),
  );
  const code = await Promise.race([stopped, server.ended.then((code) => ({ code }))]);
  await server.stop();
  if (typeof code === 'object') throw new SetupError(`The VS Code server ended. Read ${join(data, 'server.log')}`);
}

async function portToUse() {
  const isTaken = await fetch(`http://127.0.0.1:${PORT}`).then(
    () => true,
    () => false,
  );
  return isTaken ? await freePort() : PORT;
}

try {
  await ensureDependencies();
  await ensurePython();
  prepareWorkspace();
  const code = await findDesktop();
  await (code ? openDesktop(code) : openServer());
} catch (error) {
  process.stderr.write(`${error instanceof SetupError ? error.message : error.stack}\n`);
  process.exitCode = 1;
}

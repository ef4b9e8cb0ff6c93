// npm run test:desktop: the integration suites in desktop VS Code, minimum and stable version, where it can be downloaded.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runTests, downloadAndUnzipVSCode } from '@vscode/test-electron';
import { IntegrationReport } from './integrationReport.mjs';
import { cacheRoot, projectRoot } from './paths.mjs';
import { SetupError, findProgram, installSystemPackages, run } from './run.mjs';
import { suiteMain } from './suite.mjs';
import { makeTestFolder } from './testFolder.mjs';
import { quietSettings, writeUserSettings } from './vscodeServer.mjs';

const minimum = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')).engines.vscode.replace('^', '');
const IN_XVFB = 'SLUICE_TEST_IN_XVFB';

/** Electron wants a display: without one, this program starts itself again in a virtual one. */
async function rerunInVirtualDisplay() {
  if (!findProgram('xvfb-run')) await installSystemPackages(['xvfb', 'xauth'], 'desktop VS Code without a display');
  await run(['xvfb-run', '-a', process.execPath, process.argv[1]], { show: true, env: { [IN_XVFB]: '1' } });
}

async function download(version) {
  try {
    return await downloadAndUnzipVSCode({ version, cachePath: join(cacheRoot, 'desktop') });
  } catch (error) {
    throw new SetupError(
      `Desktop VS Code ${version} cannot be downloaded here (${error.message}).\n` +
        'The same suites run in the VS Code server: npm run test:integration.',
    );
  }
}

async function runDesktop(version) {
  const vscodeExecutablePath = await download(version);
  const folder = makeTestFolder('desktop');
  const userData = join(folder.root, 'user');
  writeUserSettings(userData, quietSettings, 'User/settings.json');
  const resultFile = join(folder.root, 'result.jsonl');
  process.stdout.write(`\n== desktop VS Code ${version}\n`);
  const report = new IntegrationReport(resultFile);
  try {
    await runTests({
      vscodeExecutablePath,
      extensionDevelopmentPath: projectRoot,
      extensionTestsPath: join(projectRoot, 'dist/test/integration/index.js'),
      extensionTestsEnv: { ...folder.env, SLUICE_TEST_RESULT: resultFile },
      launchArgs: [folder.workspace, '--user-data-dir', userData, '--disable-workspace-trust', '--disable-extensions'],
    }).catch((error) => (report.problem = error.message));
    report.poll();
    // An exit code without a failed test: VS Code itself did not come to the end.
    if (report.problem && report.failed === 0) {
      report.failed = 1;
      process.stdout.write(`  ✗ VS Code ${version}: ${report.problem}\n`);
    }
    return report;
  } finally {
    folder.remove();
  }
}

if (process.platform === 'linux' && !process.env.DISPLAY && !process.env[IN_XVFB]) {
  await rerunInVirtualDisplay().catch((error) => {
    if (error instanceof SetupError && !error.message.startsWith('xvfb-run'))
      process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  });
} else {
  await suiteMain(async () => {
    await run([process.execPath, 'esbuild.mjs', '--tests']);
    const counts = { passed: 0, failed: 0, skipped: 0 };
    for (const version of [minimum, 'stable']) {
      const report = await runDesktop(version);
      for (const key of Object.keys(counts)) counts[key] += report[key];
    }
    return counts;
  });
}

// npm run test:integration: the suites of test/integration in the extension host of a real VS Code.
// GREP=text runs the tests whose full title matches.
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { launchChromium } from './chromium.mjs';
import { IntegrationReport } from './integrationReport.mjs';
import { say } from './output.mjs';
import { artifactsRoot, projectRoot } from './paths.mjs';
import { run } from './run.mjs';
import { makeTestCertificates } from './testCertificates.mjs';
import { makeTestFolder } from './testFolder.mjs';
import { installVsCodeServer, quietSettings, startVsCodeServer, writeUserSettings } from './vscodeServer.mjs';

/** The extension host loads the suites within this time, or never. */
const START_MS = 180_000;
const TOTAL_MS = 15 * 60_000;
const artifacts = join(artifactsRoot, 'integration');

/**
 * Builds, runs every suite, prints each test as it ends.
 * @param {'current' | 'minimum'} [release] which VS Code
 * @returns {Promise<{passed: number, failed: number, skipped: number}>}
 */
export async function runIntegration(release = 'current') {
  await run([process.execPath, 'esbuild.mjs', '--tests']);
  await installVsCodeServer(release);
  rmSync(artifacts, { recursive: true, force: true });
  const folder = makeTestFolder('integration');
  writeUserSettings(folder.data, { ...quietSettings, 'http.systemCertificatesNode': true });
  const certificates = join(folder.root, 'certificates');
  await makeTestCertificates(certificates, ['company', 'stranger']);
  const resultFile = join(folder.root, 'result.jsonl');
  const server = await startVsCodeServer({
    dataDir: folder.data,
    release,
    smokeTestDriver: true,
    env: {
      ...folder.env,
      SLUICE_TEST_RESULT: resultFile,
      SLUICE_TEST_CERTIFICATES: certificates,
      // The certificates that this machine trusts, as far as Node asks the system.
      SSL_CERT_FILE: join(certificates, 'company.pem'),
    },
  });
  const browser = await launchChromium();
  try {
    const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
    await page.goto(testAddress(server, folder.workspace));
    const report = new IntegrationReport(resultFile);
    const problem = await follow(report, server);
    if (problem) report.fail(problem);
    if (report.failed > 0) {
      mkdirSync(artifacts, { recursive: true });
      await page.screenshot({ path: join(artifacts, 'workbench.png') }).catch(() => undefined);
      cpSync(join(folder.data, 'data/logs'), join(artifacts, 'logs'), { recursive: true });
      cpSync(join(folder.data, 'server.log'), join(artifacts, 'server.log'));
      say('  Screenshot and logs are in artifacts/integration.');
    }
    const { passed, failed, skipped, failures } = report;
    return { passed, failed, skipped, failures };
  } finally {
    await browser.close();
    await server.stop();
    folder.remove();
  }
}

function testAddress(server, workspace) {
  const remote = (path) => `vscode-remote://127.0.0.1:${server.port}${path}`;
  const payload = [
    ['extensionDevelopmentPath', remote(projectRoot)],
    ['extensionTestsPath', remote(join(projectRoot, 'dist/test/integration/index.js'))],
  ];
  const query = new URLSearchParams({ folder: workspace, payload: JSON.stringify(payload) });
  return `${server.url}/?${query}`;
}

/** Waits for the end of the suites. @returns {Promise<string | undefined>} why they did not come to an end */
async function follow(report, server) {
  let serverCode;
  void server.ended.then((code) => (serverCode = code ?? 'a signal'));
  const start = Date.now();
  for (;;) {
    report.poll();
    if (report.isEnded) return undefined;
    if (serverCode !== undefined) return `the VS Code server ended with ${serverCode}`;
    const elapsedMs = Date.now() - start;
    if (!report.isStarted && elapsedMs > START_MS) return `no test was started within ${START_MS / 1000} s`;
    if (elapsedMs > TOTAL_MS) return `the suites did not end within ${TOTAL_MS / 60_000} minutes`;
    await sleep(100);
  }
}

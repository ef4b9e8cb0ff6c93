import { AsyncResource } from 'node:async_hooks';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { isKept, say } from './output.mjs';
import { projectRoot } from './paths.mjs';

/**
 * Runs vitest projects, shown as they go where nothing runs beside them.
 * @param {string[]} projects
 * @param {{env?: Record<string, string>, args?: string[]}} [options]
 * @returns {Promise<{passed: number, failed: number, skipped: number, failures: {title: string, error: string}[], flaky: string[]}>}
 */
export async function runVitest(projects, options = {}) {
  const report = join(projectRoot, '.cache/vitest', `${projects.join('-')}.json`);
  mkdirSync(join(projectRoot, '.cache/vitest'), { recursive: true });
  rmSync(report, { force: true });
  const code = await new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      [
        join(projectRoot, 'node_modules/vitest/vitest.mjs'),
        ...['run', '--reporter=default', `--reporter=${join(projectRoot, 'test/support/countsReporter.mjs')}`],
        ...projects.flatMap((project) => ['--project', project]),
        ...(options.args ?? []),
      ],
      {
        cwd: projectRoot,
        env: {
          // The SDK's advice on the version of Node, once for each file.
          AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
          ...process.env,
          ...options.env,
          SLUICE_TEST_COUNTS: report,
        },
        stdio: isKept() ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
      },
    );
    const tell = AsyncResource.bind((text) => say(text, ''));
    for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', tell);
    child.on('error', reject);
    child.on('close', resolve);
  });
  const counts = readCounts(report);
  // A file that cannot be loaded, or an error outside a test, fails the run without a failed test.
  if (code !== 0 && counts.failed === 0) counts.failed = 1;
  return counts;
}

function readCounts(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return { passed: 0, failed: 0, skipped: 0, failures: [], flaky: [] };
  }
}

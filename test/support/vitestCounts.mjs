import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { projectRoot } from './paths.mjs';

/**
 * Runs vitest projects, shown as they go.
 * @param {string[]} projects
 * @param {{env?: Record<string, string>, args?: string[]}} [options]
 * @returns {Promise<{passed: number, failed: number, skipped: number}>}
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
        ...['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
        ...projects.flatMap((project) => ['--project', project]),
        ...(options.args ?? []),
      ],
      { cwd: projectRoot, env: { ...process.env, ...options.env }, stdio: ['ignore', 'inherit', 'inherit'] },
    );
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
    const report = JSON.parse(readFileSync(file, 'utf8'));
    return {
      passed: report.numPassedTests,
      failed: report.numFailedTests,
      skipped: report.numPendingTests + report.numTodoTests,
    };
  } catch {
    return { passed: 0, failed: 0, skipped: 0 };
  }
}

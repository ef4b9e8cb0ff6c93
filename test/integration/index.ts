import { appendFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Mocha from 'mocha';

/**
 * VS Code calls this in the extension host. Every test appends one line of JSON to the file that SLUICE_TEST_RESULT
 * names, because a VS Code in a browser has no exit code; the last line has `kind: "end"`.
 */
export async function run(): Promise<void> {
  const resultFile = process.env['SLUICE_TEST_RESULT'];
  if (resultFile === undefined) throw new Error('SLUICE_TEST_RESULT is not set: start with npm run test:integration.');
  writeFileSync(resultFile, '');
  const report = (entry: object): void => appendFileSync(resultFile, `${JSON.stringify(entry)}\n`);
  try {
    const failures = await runMocha(report);
    report({ kind: 'end' });
    if (failures > 0) throw new Error(`${failures} integration tests failed.`);
  } catch (error) {
    report({ kind: 'end', error: error instanceof Error ? error.stack : String(error) });
    throw error;
  }
}

async function runMocha(report: (entry: object) => void): Promise<number> {
  const grep = process.env['GREP'];
  const mocha = new Mocha({ ui: 'bdd', timeout: 180_000, reporter: 'min', ...(grep ? { grep } : {}) });
  for (const file of readdirSync(__dirname, { recursive: true, encoding: 'utf8' }).sort()) {
    if (file.endsWith('.test.js')) mocha.addFile(join(__dirname, file));
  }
  return await new Promise((resolve) => {
    const runner = mocha.run(resolve);
    runner.on('pass', (test) => report({ kind: 'passed', title: test.fullTitle(), durationMs: test.duration }));
    runner.on('pending', (test) => report({ kind: 'skipped', title: test.fullTitle() }));
    runner.on('fail', (test, error: Error) =>
      report({ kind: 'failed', title: test.fullTitle(), error: error.stack ?? String(error), ...comparison(error) }),
    );
  });
}

/** What an assertion compared, where it says so. */
function comparison(error: object): { expected?: unknown; actual?: unknown } {
  return 'expected' in error && 'actual' in error ? { expected: error.expected, actual: error.actual } : {};
}

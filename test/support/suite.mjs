import { SetupError } from './run.mjs';

/**
 * Runs one suite as a program: closes with one line of counts, exits with 1 when something failed.
 * @param {() => Promise<{passed: number, failed: number, skipped?: number}>} suite
 */
export async function suiteMain(suite) {
  try {
    const { passed, failed, skipped = 0 } = await suite();
    process.stdout.write(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}\n`);
    process.exit(failed > 0 || passed === 0 ? 1 : 0);
  } catch (error) {
    process.stderr.write(`${error instanceof SetupError ? error.message : error.stack}\n`);
    process.exit(1);
  }
}

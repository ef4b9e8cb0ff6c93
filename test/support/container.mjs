import { startDockerEngine } from './dockerEngine.mjs';
import { GLUE_IMAGE, buildGlueImage } from './glueImage.mjs';
import { say } from './output.mjs';
import { SetupError, findProgram, installSystemPackages } from './run.mjs';
import { runVitest } from './vitestCounts.mjs';

/**
 * The tests of test/container against a real Docker Engine. Where none can be had it says so in a way that is seen, and
 * counts one skipped suite: nothing passed.
 * @param {string[]} [args] for vitest
 */
export async function runContainer(args = []) {
  let engine;
  try {
    engine = await startDockerEngine();
    await buildGlueImage(engine.env);
    if (!findProgram('docker-registry')) await installSystemPackages(['docker-registry'], 'tests of pulling images');
  } catch (error) {
    await engine?.stop();
    if (!(error instanceof SetupError)) throw error;
    say(`\n  !!! CONTAINER TESTS ARE SKIPPED: ${error.message}\n`);
    return { passed: 0, failed: 0, skipped: 1 };
  }
  try {
    return await runVitest(['container'], { args, env: { ...engine.env, SLUICE_TEST_GLUE_IMAGE: GLUE_IMAGE } });
  } finally {
    await engine.stop();
  }
}

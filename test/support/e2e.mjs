import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureChromium } from './chromium.mjs';
import { startDockerEngine } from './dockerEngine.mjs';
import { GLUE_IMAGE, buildGlueImage } from './glueImage.mjs';
import { say } from './output.mjs';
import { artifactsRoot, projectRoot } from './paths.mjs';
import { ensurePython, packageExtension } from './prepare.mjs';
import { SetupError } from './run.mjs';
import { runVitest } from './vitestCounts.mjs';
import { installExtension, installVsCodeServer } from './vscodeServer.mjs';

/** Packages Sluice, installs it as a user does, and drives it with Playwright. @param {string[]} [args] for vitest */
export async function runE2e(args = []) {
  await ensureChromium();
  await ensurePython();
  await installVsCodeServer();
  const [template, python] = ['e2e-data', 'e2e-python'].map((name) => join(projectRoot, '.cache', name));
  for (const folder of [template, python]) rmSync(folder, { recursive: true, force: true });
  mkdirSync(python, { recursive: true });
  if (args.length === 0) rmSync(join(artifactsRoot, 'e2e'), { recursive: true, force: true });
  await installExtension(await packageExtension(), template);
  const engine = await glueEngine();
  try {
    const env = { ...engine.env, SLUICE_E2E_DATA: template, SLUICE_E2E_PYTHON: python };
    return await runVitest(['e2e'], { args, env });
  } finally {
    await engine.stop();
  }
}

/** An engine with the image of container tests; without one the tests that want it are counted as skipped. */
async function glueEngine() {
  let engine;
  try {
    engine = await startDockerEngine();
    await buildGlueImage(engine.env);
    return { env: { ...engine.env, SLUICE_TEST_GLUE_IMAGE: GLUE_IMAGE }, stop: engine.stop };
  } catch (error) {
    await engine?.stop();
    if (!(error instanceof SetupError)) throw error;
    say(`\n  !!! E2E TESTS IN A CONTAINER ARE SKIPPED: ${error.message}\n`);
    return { env: {}, stop: async () => undefined };
  }
}

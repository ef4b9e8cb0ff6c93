import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureChromium } from './chromium.mjs';
import { artifactsRoot, projectRoot } from './paths.mjs';
import { ensurePython, packageExtension } from './prepare.mjs';
import { runVitest } from './vitestCounts.mjs';
import { installExtension, installVsCodeServer } from './vscodeServer.mjs';

/** Packages Sluice, installs it as a user does, and drives it with Playwright. @param {string[]} [args] for vitest */
export async function runE2e(args = []) {
  await ensureChromium();
  await ensurePython();
  await installVsCodeServer();
  const template = join(projectRoot, '.cache/e2e-data');
  rmSync(template, { recursive: true, force: true });
  if (args.length === 0) rmSync(join(artifactsRoot, 'e2e'), { recursive: true, force: true });
  await installExtension(await packageExtension(), template);
  return await runVitest(['e2e'], { args, env: { SLUICE_E2E_DATA: template } });
}

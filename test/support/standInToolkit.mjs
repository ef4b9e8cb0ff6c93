import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from './paths.mjs';
import { run } from './run.mjs';
import { installExtension } from './vscodeServer.mjs';

/** See standInToolkit.d.mts. */
export async function installStandInToolkit(dataDir) {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-toolkit-'));
  try {
    cpSync(join(projectRoot, 'test/fixtures/awsToolkit'), folder, { recursive: true });
    const vsix = join(folder, 'toolkit.vsix');
    const vsce = join(projectRoot, 'node_modules/@vscode/vsce/vsce');
    const options = ['--no-dependencies', '--skip-license', '--allow-missing-repository', '--out', vsix];
    await run([process.execPath, vsce, 'package', ...options], { cwd: folder });
    await installExtension(vsix, dataDir);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

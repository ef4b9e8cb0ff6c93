import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from './paths.mjs';
import { isolatedHome } from './isolatedHome.mjs';

/**
 * A folder for one VS Code under test: `workspace` is a fresh copy of the sample, `home` and `data` are empty.
 * `remove` deletes it all.
 */
export function makeTestFolder(name) {
  const root = mkdtempSync(join(tmpdir(), `sluice-${name}-`));
  const folders = { root, workspace: join(root, 'workspace'), home: join(root, 'home'), data: join(root, 'data') };
  cpSync(join(projectRoot, 'sample'), folders.workspace, { recursive: true });
  mkdirSync(folders.data);
  const env = isolatedHome(folders.home);
  writeFileSync(join(folders.home, '.gitconfig'), '[safe]\n\tdirectory = *\n');
  return { ...folders, env, remove: () => rmSync(root, { recursive: true, force: true, maxRetries: 3 }) };
}

import { statSync } from 'node:fs';
import { packageExtension } from '../support/prepare.mjs';

export const name = 'Size of the package';

export async function run() {
  const bytes = statSync(await packageExtension()).size;
  return [{ what: 'sluice.vsix / 3 MB', ours: bytes / 1e6, peer: 3, unit: 'MB', limit: 1 }];
}

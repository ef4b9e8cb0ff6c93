import { join } from 'node:path';
import { build } from 'esbuild';

/** Bundles the process of the Local account into a folder, as the package does. Gives the file to start. */
export async function buildEntry(folder: string): Promise<string> {
  const entry = join(folder, 'localAccount.js');
  await build({
    entryPoints: ['src/local-account/main.ts'],
    outfile: entry,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20.19',
    mainFields: ['module', 'main'],
    logLevel: 'error',
  });
  return entry;
}

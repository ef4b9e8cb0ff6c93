// Writes snippets/*.json from the table of whole states: node scripts/generateSnippets.mjs
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as esbuild from 'esbuild';

const { outputFiles } = await esbuild.build({
  absWorkingDir: fileURLToPath(new URL('..', import.meta.url)),
  entryPoints: ['src/core/asl/snippetsFile.ts'],
  bundle: true,
  write: false,
  format: 'esm',
  platform: 'node',
  mainFields: ['module', 'main'],
});
const { snippetsFile } = await import(
  `data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`
);
mkdirSync(new URL('../snippets', import.meta.url), { recursive: true });
for (const [name, format] of [
  ['asl', 'json'],
  ['asl-yaml', 'yaml'],
]) {
  writeFileSync(new URL(`../snippets/${name}.json`, import.meta.url), snippetsFile(format));
}

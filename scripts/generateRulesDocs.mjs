// Writes docs/rules.md from the table of rules: node scripts/generateRulesDocs.mjs
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as esbuild from 'esbuild';

const { outputFiles } = await esbuild.build({
  absWorkingDir: fileURLToPath(new URL('..', import.meta.url)),
  entryPoints: ['src/core/rulesPage.ts'],
  bundle: true,
  write: false,
  format: 'esm',
  // As dist/core.mjs is built: what the core imports needs nothing of Node.
  platform: 'neutral',
  conditions: ['module'],
  external: ['node:path/posix'],
  mainFields: ['module', 'main'],
});
const { rulesPage } = await import(
  `data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`
);
mkdirSync(new URL('../docs', import.meta.url), { recursive: true });
writeFileSync(new URL('../docs/rules.md', import.meta.url), rulesPage());

// Builds everything that ships into dist/. Flags: --production (minified), --tests (integration suites too), --watch.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import * as esbuild from 'esbuild';

const flags = new Set(process.argv.slice(2));
const production = flags.has('--production');
const watch = flags.has('--watch');

/** @type {esbuild.BuildOptions} */
const shared = {
  bundle: true,
  minify: production,
  // Stack traces keep the names of functions and error classes.
  keepNames: true,
  legalComments: 'none',
  sourcemap: watch ? 'linked' : false,
  logLevel: 'warning',
  charset: 'utf8',
};

/** @type {esbuild.BuildOptions} */
const node = {
  ...shared,
  platform: 'node',
  target: 'node20.19',
  // `module` first: the UMD builds of jsonc-parser and the language server types hide their imports from a bundler.
  mainFields: ['module', 'main'],
};

/**
 * esbuild splits ES modules only, and the extension host wants CommonJS. So a bundle is split as ES modules, and each
 * chunk is then rewritten: what sits behind `import()` (AWS SDK, language client) is a file that is read on first use, and
 * what several programs share is there once.
 * @param {string} folder where the chunks go
 * @returns {esbuild.Plugin}
 */
const splitCommonJs = (folder) => ({
  name: 'split-commonjs',
  setup(build) {
    build.onEnd(async (result) => {
      if (result.errors.length > 0) return;
      rmSync(folder, { recursive: true, force: true });
      await Promise.all(
        (result.outputFiles ?? []).map(async (file) => {
          const { code } = await esbuild.transform(file.text, {
            format: 'cjs',
            platform: 'node',
            target: node.target,
            supported: { 'dynamic-import': false },
            minify: production,
            keepNames: false,
            sourcemap: watch ? 'inline' : false,
            charset: 'utf8',
          });
          mkdirSync(dirname(file.path), { recursive: true });
          const isProgram = ['cli.js', 'languageServer.js'].includes(basename(file.path));
          writeFileSync(file.path, isProgram ? `#!/usr/bin/env node\n${code}` : code);
        }),
      );
    });
  },
});

/** @type {esbuild.BuildOptions[]} */
const bundles = [
  {
    ...node,
    entryPoints: { extension: 'src/extension/extension.ts' },
    outdir: 'dist',
    format: 'esm',
    splitting: true,
    chunkNames: 'chunks/[name]-[hash]',
    external: ['vscode'],
    sourcemap: watch ? 'inline' : false,
    write: false,
    plugins: [splitCommonJs('dist/chunks')],
  },
  // `vscode` is not external below: an import that leaks in fails the build.
  {
    ...node,
    entryPoints: {
      languageServer: 'src/language-server/main.ts',
      localAccount: 'src/local-account/main.ts',
      cli: 'src/cli/main.ts',
    },
    outdir: 'dist',
    format: 'esm',
    splitting: true,
    chunkNames: 'shared/[name]-[hash]',
    sourcemap: watch ? 'inline' : false,
    write: false,
    plugins: [splitCommonJs('dist/shared')],
  },
  {
    ...node,
    // Neutral: an import of a Node module that does more than compute fails the build.
    platform: 'neutral',
    conditions: ['module'],
    external: ['node:path/posix'],
    entryPoints: ['src/core/index.ts'],
    outfile: 'dist/core.mjs',
    format: 'esm',
  },
  {
    ...shared,
    platform: 'browser',
    target: 'chrome120',
    entryPoints: {
      graph: 'src/views/graph/client/main.ts',
      layoutWorker: 'src/views/graph/client/layoutWorker.ts',
    },
    outdir: 'dist/webview',
    format: 'iife',
  },
];

if (flags.has('--tests')) {
  bundles.push({
    ...node,
    entryPoints: ['test/integration/index.ts', 'test/integration/**/*.test.ts'],
    outdir: 'dist/test/integration',
    outbase: 'test/integration',
    format: 'cjs',
    external: ['vscode', 'mocha'],
    sourcemap: 'inline',
  });
}

if (!watch) rmSync('dist', { recursive: true, force: true });
if (watch) {
  const contexts = await Promise.all(bundles.map((bundle) => esbuild.context(bundle)));
  await Promise.all(contexts.map((context) => context.watch()));
  process.stdout.write('watching src/ …\n');
} else {
  // esbuild prints each error with its place; the exit code is all that is left to say.
  const results = await Promise.allSettled(bundles.map((bundle) => esbuild.build(bundle)));
  if (results.some((result) => result.status === 'rejected')) process.exitCode = 1;
}

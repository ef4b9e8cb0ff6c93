// Builds everything that ships into dist/. Flags: --production (minified), --tests (integration suites too), --watch.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, posix, relative, sep } from 'node:path';
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
 * Minified with every name as it is. Where names are kept by a call for each function, the rules, which make many small
 * functions, take twice as long.
 */
const unrenamed = { keepNames: false, minify: false, minifySyntax: production, minifyWhitespace: production };

/** What package.json lists under `bin`. */
const programs = new Set(['cli.js', 'languageServer.js']);

/** @type {esbuild.TransformOptions} */
const commonJs = {
  format: 'cjs',
  platform: 'node',
  target: node.target,
  supported: { 'dynamic-import': false },
  minify: production,
  keepNames: false,
  sourcemap: watch ? 'inline' : false,
  charset: 'utf8',
};

/**
 * esbuild splits ES modules only, and the extension host wants CommonJS. So a bundle is split as ES modules, and each
 * chunk is then rewritten: what sits behind `import()` (AWS SDK, language client) is a file that is read on first use, and
 * what several programs share is there once.
 * @param {string} folder where the chunks go
 * @param {string} [entry] a program whose static imports are joined into its one file: a hundred small ones take longer
 *   to open than to run. The other chunks find them in its export `chunks`.
 * @param {esbuild.TransformOptions} [more]
 * @returns {esbuild.Plugin}
 */
const splitCommonJs = (folder, entry, more = {}) => ({
  name: 'split-commonjs',
  setup(build) {
    build.initialOptions.metafile = true;
    build.onEnd(async ({ errors, outputFiles = [], metafile }) => {
      if (errors.length > 0) return;
      rmSync(folder, { recursive: true, force: true });
      const texts = new Map(outputFiles.map(({ path, text }) => [relative('.', path).replaceAll(sep, '/'), text]));
      const joined = entry === undefined ? new Set() : staticImports(entry, metafile);
      const write = (path, code) => {
        mkdirSync(dirname(path), { recursive: true });
        writeFileSync(path, programs.has(basename(path)) ? `#!/usr/bin/env node\n${code}` : code);
      };
      if (entry !== undefined) write(entry, await joinOutputs(entry, joined, texts));
      for (const [path, text] of texts) {
        if (joined.has(path)) continue;
        const { code } = await esbuild.transform(text, { ...commonJs, ...more });
        write(path, entry === undefined ? code : takeFrom(entry, joined, { path, code }));
      }
    });
  },
});

/** The outputs that a program reads before its first line runs, itself among them. */
function staticImports(entry, { outputs }) {
  const read = new Set([entry]);
  for (const output of read) {
    for (const { path, kind } of outputs[output].imports) {
      if (kind === 'import-statement' && path in outputs) read.add(path);
    }
  }
  return read;
}

/** One CommonJS file of the program and the chunks that it imports statically. */
async function joinOutputs(entry, joined, texts) {
  const chunks = [...joined].filter((path) => path !== entry);
  const contents = [
    `export * from './${entry}';`,
    ...chunks.map((path, index) => `import * as c${index} from './${path}';`),
    `export const chunks = { ${chunks.map((path, index) => `'${basename(path)}': c${index}`).join(', ')} };`,
  ].join('\n');
  const { outputFiles } = await esbuild.build({
    ...commonJs,
    bundle: true,
    write: false,
    logLevel: 'warning',
    external: ['vscode'],
    stdin: { contents, resolveDir: '.' },
    plugins: [outputsAsInput(entry, joined, texts)],
  });
  return outputFiles[0].text;
}

/** @returns {esbuild.Plugin} */
const outputsAsInput = (entry, joined, texts) => ({
  name: 'outputs-as-input',
  setup(build) {
    build.onResolve({ filter: /^\.\// }, ({ path, importer, kind }) => {
      const output = posix.join(importer === '' ? '.' : posix.dirname(importer), path);
      if (kind === 'dynamic-import')
        return { path: `./${posix.relative(posix.dirname(entry), output)}`, external: true };
      return joined.has(output) ? { path: output, namespace: 'output' } : undefined;
    });
    build.onLoad({ filter: /./, namespace: 'output' }, ({ path }) => ({ contents: texts.get(path) }));
  },
});

/** A chunk's code, with what is joined into the program taken from there. */
function takeFrom(entry, joined, { path, code }) {
  const program = posix.relative(posix.dirname(path), entry);
  return code.replace(/require\("\.\/([\w-]+\.js)"\)/g, (call, name) =>
    joined.has(posix.join(posix.dirname(path), name)) ? `require("${program}").chunks["${name}"]` : call,
  );
}

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
    plugins: [splitCommonJs('dist/chunks', 'dist/extension.js')],
  },
  // `vscode` is not external below: an import that leaks in fails the build.
  {
    ...node,
    ...unrenamed,
    entryPoints: {
      languageServer: 'src/language-server/main.ts',
      localAccount: 'src/local-account/main.ts',
      cli: 'src/cli/main.ts',
      toolLauncher: 'src/processes/tools/main.ts',
    },
    outdir: 'dist',
    format: 'esm',
    splitting: true,
    chunkNames: 'shared/[name]-[hash]',
    sourcemap: watch ? 'inline' : false,
    write: false,
    plugins: [splitCommonJs('dist/shared', undefined, unrenamed)],
  },
  {
    ...node,
    ...unrenamed,
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

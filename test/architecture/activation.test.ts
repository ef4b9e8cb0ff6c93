import { join } from 'node:path';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
/** Code that activation may read, unminified: more than that belongs behind an `import()`. */
const budgetBytes = 300_000;

/** What VS Code reads when it activates Sluice: the entry and the chunks that it imports statically, with their inputs. */
async function readAtActivation(): Promise<{ readonly bytes: number; readonly inputs: readonly string[] }> {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: { extension: 'src/extension/extension.ts' },
    outdir: 'dist',
    bundle: true,
    write: false,
    metafile: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    mainFields: ['module', 'main'],
    external: ['vscode'],
    logLevel: 'silent',
  });
  const read = new Set(['dist/extension.js']);
  for (const output of read) {
    for (const { path, kind } of metafile.outputs[output]?.imports ?? []) {
      if (kind !== 'dynamic-import' && path in metafile.outputs) read.add(path);
    }
  }
  const outputs = [...read].flatMap((path) => metafile.outputs[path] ?? []);
  return {
    bytes: outputs.reduce((sum, { bytes }) => sum + bytes, 0),
    inputs: outputs.flatMap(({ inputs }) => Object.keys(inputs)).sort(),
  };
}

describe('activation', () => {
  it('reads no package, no other process of ours, and little code', async () => {
    const { inputs, bytes } = await readAtActivation();
    expect(inputs).toContain('src/extension/compose.ts');
    const heavy = /node_modules|^src\/(aws|local-account|language-server|cli|core\/(asl|glue|interpreter))\//;
    expect(inputs.filter((input) => heavy.test(input))).toEqual([]);
    expect(bytes).toBeLessThan(budgetBytes);
  });
});

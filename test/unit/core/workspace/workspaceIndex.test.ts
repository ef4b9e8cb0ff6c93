import { describe, expect, it } from 'vitest';
import {
  BATCH,
  SLICE_LENGTH,
  WorkspaceIndex,
  type WorkspaceFiles,
} from '../../../../src/core/workspace/workspaceIndex.ts';

const never = new AbortController().signal;
const trigger = (name: string, length = 0): string =>
  JSON.stringify({ Name: name, Type: 'ON_DEMAND', Description: 'x'.repeat(length), Actions: [{ JobName: name }] });

/** Files in memory that count what is asked of them. */
class CountedFiles implements WorkspaceFiles {
  readonly reads: (readonly string[])[] = [];

  constructor(readonly texts: Map<string, string>) {}

  async list(): Promise<readonly string[]> {
    return await Promise.resolve([...this.texts.keys()]);
  }

  async read(paths: readonly string[]): Promise<readonly (string | undefined)[]> {
    this.reads.push(paths);
    return await Promise.resolve(paths.map((path) => this.texts.get(path)));
  }
}

function indexOver(texts: Record<string, string>) {
  const files = new CountedFiles(new Map(Object.entries(texts)));
  const settled: number[] = [];
  const slices: number[] = [0];
  const index: WorkspaceIndex = new WorkspaceIndex({
    files: {
      list: async () => await files.list(),
      read: async (paths) => await files.read(paths),
    },
    pause: async () => {
      slices.push(index.facts.size);
      await Promise.resolve();
    },
    onSettled: () => settled.push(index.facts.size),
  });
  return { index, files, settled, slices };
}

describe('the index of a workspace', () => {
  it('reads 5,000 files in slices of a bounded length, each file once, and tells once', async () => {
    const length = 1000;
    const names = Array.from({ length: 5000 }, (_, at) => `t${at}.glue.json`);
    const texts = Object.fromEntries(names.map((name) => [name, trigger(name, length)]));
    const { index, files, settled, slices } = indexOver(texts);
    await index.readAll(never);
    expect(index.facts.size).toBe(5000);
    expect(settled).toEqual([5000]);
    expect(files.reads.flat()).toHaveLength(5000);
    expect(Math.max(...files.reads.map((paths) => paths.length))).toBeLessThanOrEqual(BATCH);
    // Between two pauses it looks at SLICE_LENGTH units and the file they end in, however many files there are.
    const perSlice = slices.slice(1).map((count, at) => count - (slices[at] ?? 0));
    const longest = Math.max(...Object.values(texts).map((text) => text.length));
    for (const count of perSlice) expect((count - 1) * length).toBeLessThanOrEqual(SLICE_LENGTH + longest);
    expect(perSlice.length).toBeGreaterThan(30);
  });

  it('reads only what changed, forgets what is gone with its folder, and prefers what an editor shows', async () => {
    const { index, files, settled } = indexOver({
      'a/one.glue.json': trigger('one'),
      'a/two.glue.json': trigger('two'),
      'node_modules/x/three.glue.json': trigger('three'),
    });
    await index.readAll(never);
    const names = (): (string | undefined)[] =>
      [...index.facts.values()].flatMap(({ definitions }) => definitions.map(({ name }) => name));
    expect(names()).toEqual(['one', 'two']);
    files.reads.length = 0;
    files.texts.set('a/one.glue.json', trigger('uno'));
    await index.onChanged(['a/one.glue.json', 'node_modules/x/three.glue.json', 'a/picture.png'], never);
    expect(files.reads).toEqual([['a/one.glue.json']]);
    expect(names()).toEqual(['uno', 'two']);

    index.hold('a/one.glue.json', trigger('shown'));
    await index.onChanged(['a/one.glue.json'], never);
    expect(names()).toEqual(['shown', 'two']);
    await index.release('a/one.glue.json', never);
    expect(names()).toEqual(['uno', 'two']);

    const before = settled.length;
    index.onDeleted(['a']);
    expect(names()).toEqual([]);
    expect(settled.length).toBe(before + 1);
  });

  it('stops where it is told to, and knows that it is not complete', async () => {
    const abort = new AbortController();
    const { index } = indexOver(
      Object.fromEntries(['a', 'b', 'c'].map((name) => [`${name}.glue.json`, trigger(name)])),
    );
    abort.abort();
    await expect(index.readAll(abort.signal)).rejects.toThrow();
    expect(index.isComplete).toBe(false);
  });
});

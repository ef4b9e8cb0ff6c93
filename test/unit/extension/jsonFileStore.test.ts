import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { JsonFileStore } from '../../../src/extension/jsonFileStore.ts';

let folder: string;
let setAside: string[];
let store: JsonFileStore;

beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'sluice-state-')), 'state');
  setAside = [];
  store = new JsonFileStore(folder, (path) => setAside.push(path));
});
afterEach(async () => {
  await rm(join(folder, '..'), { recursive: true, force: true });
});

describe('JsonFileStore', () => {
  it('gives back what was written, also to another window', async () => {
    await store.write('runs', { a: [1, 'ä'] });
    expect(await new JsonFileStore(folder, () => undefined).read('runs')).toEqual({ a: [1, 'ä'] });
    expect(await store.list()).toEqual(['runs']);
  });

  it('has nothing where nothing was written, and after removal', async () => {
    expect(await store.read('none')).toBeUndefined();
    expect(await store.list()).toEqual([]);
    await store.write('one', 1);
    await store.remove('one');
    expect(await store.read('one')).toBeUndefined();
  });

  it.skipIf(process.platform === 'win32')('lets nobody else read it', async () => {
    await store.write('runs', {});
    expect((await stat(join(folder, 'runs.json'))).mode & 0o777).toBe(0o600);
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
  });

  it('keeps the last of many writes, and leaves no temporary file', async () => {
    await Promise.all(Array.from({ length: 30 }, async (_, index) => await store.write('n', index)));
    expect(await store.read('n')).toBe(29);
    expect(await readdir(folder)).toEqual(['n.json']);
  });

  it('loses no change of two windows that write at once', async () => {
    const windows = [store, new JsonFileStore(folder, () => undefined)];
    const add = (id: string) => (stored: unknown) => [...(Array.isArray(stored) ? (stored as string[]) : []), id];
    const ids = Array.from({ length: 12 }, (_, index) => `run-${index}`);
    await Promise.all(ids.map(async (id, index) => await windows[index % 2]?.update('runs', add(id))));
    const kept = (await store.read('runs')) as string[];
    expect(kept.sort()).toEqual(ids.sort());
    expect(await readdir(folder)).toEqual(['runs.json']);
  });

  it('goes on when a change fails, and says which file it cannot use', async () => {
    const failing = store.update('runs', () => {
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    await store.update('runs', () => 1);
    expect(await store.read('runs')).toBe(1);
  });

  it('sets a damaged file aside with its content, names it, and goes on', async () => {
    await store.write('runs', []);
    await writeFile(join(folder, 'runs.json'), '{"half":');
    expect(await store.read('runs')).toBeUndefined();
    expect(setAside).toHaveLength(1);
    expect(await readFile(setAside[0]!, 'utf8')).toBe('{"half":');
    await store.write('runs', [1]);
    expect(await store.read('runs')).toEqual([1]);
    expect(await store.list()).toEqual(['runs']);
  });

  it('says which file it cannot write', async () => {
    await writeFile(folder, 'a file where the folder should be');
    await expect(store.write('runs', {})).rejects.toMatchObject({
      code: 'state-corrupt',
      message: expect.stringContaining('runs.json') as string,
    });
  });

  it('takes no name that leads elsewhere', async () => {
    await expect(store.read('../secrets')).rejects.toThrow(RangeError);
  });
});

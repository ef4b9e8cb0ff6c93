import { mkdtemp, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openBytes } from '../../../../src/local-account/s3/objectBytes.ts';
import type { StoredObject } from '../../../../src/local-account/s3/objectStore.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sluice-objects-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function stored(bytes: Uint8Array | string): Promise<StoredObject> {
  const path = join(folder, 'object');
  await writeFile(path, bytes);
  const { size, mtimeMs } = await stat(path);
  return { key: 'object', path, meta: { size, modifiedMs: Math.floor(mtimeMs), eTag: 'e', headers: {} } };
}

describe('the bytes of an object', () => {
  it('are a part of its file, at once where it is small', async () => {
    const object = await stored('0123456789');
    expect(openBytes(object, 2, 3)).toEqual(Buffer.from('234'));
    expect(openBytes(object, 0, 0)).toEqual(Buffer.from(''));
  });

  it('come as a stream where they are many', async () => {
    const whole = Buffer.alloc(3_000_000, 'Sluice ');
    const object = await stored(whole);
    const bytes = openBytes(object, 5, 2_500_000);
    if (!(bytes instanceof Readable)) throw new Error('They came at once.');
    expect((await buffer(bytes)).equals(whole.subarray(5, 2_500_005))).toBe(true);
  });

  it('are not those of a file that was written since, nor of one that has gone', async () => {
    const object = await stored('before');
    await writeFile(object.path, 'after!');
    await utimes(object.path, new Date(), new Date(object.meta.modifiedMs + 5000));
    expect(openBytes(object, 0, 6)).toBeUndefined();
    await rm(object.path);
    expect(openBytes(object, 0, 6)).toBeUndefined();
  });
});

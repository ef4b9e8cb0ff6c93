import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PieceWriter } from '../../../../src/local-account/s3/pieceWriter.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sluice-pieces-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

describe('a file that is written in pieces', () => {
  it.each([0, 10, 60_000, 300_000, 3_500_000])('holds %i bytes in the order in which they came', async (size) => {
    const path = join(folder, 'file');
    const whole = Buffer.alloc(size);
    for (let at = 0; at < size; at += 1) whole[at] = (at * 7 + (at >> 8)) & 0xff;
    const file = new PieceWriter(path);
    for (let at = 0; at < size; at += 65_536) await file.add(whole.subarray(at, at + 65_536));
    await file.finish();
    expect((await readFile(path)).equals(whole)).toBe(true);
  });

  it('leaves nothing behind where it is given up', async () => {
    const file = new PieceWriter(join(folder, 'file'));
    for (let piece = 0; piece < 40; piece++) await file.add(Buffer.alloc(65_536, piece));
    await file.abandon();
    expect(await readdir(folder)).toEqual([]);
  });

  it('says that it cannot be written', async () => {
    const small = new PieceWriter(join(folder, 'missing', 'file'));
    await small.add(Buffer.from('a'));
    await expect(small.finish()).rejects.toThrow('ENOENT');
    const large = new PieceWriter(join(folder, 'missing', 'file'));
    await expect(large.add(Buffer.alloc(2_000_000))).rejects.toThrow('ENOENT');
  });
});

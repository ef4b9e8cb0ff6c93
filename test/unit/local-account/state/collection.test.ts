import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { silentLog } from '../../../../src/core/base/log.ts';
import { Collection } from '../../../../src/local-account/state/collection.ts';
import { StateProblems } from '../../../../src/local-account/state/stateProblems.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sluice-collection-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

const open = async (): Promise<Collection<number>> =>
  await Collection.open({
    folder,
    check: (value): value is number => typeof value === 'number',
    problems: new StateProblems(silentLog),
  });

it('has on the disk what was put last, whichever put is waited for', async () => {
  const collection = await open();
  const puts = Array.from({ length: 500 }, async (_, value) => await collection.put('a', value));
  await puts[3];
  expect((await open()).get('a')).toBeGreaterThanOrEqual(3);
  await Promise.all(puts);
  expect((await open()).get('a')).toBe(499);
  const deleted = collection.delete('a');
  await collection.put('a', 7);
  await deleted;
  expect((await open()).get('a')).toBe(7);
  expect(await readdir(folder)).toHaveLength(1);
});

import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { besideFolder, compareKeys, segmentOfName } from './objectPath.ts';

export interface FoundObject {
  readonly key: string;
  readonly path: string;
}

export interface WalkOptions {
  readonly prefix: string;
  /** Only keys after this one. */
  readonly after: string;
  /** Asked for each folder, given as the start of its keys: whether to leave it out. */
  readonly skips: (keyPrefix: string) => boolean;
}

/** Objects below a bucket's folder in the order of their keys, reading one folder at a time. */
export async function* walkObjects(folder: string, options: WalkOptions, keyPrefix = ''): AsyncGenerator<FoundObject> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const found = entries.flatMap((entry) => {
    const segment = segmentOfName(entry.name);
    if (segment === undefined || !(entry.isFile() || entry.isDirectory())) return [];
    if (entry.isDirectory() && entry.name.endsWith(besideFolder)) return [];
    const key = `${keyPrefix}${segment}${entry.isDirectory() ? '/' : ''}`;
    return isOutside(key, entry.isDirectory(), options) ? [] : [{ key, path: join(folder, entry.name), entry }];
  });
  found.sort((left, right) => compareKeys(left.key, right.key));
  for (const { key, path, entry } of found) {
    if (!entry.isDirectory()) yield { key, path };
    else if (!options.skips(key)) yield* walkObjects(path, options, key);
  }
}

function isOutside(key: string, isFolder: boolean, { prefix, after }: WalkOptions): boolean {
  if (!isFolder) return !key.startsWith(prefix) || compareKeys(key, after) <= 0;
  if (!key.startsWith(prefix) && !prefix.startsWith(key)) return true;
  return !after.startsWith(key) && compareKeys(key, after) < 0;
}

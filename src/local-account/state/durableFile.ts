import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { randomUUID } from 'node:crypto';

/** Ending of files that were being written when the process ended; whoever opens a folder removes them. */
export const temporaryEnding = '.tmp';

/**
 * Replaces a file's content so that a reader, and a start after a kill or a power cut, sees the old or the new content
 * and nothing between. Readable by the user only. Makes the folder where it is missing.
 */
export async function writeDurably(path: string, content: string | Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const temporary = `${path}.${randomUUID()}${temporaryEnding}`;
  try {
    const file = await open(temporary, 'wx', 0o600);
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/**
 * As `writeDurably`, for what is small and can be made anew: after a power cut, though not after a kill, the file may be
 * damaged. Written on this thread and not confirmed by the disk, both of which take many times as long as the writing.
 */
export function writeWhole(path: string, content: string): void {
  const temporary = `${path}.${randomUUID()}${temporaryEnding}`;
  try {
    try {
      writeFileSync(temporary, content, { flag: 'wx', mode: 0o600 });
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
      mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
      writeFileSync(temporary, content, { flag: 'wx', mode: 0o600 });
    }
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

/** Removes what a process that was killed left half-written below a folder, which may be missing. */
export async function removeHalfWritten(folder: string): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  for (const entry of entries) {
    if (entry.isFile() && entry.name.endsWith(temporaryEnding)) {
      await rm(join(entry.parentPath, entry.name), { force: true });
    }
  }
}

import { open, readFile, rm, stat } from 'node:fs/promises';
import { identifyProcess, isSameProcess, type ProcessIdentity } from './processTree.ts';
import { systemClock } from './systemClock.ts';

/** A lock that this process holds until it is released or the process ends. */
export interface FileLock {
  release(): Promise<void>;
}

/** How long a lock file may be empty before whoever made it counts as gone. */
const writingMs = 2000;

/**
 * Takes a lock that one process of this machine holds at a time; undefined while another one has it. A lock whose process
 * has ended, in whatever way, is free.
 */
export async function tryFileLock(path: string): Promise<FileLock | undefined> {
  for (;;) {
    const own = await create(path);
    if (own) return own;
    if (!(await isStale(path))) return undefined;
    // Two that find it stale must not both remove it: the second would remove the first one's new lock.
    const takeover = await create(`${path}.takeover`);
    if (!takeover) {
      if (await isStale(`${path}.takeover`)) await rm(`${path}.takeover`, { force: true });
      return undefined;
    }
    try {
      if (await isStale(path)) await rm(path, { force: true });
    } finally {
      await takeover.release();
    }
  }
}

/** Runs `task` while holding the lock, after waiting for it. */
export async function withFileLock<T>(path: string, task: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  for (let pauseMs = 25; ; pauseMs = Math.min(pauseMs * 2, 500)) {
    const lock = await tryFileLock(path);
    if (!lock) {
      await systemClock.sleep(pauseMs, signal);
      continue;
    }
    try {
      return await task();
    } finally {
      await lock.release();
    }
  }
}

async function create(path: string): Promise<FileLock | undefined> {
  try {
    const file = await open(path, 'wx', 0o600);
    try {
      await file.writeFile(JSON.stringify(await identifyProcess(process.pid)));
    } finally {
      await file.close();
    }
    return {
      release: async () => {
        await rm(path, { force: true });
      },
    };
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return undefined;
    throw error;
  }
}

/** The process that holds a lock; undefined where none does, or it has just begun to take it. */
export async function lockHolder(path: string): Promise<ProcessIdentity | undefined> {
  const holder = await readHolder(path).catch(() => undefined);
  return holder && (await isSameProcess(holder)) ? holder : undefined;
}

async function isStale(path: string): Promise<boolean> {
  try {
    const holder = await readHolder(path);
    return !(holder && (await isSameProcess(holder)));
  } catch {
    // Gone, or not written yet.
    const file = await stat(path).catch(() => undefined);
    return file !== undefined && Date.now() - file.mtimeMs > writingMs;
  }
}

/** Rejects where the file is not JSON. */
async function readHolder(path: string): Promise<ProcessIdentity | undefined> {
  const holder: unknown = JSON.parse(await readFile(path, 'utf8'));
  if (typeof holder !== 'object' || holder === null || !('pid' in holder && 'started' in holder)) return undefined;
  const { pid, started } = holder;
  return typeof pid === 'number' && typeof started === 'string' ? { pid, started } : undefined;
}

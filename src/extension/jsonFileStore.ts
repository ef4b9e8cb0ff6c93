import { randomBytes } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { JsonFiles } from '../core/base/jsonFiles.ts';
import { UserError } from '../core/base/userError.ts';
import type { FileLock } from '../processes/fileLock.ts';

const extension = '.json';
/** What another window does under the lock takes milliseconds. */
const lockMs = 5_000;
const lockPauseMs = 20;

/**
 * Documents as files that only this user can read. A write is whole or not at all: a temporary file, flushed, then
 * renamed. A file that is not JSON is renamed to `<name>.json.corrupt-<random>` and told to `onSetAside`, so that
 * nothing is lost and work goes on with an empty document.
 */
export class JsonFileStore implements JsonFiles {
  readonly #writes = new Map<string, Promise<void>>();

  constructor(
    private readonly folder: string,
    private readonly onSetAside: (path: string) => void,
  ) {}

  async read(name: string): Promise<unknown> {
    await this.#writes.get(name)?.catch(() => undefined);
    return await this.#read(this.#path(name));
  }

  async #read(path: string): Promise<unknown> {
    let text: string;
    try {
      text = await readFile(path, 'utf8');
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw unusable(path, error);
    }
    try {
      return JSON.parse(text) as unknown;
    } catch {
      const aside = `${path}.corrupt-${randomBytes(4).toString('hex')}`;
      await rename(path, aside);
      this.onSetAside(aside);
      return undefined;
    }
  }

  async write(name: string, value: unknown): Promise<void> {
    const path = this.#path(name);
    await this.#inOrder(name, async () => await this.#write(path, value));
  }

  async update(name: string, change: (stored: unknown) => unknown): Promise<void> {
    const path = this.#path(name);
    await this.#inOrder(name, async () => {
      const lock = await this.#lock(path);
      try {
        await this.#write(path, change(await this.#read(path)));
      } finally {
        await lock?.release();
      }
    });
  }

  /** Undefined where a window that hangs has it: that must not keep the others from writing. */
  async #lock(path: string): Promise<FileLock | undefined> {
    const [{ tryFileLock }, { systemClock }] = await Promise.all([
      import('../processes/fileLock.ts'),
      import('../processes/systemClock.ts'),
    ]);
    try {
      await mkdir(this.folder, { recursive: true, mode: 0o700 });
      for (let waitedMs = 0; waitedMs < lockMs; waitedMs += lockPauseMs) {
        const lock = await tryFileLock(`${path}.lock`);
        if (lock) return lock;
        await systemClock.sleep(lockPauseMs);
      }
      return undefined;
    } catch (error) {
      throw unusable(path, error);
    }
  }

  async #write(path: string, value: unknown): Promise<void> {
    const temporary = `${path}.${randomBytes(6).toString('hex')}.tmp`;
    try {
      await mkdir(this.folder, { recursive: true, mode: 0o700 });
      const file = await open(temporary, 'wx', 0o600);
      try {
        await file.writeFile(JSON.stringify(value));
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(temporary, path);
    } catch (error) {
      await rm(temporary, { force: true }).catch(() => undefined);
      throw unusable(path, error);
    }
  }

  async remove(name: string): Promise<void> {
    const path = this.#path(name);
    await this.#inOrder(name, async () => {
      await rm(path, { force: true });
    });
  }

  async list(): Promise<readonly string[]> {
    try {
      const files = await readdir(this.folder);
      return files
        .filter((file) => file.endsWith(extension))
        .map((file) => file.slice(0, -extension.length))
        .sort();
    } catch (error) {
      if (isMissing(error)) return [];
      throw unusable(this.folder, error);
    }
  }

  async #inOrder(name: string, task: () => Promise<void>): Promise<void> {
    const before = this.#writes.get(name) ?? Promise.resolve();
    const mine = before.catch(() => undefined).then(task);
    this.#writes.set(name, mine);
    try {
      await mine;
    } finally {
      if (this.#writes.get(name) === mine) this.#writes.delete(name);
    }
  }

  #path(name: string): string {
    if (!/^[\w-][\w.-]*$/.test(name)) throw new RangeError(`Not a document name: ${name}`);
    return join(this.folder, `${name}${extension}`);
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

function unusable(path: string, cause: unknown): UserError {
  const reason = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown reason';
  return new UserError(
    'state-corrupt',
    `Sluice cannot use its file ${path} (${reason}).`,
    'Check free space and permissions of that folder.',
    { cause, file: path },
  );
}

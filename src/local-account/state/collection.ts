import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryEnding, writeDurably } from './durableFile.ts';
import { fileNameOf } from './fileName.ts';
import type { StateProblems } from './stateProblems.ts';

export interface CollectionOptions<T> {
  readonly folder: string;
  /** Whether what a file holds is an item; what is not, is set aside. */
  readonly check: (value: unknown) => value is T;
  readonly problems: StateProblems;
}

/**
 * Items by key, all in memory and each in a file of its own. Reads are immediate; `put` and `delete` resolve when the
 * disk has it, and take the change back where the disk refused.
 */
export class Collection<T> {
  readonly #items = new Map<string, T>();
  readonly #writes = new Map<string, Promise<void>>();
  /** Those of them that have not begun: they write whatever memory says then, also what came after them. */
  readonly #waiting = new Map<string, Promise<void>>();

  private constructor(private readonly folder: string) {}

  static async open<T>(options: CollectionOptions<T>): Promise<Collection<T>> {
    const collection = new Collection<T>(options.folder);
    await mkdir(options.folder, { recursive: true, mode: 0o700 });
    for (const name of (await readdir(options.folder)).sort()) {
      const path = join(options.folder, name);
      if (name.endsWith(temporaryEnding)) await rm(path, { force: true });
      else if (name.endsWith('.json')) await collection.#load(path, options);
    }
    return collection;
  }

  get(key: string): T | undefined {
    return this.#items.get(key);
  }

  has(key: string): boolean {
    return this.#items.has(key);
  }

  values(): readonly T[] {
    return [...this.#items.values()];
  }

  get size(): number {
    return this.#items.size;
  }

  async put(key: string, value: T): Promise<void> {
    const before = this.#items.get(key);
    this.#items.set(key, value);
    try {
      await this.#write(key);
    } catch (error) {
      if (this.#items.get(key) === value) {
        if (before === undefined) this.#items.delete(key);
        else this.#items.set(key, before);
      }
      throw error;
    }
  }

  async delete(key: string): Promise<boolean> {
    const before = this.#items.get(key);
    if (before === undefined) return false;
    this.#items.delete(key);
    try {
      await this.#write(key);
    } catch (error) {
      if (!this.#items.has(key)) this.#items.set(key, before);
      throw error;
    }
    return true;
  }

  /** Resolves when the disk has, or has refused, all that was changed before. */
  async flush(): Promise<void> {
    await Promise.allSettled(this.#writes.values());
  }

  /** Brings the file to what memory says, after the write that is under way. */
  async #write(key: string): Promise<void> {
    const waiting = this.#waiting.get(key);
    if (waiting) {
      await waiting;
      return;
    }
    const path = join(this.folder, `${fileNameOf(key)}.json`);
    const previous = this.#writes.get(key);
    const next = (previous ?? Promise.resolve())
      .catch(() => undefined)
      .then(async () => {
        this.#waiting.delete(key);
        const value = this.#items.get(key);
        if (value === undefined) await rm(path, { force: true });
        else await writeDurably(path, JSON.stringify({ key, value }));
      });
    this.#waiting.set(key, next);
    this.#writes.set(key, next);
    try {
      await next;
    } finally {
      if (this.#writes.get(key) === next) this.#writes.delete(key);
    }
  }

  async #load(path: string, options: CollectionOptions<T>): Promise<void> {
    try {
      const parsed: unknown = JSON.parse(await readFile(path, 'utf8'));
      if (typeof parsed === 'object' && parsed !== null && 'key' in parsed && 'value' in parsed) {
        if (typeof parsed.key === 'string' && options.check(parsed.value)) {
          this.#items.set(parsed.key, parsed.value);
          return;
        }
      }
      await options.problems.setAside(path, 'it does not hold what its folder is for');
    } catch (error) {
      await options.problems.setAside(path, error instanceof Error ? error.message : String(error));
    }
  }
}

import type { FileFacts } from './facts/facts.ts';
import { isIndexed, MAX_FILE_LENGTH, readFacts, type ReadParts } from './facts/readFacts.ts';
import type { WorkspacePath } from './workspaceFile.ts';

/** Where the files of a workspace come from. */
export interface WorkspaceFiles {
  /** Every file's path, at most as many as make sense; what tools make and keep may be left out. */
  list(signal: AbortSignal): Promise<readonly WorkspacePath[]>;
  /** Their texts in the order of the paths; undefined for what cannot be read, or is too large. */
  read(paths: readonly WorkspacePath[], signal: AbortSignal): Promise<readonly (string | undefined)[]>;
}

export interface IndexOptions {
  readonly files: WorkspaceFiles;
  /** Lets others work: comes back once they had their turn. */
  readonly pause: () => Promise<void>;
  /** What is known of the workspace changed, and nothing is left to read. */
  readonly onSettled: () => void;
}

/** How many units of text are looked at between two pauses; one file more at most, which has its own limit. */
export const SLICE_LENGTH = 128 * 1024;
/** How many files are asked for at once. */
export const BATCH = 64;

/**
 * What the files of a workspace have to do with one another, kept current as they change. It reads in slices, so that
 * whoever shares its thread is never kept waiting for more than `SLICE_LENGTH` units and the file they end in.
 */
export class WorkspaceIndex {
  readonly #facts = new Map<WorkspacePath, FileFacts>();
  readonly #paths = new Set<WorkspacePath>();
  readonly #pending = new Set<WorkspacePath>();
  /** Files whose text somebody else gives. */
  readonly #held = new Set<WorkspacePath>();
  #running: Promise<void> | undefined;
  #isListed = false;
  #isComplete = false;
  #version = 0;

  constructor(private readonly options: IndexOptions) {}

  get facts(): ReadonlyMap<WorkspacePath, FileFacts> {
    return this.#facts;
  }

  /** Every file that there is, also those that say nothing. */
  get paths(): ReadonlySet<WorkspacePath> {
    return this.#paths;
  }

  /** Another one after every change. */
  get version(): number {
    return this.#version;
  }

  /** Whether every file has been read once: before that, nothing can be called missing. */
  get isComplete(): boolean {
    return this.#isComplete;
  }

  /** Reads the whole workspace anew. */
  async readAll(signal: AbortSignal): Promise<void> {
    const listed = (await this.options.files.list(signal)).filter(isIndexed);
    const there = new Set(listed);
    for (const path of this.#paths) if (!there.has(path) && !this.#held.has(path)) this.#drop(path);
    for (const path of listed) {
      this.#paths.add(path);
      if (!this.#held.has(path)) this.#pending.add(path);
    }
    this.#isListed = true;
    await this.#run(signal);
  }

  /** A file was made or changed on disk. */
  async onChanged(paths: readonly WorkspacePath[], signal: AbortSignal): Promise<void> {
    for (const path of paths) {
      if (!isIndexed(path)) continue;
      this.#paths.add(path);
      if (!this.#held.has(path)) this.#pending.add(path);
    }
    await this.#run(signal);
  }

  /** A folder came or was replaced: it holds these files now, and what was known to be in it and is not listed is gone. */
  async onFolder(folder: WorkspacePath, paths: readonly WorkspacePath[], signal: AbortSignal): Promise<void> {
    const there = new Set(paths);
    const gone = [...this.#paths].filter(
      (path) => path.startsWith(`${folder}/`) && !there.has(path) && !this.#held.has(path),
    );
    for (const path of gone) this.#drop(path);
    await this.onChanged(paths, signal);
  }

  /** Files, or folders with all that is in them, are gone. */
  onDeleted(paths: readonly WorkspacePath[]): void {
    let isChanged = false;
    for (const gone of paths) {
      for (const path of this.#paths) {
        if (path !== gone && !path.startsWith(`${gone}/`)) continue;
        this.#drop(path);
        isChanged = true;
      }
    }
    if (isChanged && this.isComplete) this.options.onSettled();
  }

  /** The text of a file as an editor has it, which counts until `release`. */
  hold(path: WorkspacePath, text: string, parts?: ReadParts): void {
    this.#held.add(path);
    this.#pending.delete(path);
    this.#paths.add(path);
    this.#put(path, text, parts);
  }

  /** The editor closed it: what is on disk counts again. */
  async release(path: WorkspacePath, signal: AbortSignal): Promise<void> {
    if (this.#held.delete(path)) await this.onChanged([path], signal);
  }

  async #run(signal: AbortSignal): Promise<void> {
    this.#running ??= this.#readPending(signal).finally(() => (this.#running = undefined));
    await this.#running;
  }

  async #readPending(signal: AbortSignal): Promise<void> {
    let length = 0;
    while (this.#pending.size > 0) {
      signal.throwIfAborted();
      const paths = [...this.#pending].slice(0, BATCH);
      const texts = await this.options.files.read(paths, signal);
      for (const [at, path] of paths.entries()) {
        // It may have been opened, or have gone, while it was read.
        if (!this.#pending.delete(path)) continue;
        const text = texts[at];
        if (text === undefined || text.length > MAX_FILE_LENGTH) {
          this.#forget(path);
          continue;
        }
        this.#put(path, text);
        length += text.length;
        if (length < SLICE_LENGTH) continue;
        length = 0;
        await this.options.pause();
        signal.throwIfAborted();
      }
    }
    if (!this.#isListed) return;
    this.#isComplete = true;
    this.options.onSettled();
  }

  #put(path: WorkspacePath, text: string, parts?: ReadParts): void {
    const facts = readFacts(path, text, parts);
    if (facts === undefined) this.#forget(path);
    else {
      this.#facts.set(path, facts);
      this.#version++;
    }
  }

  #forget(path: WorkspacePath): void {
    if (this.#facts.delete(path)) this.#version++;
  }

  #drop(path: WorkspacePath): void {
    this.#paths.delete(path);
    this.#pending.delete(path);
    this.#held.delete(path);
    this.#version++;
    this.#facts.delete(path);
  }
}

import { posix } from 'node:path';
import { EventEmitter, FileType, RelativePattern, workspace, type Event, type Uri } from 'vscode';
import type { Clock } from '../../core/base/clock.ts';
import { DisposableStore, type Disposable } from '../../core/base/disposable.ts';
import { FloodGauge } from '../../core/base/floodGauge.ts';
import { isMade, madeFolders } from './madeFolders.ts';

/** VS Code tells of 2,500 files in a second and keeps 30,000 back: what comes on top it never tells of. */
const flood = 1000;
const floodPauseMs = 2000;
/** So long after the last folder came its files are there as well, and VS Code watches it. */
const folderPauseMs = 500;
const maxFiles = 20_000;

/** A folder that came, or came anew, with all files that it holds now. */
export interface FoundFolder {
  readonly folder: Uri;
  readonly files: readonly Uri[];
}

/**
 * Files that VS Code does not tell of: a checkout or an unpacked archive changes so many at once that it leaves out
 * some, and of a folder that comes or goes with files in it (a copy, another branch) it often tells of the folder alone.
 */
export class MissedFiles implements Disposable {
  readonly #parts = new DisposableStore();
  readonly #missed = this.#parts.add(new EventEmitter<void>());
  readonly #found = this.#parts.add(new EventEmitter<readonly FoundFolder[]>());
  readonly #changed = this.#parts.add(new EventEmitter<void>());
  readonly #folders = new Map<string, Uri>();
  readonly #abort = new AbortController();

  /** Files may have come, changed and gone without a word of it: whoever keeps a list of files lists them anew. */
  readonly onDidMiss: Event<void> = this.#missed.event;

  /** Folders that came or were replaced, whether or not VS Code told of their files and of those that they held before. */
  readonly onDidFind: Event<readonly FoundFolder[]> = this.#found.event;

  /** Any of the two, or a folder may have gone: a list of files may be old. */
  readonly onDidChange: Event<void> = this.#changed.event;

  constructor(clock: Clock) {
    const { signal } = this.#abort;
    const all = new FloodGauge({ clock, flood, pauseMs: floodPauseMs, onEnd: () => this.#flooded() });
    const folders = new FloodGauge({ clock, flood: 1, pauseMs: folderPauseMs, onEnd: () => void this.#list() });
    const gone = new FloodGauge({ clock, flood: 1, pauseMs: folderPauseMs, onEnd: () => this.#changed.fire() });
    const files = this.#parts.add(workspace.createFileSystemWatcher('**'));
    for (const event of [files.onDidCreate, files.onDidChange, files.onDidDelete])
      this.#parts.add(event(() => all.add(signal)));
    const isWritten = (uri: Uri): boolean => !all.isFlood && !isMade(workspace.asRelativePath(uri, false));
    const look = (uri: Uri): void => {
      if (isWritten(uri)) void this.#look(uri, () => folders.add(signal));
    };
    this.#parts.add(files.onDidCreate(look));
    // One that goes and comes back at once is told of as changed.
    this.#parts.add(files.onDidChange(look));
    this.#parts.add(
      files.onDidDelete((uri) => {
        if (mayBeFolder(uri) && isWritten(uri)) gone.add(signal);
      }),
    );
  }

  dispose(): void {
    this.#abort.abort();
    this.#parts.dispose();
  }

  async #look(uri: Uri, onFolder: () => void): Promise<void> {
    try {
      const { type } = await workspace.fs.stat(uri);
      if ((type & FileType.Directory) === 0) return;
    } catch {
      // It is gone again.
      return;
    }
    this.#folders.set(uri.toString(), uri);
    onFolder();
  }

  async #list(): Promise<void> {
    const came = [...this.#folders.values()];
    this.#folders.clear();
    const isInside = (uri: Uri): boolean => came.some(({ path }) => uri.path.startsWith(`${path}/`));
    const found: FoundFolder[] = [];
    for (const folder of came.filter((uri) => !isInside(uri))) {
      const files = await workspace.findFiles(new RelativePattern(folder, '**'), madeFolders, maxFiles);
      if (files.length === maxFiles) this.#missed.fire();
      else found.push({ folder, files });
    }
    if (this.#abort.signal.aborted) return;
    this.#found.fire(found);
    this.#changed.fire();
  }

  #flooded(): void {
    this.#missed.fire();
    this.#changed.fire();
  }
}

/** Of what is gone nobody can tell any more. */
function mayBeFolder({ path }: Uri): boolean {
  return /^$|^\.\d+$/.test(posix.extname(path));
}

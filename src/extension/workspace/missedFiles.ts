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

/**
 * Files that VS Code does not tell of: a checkout or an unpacked archive changes so many at once that it leaves out
 * some, and of a folder that comes or goes with files in it (a copy, another branch) it often tells of the folder alone.
 */
export class MissedFiles implements Disposable {
  readonly #parts = new DisposableStore();
  readonly #missed = this.#parts.add(new EventEmitter<void>());
  readonly #found = this.#parts.add(new EventEmitter<readonly Uri[]>());
  readonly #changed = this.#parts.add(new EventEmitter<void>());
  readonly #folders = new Map<string, Uri>();
  readonly #abort = new AbortController();

  /** Files may have come, changed and gone without a word of it: whoever keeps a list of files lists them anew. */
  readonly onDidMiss: Event<void> = this.#missed.event;

  /** Files of folders that came, whether or not VS Code told of them. */
  readonly onDidFind: Event<readonly Uri[]> = this.#found.event;

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
    this.#parts.add(
      files.onDidCreate((uri) => {
        if (isWritten(uri)) void this.#look(uri, () => folders.add(signal));
      }),
    );
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
    const found: Uri[] = [];
    for (const folder of came.filter((uri) => !isInside(uri)))
      found.push(...(await workspace.findFiles(new RelativePattern(folder, '**'), madeFolders, maxFiles)));
    if (found.length === 0 || this.#abort.signal.aborted) return;
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

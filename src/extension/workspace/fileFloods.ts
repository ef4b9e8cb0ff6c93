import { EventEmitter, workspace, type Event } from 'vscode';
import type { Clock } from '../../core/base/clock.ts';
import { DisposableStore, type Disposable } from '../../core/base/disposable.ts';
import { FloodGauge } from '../../core/base/floodGauge.ts';

/** VS Code tells of 2,500 files in a second and keeps 30,000 back: what comes on top it never tells of. */
const flood = 1000;
const pauseMs = 2000;

/**
 * A checkout or an unpacked archive changes so many files at once that VS Code leaves out some: whoever keeps a list of
 * files lists them anew afterwards.
 */
export class FileFloods implements Disposable {
  readonly #parts = new DisposableStore();
  readonly #ended = this.#parts.add(new EventEmitter<void>());

  /** Many files changed, and it is quiet again. */
  readonly onDidEnd: Event<void> = this.#ended.event;

  constructor(clock: Clock) {
    const abort = new AbortController();
    const gauge = new FloodGauge({ clock, flood, pauseMs, onEnd: () => this.#ended.fire() });
    const files = this.#parts.add(workspace.createFileSystemWatcher('**'));
    for (const event of [files.onDidCreate, files.onDidChange, files.onDidDelete])
      this.#parts.add(event(() => gauge.add(abort.signal)));
    this.#parts.add({ dispose: () => abort.abort() });
  }

  dispose(): void {
    this.#parts.dispose();
  }
}

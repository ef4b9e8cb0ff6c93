import {
  Range,
  RelativePattern,
  type Uri,
  workspace,
  type TestController,
  type TestItem,
  type TestItemCollection,
} from 'vscode';
import { DisposableStore, type Disposable } from '../../core/base/disposable.ts';
import { findTests, type FoundTest } from '../../core/workspace/pytestFile.ts';
import type { Settings } from '../settings.ts';
import type { MissedFiles } from '../workspace/missedFiles.ts';
import { readWorkspaceText } from '../workspace/workspaceFiles.ts';
import { listTestFiles } from './testFiles.ts';
import { Turns } from './turns.ts';

/** A file is looked at again this long after the last key. */
const restMs = 400;

/** The tests of the workspace as the Testing view shows them, kept true while files change. */
export class TestTree implements Disposable {
  readonly #parts = new DisposableStore();
  readonly #turns = new Turns();
  /** Of documents that are being typed in, by their item. */
  readonly #timers = new Map<string, NodeJS.Timeout>();
  #watchers = new DisposableStore();

  constructor(
    private readonly controller: TestController,
    private readonly settings: Settings,
    missed: MissedFiles,
  ) {
    this.#parts.add(
      workspace.onDidChangeTextDocument(({ document }) => {
        const id = document.uri.toString();
        if (!controller.items.get(id)) return;
        clearTimeout(this.#timers.get(id));
        this.#timers.set(
          id,
          setTimeout(() => {
            this.#timers.delete(id);
            if (controller.items.get(id)) void this.#changed(document.uri);
          }, restMs),
        );
      }),
    );
    this.#parts.add({ dispose: () => this.#timers.forEach((timer) => clearTimeout(timer)) });
    const again = (): void => void this.scan();
    this.#parts.add(workspace.onDidChangeWorkspaceFolders(again));
    this.#parts.add(settings.onDidChange('tests.files', again));
    this.#parts.add(missed.onDidChange(again));
  }

  /** Looks through the workspace. */
  async scan(): Promise<void> {
    // Before its turn: what changes while it waits for it is news.
    this.#watch();
    await this.#turns.take('scan', async () => await this.#scan());
  }

  async #scan(): Promise<void> {
    const folders = workspace.workspaceFolders ?? [];
    const files = (await Promise.all(folders.map(async (folder) => await listTestFiles(this.settings, folder)))).flat();
    const ids = new Set(files.map(({ uri }) => uri.toString()));
    for (const [id] of this.controller.items) if (!ids.has(id)) this.controller.items.delete(id);
    for (const { uri, text } of files) this.#show(this.file(uri), text);
  }

  /** The item of a file, made where there was none. */
  file(uri: Uri): TestItem {
    const known = this.controller.items.get(uri.toString());
    if (known) return known;
    const item = this.controller.createTestItem(uri.toString(), workspace.asRelativePath(uri), uri);
    this.controller.items.add(item);
    return item;
  }

  /**
   * The item of a test by the names that pytest gives, made where there was none: parameters and inherited tests are known
   * only once pytest has run. One with parameters is below its function.
   */
  test(uri: Uri, names: readonly string[], line?: number): TestItem {
    let at = this.file(uri);
    for (const name of names) {
      const open = name.indexOf('[');
      const steps = open > 0 ? [name.slice(0, open), name] : [name];
      for (const step of steps) at = this.#child(at, step, line);
    }
    return at;
  }

  dispose(): void {
    this.#watchers.dispose();
    this.#parts.dispose();
  }

  #child(parent: TestItem, name: string, line: number | undefined): TestItem {
    const id = `${parent.id}::${name}`;
    const known = parent.children.get(id);
    if (known) return known;
    const { uri } = parent;
    const hasParameters = name.startsWith(`${parent.label}[`);
    const label = hasParameters ? name.slice(parent.label.length) : name;
    const item = this.controller.createTestItem(id, label, uri);
    if (hasParameters && parent.range) item.range = parent.range;
    else if (line !== undefined) item.range = new Range(line - 1, 0, line - 1, 0);
    parent.children.add(item);
    return item;
  }

  #show(item: TestItem, text: string): void {
    const tests = findTests(text);
    if (tests.length === 0) this.controller.items.delete(item.id);
    else this.#fill(item.children, item, tests);
  }

  #fill(children: TestItemCollection, parent: TestItem, tests: readonly FoundTest[]): void {
    const ids = new Set(tests.map(({ name }) => `${parent.id}::${name}`));
    for (const [id] of children) if (!ids.has(id)) children.delete(id);
    for (const { name, firstLine, lastLine, tests: inner } of tests) {
      const item = this.#child(parent, name, undefined);
      item.range = new Range(firstLine - 1, 0, lastLine - 1, 0);
      if (inner.length > 0) this.#fill(item.children, item, inner);
    }
  }

  /** Anew with each scan, as the folders and the setting are then. */
  #watch(): void {
    this.#watchers.dispose();
    this.#watchers = new DisposableStore();
    for (const folder of workspace.workspaceFolders ?? []) {
      for (const pattern of [...this.settings.get('tests.files', folder.uri), '**/conftest.py']) {
        const watcher = this.#watchers.add(workspace.createFileSystemWatcher(new RelativePattern(folder, pattern)));
        this.#watchers.add(watcher.onDidDelete((uri) => void this.#gone(uri)));
        for (const event of [watcher.onDidCreate, watcher.onDidChange]) {
          this.#watchers.add(event((uri) => void this.#changed(uri)));
        }
      }
    }
  }

  /** Now, and once more after a scan that may have listed the file before it went. */
  async #gone(uri: Uri): Promise<void> {
    const id = uri.toString();
    this.controller.items.delete(id);
    await this.#turns.take(`gone ${id}`, async () => {
      if ((await readWorkspaceText(uri)) === undefined) this.controller.items.delete(id);
    });
  }

  async #changed(uri: Uri): Promise<void> {
    const id = uri.toString();
    if (!this.controller.items.get(id)) {
      await this.#turns.take('scan', async () => await this.#scan());
      return;
    }
    await this.#turns.take(id, async () => {
      const text = await readWorkspaceText(uri);
      const item = this.controller.items.get(id);
      if (item && text !== undefined) this.#show(item, text);
    });
  }
}

import {
  EventEmitter,
  MarkdownString,
  ThemeColor,
  ThemeIcon,
  TreeItem,
  TreeItemCollapsibleState,
  window,
  type Event,
  type TreeDataProvider,
} from 'vscode';
import type { Clock } from '../../../core/base/clock.ts';
import { DisposableStore, type Disposable } from '../../../core/base/disposable.ts';
import { isTerminal, runKeyText } from '../../../core/runs/model.ts';
import type { RunSnapshot } from '../../../core/runs/snapshot.ts';
import { activeRuns, type RunStore } from '../../../core/runs/store.ts';
import { contextValue } from '../../itemFacts.ts';
import { escapeMarkdown } from '../../pipelines/presentMarkdown.ts';
import { presentRunFacts, presentRunRow, type RunRowContext } from './present.ts';

/** Changes of one run are drawn at most this often. */
const drawEveryMs = 250;

/** The Runs view of the side bar: what was started or watched here. Its rows keep their place while they change. */
export class RunsProvider implements TreeDataProvider<RunSnapshot>, Disposable {
  readonly #parts = new DisposableStore();
  readonly #changed = this.#parts.add(new EventEmitter<RunSnapshot[] | undefined>());
  readonly onDidChangeTreeData: Event<RunSnapshot[] | undefined> = this.#changed.event;
  readonly #end = new AbortController();
  readonly #due = new Set<RunSnapshot>();
  readonly #looks = new Map<string, Disposable>();
  #isDrawing = false;
  #isTicking = false;
  #isVisible = false;

  constructor(
    private readonly store: RunStore,
    private readonly clock: Clock,
    private readonly locale: string,
  ) {
    this.#parts.add(store.onDidChangeList(() => this.#listChanged()));
    this.#parts.add(store.onDidChange((run) => this.#runChanged(run)));
  }

  /** Puts the tree into the side bar. */
  show(): void {
    const view = this.#parts.add(window.createTreeView('sluice.runs', { treeDataProvider: this }));
    const changed = (visible: boolean): void => {
      this.#isVisible = visible;
      this.#watchActive();
      void this.#tick();
    };
    changed(view.visible);
    this.#parts.add(view.onDidChangeVisibility(({ visible }) => changed(visible)));
  }

  getChildren(run?: RunSnapshot): RunSnapshot[] {
    return run ? [] : [...this.store.list()];
  }

  getTreeItem(run: RunSnapshot): TreeItem {
    const row = presentRunRow(run, this.#context());
    const item = new TreeItem(row.label, TreeItemCollapsibleState.None);
    item.id = runKeyText(run.key);
    item.description = row.description;
    item.iconPath = new ThemeIcon(
      row.icon.id,
      row.icon.color === undefined ? undefined : new ThemeColor(row.icon.color),
    );
    item.contextValue = contextValue(...row.facts);
    item.command = { command: 'sluice.openRun', title: 'Open Run', arguments: [run.key] };
    item.accessibilityInformation = { label: row.accessibleLabel };
    return item;
  }

  resolveTreeItem(item: TreeItem, run: RunSnapshot): TreeItem {
    const lines = presentRunFacts(run, this.#context()).map(
      ([label, value]) => `**${label}** ${escapeMarkdown(value)}`,
    );
    item.tooltip = new MarkdownString(lines.join('  \n'));
    return item;
  }

  dispose(): void {
    this.#end.abort();
    for (const look of this.#looks.values()) look.dispose();
    this.#parts.dispose();
  }

  #context(): RunRowContext {
    return { nowMs: this.clock.now(), locale: this.locale };
  }

  #listChanged(): void {
    this.#changed.fire(undefined);
    this.#watchActive();
    void this.#tick();
  }

  #runChanged(run: RunSnapshot): void {
    this.#due.add(run);
    void this.#draw();
    if (isTerminal(run.outcome.state)) this.#watchActive();
  }

  async #draw(): Promise<void> {
    if (this.#isDrawing) return;
    this.#isDrawing = true;
    try {
      await this.clock.sleep(drawEveryMs, this.#end.signal);
      const due = [...this.#due];
      this.#due.clear();
      this.#changed.fire(due);
    } catch {
      // The view is gone.
    } finally {
      this.#isDrawing = false;
    }
  }

  /** A clock stands on rows of running runs only, and only while the view is seen. */
  async #tick(): Promise<void> {
    if (this.#isTicking) return;
    this.#isTicking = true;
    try {
      for (;;) {
        const active = activeRuns(this.store);
        if (!this.#isVisible || active.length === 0) return;
        await this.clock.sleep(1_000, this.#end.signal);
        this.#changed.fire([...activeRuns(this.store)]);
      }
    } catch {
      // The view is gone.
    } finally {
      this.#isTicking = false;
    }
  }

  /** Whoever looks at the view wants its running rows to be true. */
  #watchActive(): void {
    const wanted = new Map(this.#isVisible ? activeRuns(this.store).map((run) => [runKeyText(run.key), run.key]) : []);
    for (const [id, look] of this.#looks) {
      if (wanted.has(id)) continue;
      look.dispose();
      this.#looks.delete(id);
    }
    for (const [id, key] of wanted) {
      if (!this.#looks.has(id))
        this.#looks.set(
          id,
          this.store.observe(key, () => undefined),
        );
    }
  }
}

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
import { DisposableStore, type Disposable } from '../../core/base/disposable.ts';
import { contextValue } from '../itemFacts.ts';
import type { Pipelines } from './loadPipelines.ts';
import type { PipelineNode } from './node.ts';
import { presentNode, type PresentContext, type Row } from './present.ts';
import { tooltipCommands } from './presentMarkdown.ts';

const collapsible = {
  no: TreeItemCollapsibleState.None,
  closed: TreeItemCollapsibleState.Collapsed,
  open: TreeItemCollapsibleState.Expanded,
} satisfies Record<Row['collapsible'], TreeItemCollapsibleState>;

/** What rows are written with at the moment they are drawn. */
export type MakeContext = () => PresentContext;

/** The Pipelines view of the side bar. */
export class PipelinesProvider implements TreeDataProvider<PipelineNode>, Disposable {
  readonly #parts = new DisposableStore();
  readonly #changed = this.#parts.add(new EventEmitter<PipelineNode[] | undefined>());
  readonly onDidChangeTreeData: Event<PipelineNode[] | undefined> = this.#changed.event;

  constructor(
    private readonly pipelines: Pipelines,
    private readonly makeContext: MakeContext,
  ) {
    this.#parts.add(pipelines.onDidChange((nodes) => this.#changed.fire(nodes && [...nodes])));
  }

  /** Puts the tree into the side bar. */
  show(): void {
    const view = this.#parts.add(
      window.createTreeView('sluice.pipelines', { treeDataProvider: this, showCollapseAll: true }),
    );
    this.pipelines.visible = view.visible;
    this.#parts.add(view.onDidChangeVisibility(({ visible }) => (this.pipelines.visible = visible)));
  }

  getTreeItem(node: PipelineNode): TreeItem {
    const row = presentNode(node, this.makeContext());
    const item = new TreeItem(row.label, collapsible[row.collapsible]);
    item.id = node.id;
    item.description = row.description ?? '';
    if (row.icon)
      item.iconPath = new ThemeIcon(row.icon.id, row.icon.color ? new ThemeColor(row.icon.color) : undefined);
    if (row.tooltip !== undefined) item.tooltip = row.tooltip;
    item.contextValue = contextValue(...row.facts);
    if (row.command) {
      const { id: command, title } = row.command;
      item.command = { command, title, arguments: [node.kind === 'run' ? node.run.key : node] };
    }
    if (row.accessibleLabel !== undefined) item.accessibilityInformation = { label: row.accessibleLabel };
    return item;
  }

  async getChildren(node?: PipelineNode): Promise<PipelineNode[]> {
    return [...(await this.pipelines.children(node))];
  }

  getParent(node: PipelineNode): PipelineNode | undefined {
    return this.pipelines.parent(node);
  }

  /** VS Code asks when the pointer rests on a row. */
  async resolveTreeItem(item: TreeItem, node: PipelineNode): Promise<TreeItem> {
    if (node.kind === 'item') await this.pipelines.ensureState(node);
    const { presentTooltip } = await import('./presentTooltip.ts');
    const text = presentTooltip(node, this.pipelines.accountIdOf(node), this.makeContext());
    if (text === undefined) return item;
    const markdown = new MarkdownString(text, true);
    markdown.isTrusted = { enabledCommands: [...tooltipCommands] };
    item.tooltip = markdown;
    return item;
  }

  dispose(): void {
    this.#parts.dispose();
  }
}

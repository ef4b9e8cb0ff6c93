import * as vscode from 'vscode';
import type { Disposable } from '../../core/base/disposable.ts';
import type { GraphPanel, GraphPanelOptions } from './panel.ts';
import type { ToGraph } from './protocol.ts';

/** One graph for each definition. */
export class GraphPanels implements Disposable {
  readonly #open = new Map<string, GraphPanel>();

  constructor(private readonly options: GraphPanelOptions) {}

  /** Shows the graph of a document's definition, of several the one at `index`, beside its editor, which keeps the focus. */
  async show(document: vscode.TextDocument, index = 0, title = ''): Promise<void> {
    const { GraphPanel } = await import('./panel.ts');
    const id = `${index} ${document.uri.toString()}`;
    const known = this.#open.get(id);
    if (known) {
      known.reveal();
      return;
    }
    const name = title === '' ? (document.uri.path.split('/').at(-1) ?? '') : title;
    const panel = vscode.window.createWebviewPanel(
      'sluiceGraph',
      `Graph: ${name}`,
      { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true },
      {
        enableScripts: true,
        retainContextWhenHidden: true,
        localResourceRoots: ['dist', 'media'].map((folder) => vscode.Uri.joinPath(this.options.extensionUri, folder)),
      },
    );
    const graph = new GraphPanel({ document, index }, panel, this.options);
    this.#open.set(id, graph);
    panel.onDidDispose(() => {
      this.#open.delete(id);
      graph.dispose();
    });
  }

  /** Sends a message to the graph that has the focus; false where none has. */
  sendToActive(message: ToGraph): boolean {
    const active = [...this.#open.values()].find(({ isActive }) => isActive);
    active?.send(message);
    return active !== undefined;
  }

  dispose(): void {
    for (const graph of [...this.#open.values()]) graph.dispose();
  }
}

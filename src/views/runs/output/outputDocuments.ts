import { Uri, window, workspace, type TextDocumentContentProvider } from 'vscode';
import type { Clock } from '../../../core/base/clock.ts';
import { DisposableStore, type Disposable } from '../../../core/base/disposable.ts';
import { formatStart } from '../../../core/runs/format.ts';

const scheme = 'sluice-output';
/** A tab that VS Code brings back after a reload. Valid JSON, as the document's language is. */
const notKept = '"The output was not kept over the reload. Run it again to see it."\n';

/** Read-only documents with the output of Express executions, which nobody keeps: each lives as long as its tab. */
export class OutputDocuments implements TextDocumentContentProvider, Disposable {
  readonly #parts = new DisposableStore();
  readonly #texts = new Map<string, string>();
  #count = 0;

  constructor(private readonly clock: Clock) {
    this.#parts.add(workspace.registerTextDocumentContentProvider(scheme, this));
    this.#parts.add(workspace.onDidCloseTextDocument(({ uri }) => this.#texts.delete(uri.toString())));
  }

  /** Opens the output of an execution of the state machine `name`. */
  async show(name: string, json: string): Promise<void> {
    const nowMs = this.clock.now();
    const path = `/${name} output ${formatStart(nowMs, nowMs).replaceAll(':', '-')}.json`;
    this.#count += 1;
    const uri = Uri.from({ scheme, path, query: String(this.#count) });
    this.#texts.set(uri.toString(), pretty(json));
    await window.showTextDocument(await workspace.openTextDocument(uri), { preview: true });
  }

  provideTextDocumentContent(uri: Uri): string {
    return this.#texts.get(uri.toString()) ?? notKept;
  }

  dispose(): void {
    this.#parts.dispose();
    this.#texts.clear();
  }
}

function pretty(json: string): string {
  try {
    return `${JSON.stringify(JSON.parse(json), undefined, 2)}\n`;
  } catch {
    return json;
  }
}

import { Uri, ViewColumn, window, workspace, type TextDocumentContentProvider } from 'vscode';
import type { Clock } from '../../../core/base/clock.ts';
import { DisposableStore, type Disposable } from '../../../core/base/disposable.ts';
import { formatStart } from '../../../core/runs/format.ts';

const scheme = 'sluice-output';
/** A tab that VS Code brings back after a reload. Valid JSON, as the document's language is. */
const notKept = '"The output was not kept over the reload. Run it again to see it."\n';
const testNotKept = 'The result was not kept over the reload. Test the state again to see it.\n';

/**
 * Read-only documents with what nobody keeps: the output of Express executions, and what came of tests of states. Each
 * lives as long as its tab.
 */
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
    const uri = this.#add(`${name} output`, '.json', pretty(json));
    await window.showTextDocument(await workspace.openTextDocument(uri), { preview: true });
  }

  /** Opens what came of a test of the state `name`, beside the editor and without taking the focus. */
  async showTest(name: string, markdown: string): Promise<void> {
    const uri = this.#add(`${name} test`, '.md', markdown);
    const options = { viewColumn: ViewColumn.Beside, preserveFocus: true, preview: true };
    await window.showTextDocument(await workspace.openTextDocument(uri), options);
  }

  #add(title: string, extension: string, text: string): Uri {
    const nowMs = this.clock.now();
    // State names may hold slashes.
    const path = `/${title.replaceAll('/', '-')} ${formatStart(nowMs, nowMs).replaceAll(':', '-')}${extension}`;
    this.#count += 1;
    const uri = Uri.from({ scheme, path, query: String(this.#count) });
    this.#texts.set(uri.toString(), text);
    return uri;
  }

  provideTextDocumentContent(uri: Uri): string {
    return this.#texts.get(uri.toString()) ?? (uri.path.endsWith('.md') ? testNotKept : notKept);
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

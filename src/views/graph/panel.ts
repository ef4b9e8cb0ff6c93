import * as vscode from 'vscode';
import { randomBytes } from 'node:crypto';
import { posix } from 'node:path';
import type { Clock } from '../../core/base/clock.ts';
import { DisposableStore, type Disposable } from '../../core/base/disposable.ts';
import type { Log } from '../../core/base/log.ts';
import { isAbort, toUserError } from '../../core/base/userError.ts';
import type { RunSnapshot } from '../../core/runs/snapshot.ts';
import type { GlueSource } from '../../core/glue/index.ts';
import type { Picture } from './loadPicture.ts';
import { presentMarks } from './presentMarks.ts';
import { presentPage } from './presentPage.ts';
import { parseFromGraph, type FromGraph, type ToGraph } from './protocol.ts';

export interface GraphPanelOptions {
  readonly extensionUri: vscode.Uri;
  readonly clock: Clock;
  readonly log: Log;
  /** The run that a definition shows now. */
  readonly runOf: (document: vscode.TextDocument) => RunSnapshot | undefined;
  /** Something about runs changed. */
  readonly onDidChangeRuns: (listener: () => void) => Disposable;
  readonly showError: (message: string) => void;
  /** Files that may describe parts of a Glue workflow of this one. */
  readonly siblings: (document: vscode.TextDocument) => Promise<readonly GlueSource[]>;
}

/** A document, and which of its definitions. */
export interface ShownDefinition {
  readonly document: vscode.TextDocument;
  readonly index: number;
}

/** Keystrokes within this time are one change of the picture. */
const settleMs = 120;

/** The graph of one definition beside its editor: follows text, cursor and run until one of the two is closed. */
export class GraphPanel implements Disposable {
  readonly #parts = new DisposableStore();
  readonly #ended = new AbortController();
  private readonly document: vscode.TextDocument;
  private readonly index: number;
  #picture: Picture | undefined;
  #isDrawing = false;
  #isOutdated = false;

  constructor(
    { document, index }: ShownDefinition,
    private readonly panel: vscode.WebviewPanel,
    private readonly options: GraphPanelOptions,
  ) {
    this.document = document;
    this.index = index;
    const { webview } = panel;
    const file = (...path: string[]): string =>
      webview.asWebviewUri(vscode.Uri.joinPath(options.extensionUri, ...path)).toString();
    const isOurs = (other: vscode.TextDocument): boolean => other.uri.toString() === document.uri.toString();
    this.#parts.add(webview.onDidReceiveMessage((message) => this.#receive(message)));
    this.#parts.add(
      vscode.workspace.onDidChangeTextDocument((event) => {
        const isPart = this.#picture?.others.has(event.document.uri.toString()) === true;
        if (isOurs(event.document) || isPart) void this.#draw();
      }),
    );
    this.#parts.add(
      vscode.window.onDidChangeTextEditorSelection(({ textEditor, selections }) => {
        if (isOurs(textEditor.document))
          this.#follow(textEditor.document.offsetAt(selections[0]?.active ?? new vscode.Position(0, 0)));
      }),
    );
    this.#parts.add(options.onDidChangeRuns(() => this.#showRun()));
    webview.html = presentPage({
      cspSource: webview.cspSource,
      nonce: randomBytes(16).toString('hex'),
      script: file('dist', 'webview', 'graph.js'),
      style: file('media', 'graph.css'),
      worker: file('dist', 'webview', 'layoutWorker.js'),
    });
  }

  get isActive(): boolean {
    return this.panel.active;
  }

  send(message: ToGraph): void {
    void this.panel.webview.postMessage(message);
  }

  reveal(): void {
    this.panel.reveal(undefined, true);
  }

  dispose(): void {
    this.#ended.abort();
    this.#parts.dispose();
    this.panel.dispose();
  }

  #receive(value: unknown): void {
    const message = parseFromGraph(value);
    if (!message) return;
    this.#act(message).catch((error: unknown) => {
      if (isAbort(error)) return;
      this.options.log.error(new Error('The graph could not do what was asked', { cause: error }));
      this.options.showError(toUserError(error).message);
    });
  }

  async #act(message: FromGraph): Promise<void> {
    switch (message.kind) {
      case 'ready':
        await this.#draw();
        break;
      case 'reveal':
        await this.#show(message);
        break;
      case 'exported':
        await this.#save(message.format, message.base64);
        break;
      case 'failed':
        this.options.showError(`The graph could not be drawn: ${message.message}`);
        break;
    }
  }

  /** One drawing at a time; what changed meanwhile is drawn next. */
  async #draw(): Promise<void> {
    this.#isOutdated = true;
    if (this.#isDrawing) return;
    this.#isDrawing = true;
    try {
      const { loadPicture } = await import('./loadPicture.ts');
      while (this.#isOutdated && !this.#ended.signal.aborted) {
        this.#isOutdated = false;
        const { document } = this;
        const { languageId, fileName } = document;
        const siblings = async (): Promise<readonly GlueSource[]> => await this.options.siblings(document);
        const source = { text: document.getText(), uri: document.uri.toString(), languageId, fileName, siblings };
        const picture = await loadPicture(source, this.index);
        if (picture.graph.states.length > 0 || !this.#picture) this.#picture = picture;
        const isStale = picture !== this.#picture || picture.isBroken;
        if (this.#picture.graph.states.length > 0) this.send({ kind: 'graph', graph: this.#picture.graph, isStale });
        else
          this.send({
            kind: 'empty',
            message: 'There is nothing to draw yet. The graph appears with the first state or trigger.',
          });
        this.#showRun();
        await this.options.clock.sleep(settleMs, this.#ended.signal);
      }
    } catch (error) {
      if (!isAbort(error)) throw error;
    } finally {
      this.#isDrawing = false;
    }
  }

  #follow(offset: number): void {
    this.send({ kind: 'cursor', id: this.#picture?.stateAt(offset) });
  }

  #showRun(): void {
    const run = this.options.runOf(this.document);
    this.send({ kind: 'run', marks: run ? presentMarks(run) : {} });
  }

  async #show({ start, end, uri }: Extract<FromGraph, { kind: 'reveal' }>): Promise<void> {
    const isElsewhere = uri !== undefined && this.#picture?.others.has(uri) === true;
    const target = isElsewhere ? await vscode.workspace.openTextDocument(vscode.Uri.parse(uri)) : this.document;
    const beside = vscode.window.visibleTextEditors.find(({ document }) => document === this.document);
    const editor = await vscode.window.showTextDocument(target, {
      viewColumn: beside?.viewColumn ?? vscode.ViewColumn.One,
      preserveFocus: true,
    });
    const at = target.positionAt(start);
    editor.selection = new vscode.Selection(at, at);
    editor.revealRange(
      new vscode.Range(at, target.positionAt(end)),
      vscode.TextEditorRevealType.InCenterIfOutsideViewport,
    );
  }

  async #save(format: 'svg' | 'png', base64: string): Promise<void> {
    const name = posix.basename(this.document.uri.path).replace(/(?:\.asl)?(?:\.json|\.ya?ml)?$/i, '');
    const folder = vscode.Uri.joinPath(this.document.uri, '..');
    const target = await vscode.window.showSaveDialog({
      ...(this.document.uri.scheme === 'file' && { defaultUri: vscode.Uri.joinPath(folder, `${name}.${format}`) }),
      filters: { [format.toUpperCase()]: [format] },
      title: 'Save Graph',
    });
    if (target) await vscode.workspace.fs.writeFile(target, Buffer.from(base64, 'base64'));
  }
}

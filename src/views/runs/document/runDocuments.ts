import * as vscode from 'vscode';
import type { Clock } from '../../../core/base/clock.ts';
import { DisposableStore, type Disposable } from '../../../core/base/disposable.ts';
import type { Log } from '../../../core/base/log.ts';
import { connectionLabel, parseConnectionId } from '../../../core/connections/connection.ts';
import type { RunKey } from '../../../core/runs/model.ts';
import { runTitle } from '../../../core/runs/runTitle.ts';
import type { RunSnapshot } from '../../../core/runs/snapshot.ts';
import type { RunStore } from '../../../core/runs/store.ts';
import { formatStart } from '../../../core/runs/format.ts';
import { EditorDocument } from './editorDocument.ts';
import { DocumentWriter } from './documentWriter.ts';
import { isFiltering, noFilter, type RunFilter } from './presentFilter.ts';
import { RunText } from './presentText.ts';
import type { DocumentLimits } from './presentParts.ts';
import { parseRunAddress, runAddress, runScheme } from './presentUri.ts';

/** A constant time and size: with others VS Code reads the text again whenever the tab is shown. */
const constantStat = {
  type: vscode.FileType.File,
  ctime: 0,
  mtime: 1,
  size: 1,
  permissions: vscode.FilePermission.Readonly,
};

interface OpenRun {
  readonly key: RunKey;
  readonly part: number;
  readonly uri: vscode.Uri;
  readonly writer: DocumentWriter;
  filter: RunFilter;
  generation: number;
  mtime: number;
  parts?: Disposable;
}

export interface RunDocumentsPorts {
  readonly store: RunStore;
  /** Settles when the runs of earlier sessions are known. */
  readonly restored: Promise<void>;
  readonly clock: Clock;
  readonly log: Log;
  /** By default that of run documents. */
  readonly scheme?: string;
  /** By default what an editor bears. */
  readonly limits?: DocumentLimits;
  /** By default the workspace's. */
  readonly applyEdit?: (edit: vscode.WorkspaceEdit) => PromiseLike<boolean>;
}

/**
 * The documents of runs: read-only files that grow by edits of their own. A document follows its run while it is open;
 * what it shows is in `textOf` for whoever colours, folds and links it.
 */
export class RunDocuments implements vscode.FileSystemProvider, Disposable {
  readonly #open = new Map<string, OpenRun>();
  readonly #parts = new DisposableStore();
  #isDisposed = false;
  readonly #changes = this.#parts.add(new vscode.EventEmitter<vscode.FileChangeEvent[]>());
  readonly #grown = this.#parts.add(new vscode.EventEmitter<vscode.Uri>());
  readonly onDidChangeFile = this.#changes.event;
  /** A document has other lines than before. */
  readonly onDidGrow = this.#grown.event;

  constructor(private readonly ports: RunDocumentsPorts) {
    this.#parts.add(
      vscode.workspace.registerFileSystemProvider(this.#scheme, this, { isReadonly: true, isCaseSensitive: true }),
    );
    this.#parts.add(vscode.workspace.onDidOpenTextDocument((document) => this.#begin(document)));
    this.#parts.add(vscode.workspace.onDidCloseTextDocument((document) => this.#end(document.uri)));
    void this.#adopt();
  }

  get #scheme(): string {
    return this.ports.scheme ?? runScheme;
  }

  /** Address of a run's document; `part` counts from 1. */
  uriOf(key: RunKey, part = 1): vscode.Uri {
    const open = [...this.#open.values()].find(
      (each) => each.key.id === key.id && each.key.connectionId === key.connectionId && each.part === part,
    );
    if (open) return open.uri;
    const { store, clock } = this.ports;
    const startedMs = store.snapshot(key)?.outcome.startedMs;
    const title = runTitle(key) + (startedMs === undefined ? '' : ` ${formatStart(startedMs, clock.now())}`);
    return vscode.Uri.from({ scheme: this.#scheme, ...runAddress(key, title, part) });
  }

  /** Opens a run's document at its end so that it follows, or a further part at its beginning. */
  async show(key: RunKey, options: vscode.TextDocumentShowOptions = {}, part = 1): Promise<vscode.TextEditor> {
    const document = await vscode.workspace.openTextDocument(this.uriOf(key, part));
    const editor = await vscode.window.showTextDocument(document, { preview: false, ...options });
    if (part > 1) return editor;
    const end = document.lineAt(document.lineCount - 1).range;
    editor.revealRange(end, vscode.TextEditorRevealType.Default);
    return editor;
  }

  /** Run and text of an open document. */
  runOf(
    uri: vscode.Uri,
  ): { readonly run: RunSnapshot; readonly text: RunText; readonly filter: RunFilter } | undefined {
    const open = this.#open.get(uri.toString());
    return open && { run: open.writer.text.run, text: open.writer.text, filter: open.filter };
  }

  /** Whether somebody sees the run's document. */
  isVisible(key: RunKey): boolean {
    return vscode.window.visibleTextEditors.some(
      ({ document }) => this.#open.get(document.uri.toString())?.key.id === key.id,
    );
  }

  setFilter(uri: vscode.Uri, filter: RunFilter): void {
    const open = this.#open.get(uri.toString());
    if (!open) return;
    open.filter = isFiltering(filter) ? filter : noFilter;
    open.writer.show(this.#text(open, open.filter));
  }

  stat(uri: vscode.Uri): vscode.FileStat {
    if (!parseRunAddress(uri)) throw vscode.FileSystemError.FileNotFound(uri);
    const mtime = this.#open.get(uri.toString())?.mtime ?? constantStat.mtime;
    return { ...constantStat, mtime };
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    await this.ports.restored;
    return new TextEncoder().encode(this.#opened(uri).writer.read());
  }

  watch(): Disposable {
    return { dispose: () => undefined };
  }

  readDirectory(): [string, vscode.FileType][] {
    return [];
  }

  createDirectory(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  writeFile(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  delete(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  rename(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  dispose(): void {
    this.#isDisposed = true;
    for (const open of this.#open.values()) open.parts?.dispose();
    this.#open.clear();
    this.#parts.dispose();
  }

  #opened(uri: vscode.Uri): OpenRun {
    const known = this.#open.get(uri.toString());
    if (known) return known;
    const address = parseRunAddress(uri);
    if (!address) throw vscode.FileSystemError.FileNotFound(uri);
    const text = this.#text(address, noFilter);
    const open: OpenRun = {
      ...address,
      uri,
      writer: new DocumentWriter(text, this.ports.clock),
      filter: noFilter,
      generation: text.run.generation,
      mtime: constantStat.mtime,
    };
    this.#open.set(uri.toString(), open);
    return open;
  }

  #text({ key, part }: Pick<OpenRun, 'key' | 'part'>, filter: RunFilter): RunText {
    const { store, limits } = this.ports;
    const run = store.snapshot(key) ?? store.track(key, { startedByUser: false });
    return new RunText(run, placeLabel(key), {
      filter,
      part,
      ...(limits && { limits }),
      format: { locale: vscode.env.language },
    });
  }

  /** Where the extensions alone were started again, as after an update, documents are open that nobody tells of. */
  async #adopt(): Promise<void> {
    await this.ports.restored;
    if (this.#isDisposed) return;
    for (const document of vscode.workspace.textDocuments) this.#begin(document);
  }

  #begin(document: vscode.TextDocument): void {
    const { uri } = document;
    if (uri.scheme !== this.#scheme || !parseRunAddress(uri)) return;
    const open = this.#opened(uri);
    if (open.parts) return;
    const parts = new DisposableStore();
    open.parts = parts;
    const end = new AbortController();
    parts.add({ dispose: () => end.abort() });
    const editor = parts.add(
      new EditorDocument(document, {
        applied: () => this.#grown.fire(uri),
        reread: () => {
          open.mtime += 1;
          this.#changes.fire([{ type: vscode.FileChangeType.Changed, uri }]);
        },
        applyEdit: this.ports.applyEdit ?? (async (edit) => await vscode.workspace.applyEdit(edit)),
      }),
    );
    void open.writer.write(editor, end.signal).catch((error: unknown) => {
      this.ports.log.error(new Error('A run document stopped growing.', { cause: error }));
    });
    parts.add(this.ports.store.observe(open.key, (run) => this.#changed(open, run), { logs: true }));
    this.#changed(open, open.writer.text.run);
  }

  #changed(open: OpenRun, run: RunSnapshot): void {
    if (run.generation === open.generation && run === open.writer.text.run) open.writer.poke();
    else {
      open.generation = run.generation;
      open.writer.show(this.#text(open, open.filter));
    }
  }

  #end(uri: vscode.Uri): void {
    const open = this.#open.get(uri.toString());
    if (!open) return;
    this.#open.delete(uri.toString());
    open.parts?.dispose();
  }
}

/** Where it runs: a connection, or this machine with the account whose data it sees. */
function placeLabel({ kind, connectionId }: RunKey): string {
  const connection = parseConnectionId(connectionId);
  const label = connection ? connectionLabel(connection) : connectionId;
  if (kind !== 'localRun') return label;
  return connection ? `on this machine with ${label}` : 'on this machine without AWS';
}

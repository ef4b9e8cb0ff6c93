import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../../core/base/disposable.ts';
import type { LineEdit, OpenDocument } from './documentWriter.ts';

/** A document of VS Code as the writer sees it. Edits by code pass although the document is read-only for the user. */
export class EditorDocument implements OpenDocument, Disposable {
  #isDisposed = false;
  /** Editors that follow, with the first line that was last seen in them. */
  readonly #following = new WeakMap<vscode.TextEditor, number>();
  readonly #parts = new DisposableStore();
  #wasVisible: boolean;
  /** Whether an editor followed when the document was last seen. */
  #wasFollowed = false;
  /** Editors that follow when the editor has read the text anew. */
  #rereading: readonly vscode.TextEditor[] | undefined;

  constructor(
    private readonly document: vscode.TextDocument,
    private readonly ports: {
      readonly applied: () => void;
      readonly reread: () => void;
      readonly applyEdit: (edit: vscode.WorkspaceEdit) => PromiseLike<boolean>;
    },
  ) {
    this.#wasVisible = this.isVisible;
    this.#parts.add(
      vscode.window.onDidChangeTextEditorVisibleRanges(({ textEditor }) => {
        if (textEditor.document === document) this.#isFollowing(textEditor);
      }),
    );
    this.#parts.add(vscode.window.onDidChangeVisibleTextEditors(() => this.#resume()));
    this.#parts.add(
      vscode.workspace.onDidChangeTextDocument((change) => {
        if (change.document === document) this.#reread();
      }),
    );
  }

  get lineCount(): number {
    return this.document.lineCount - 1;
  }

  get isVisible(): boolean {
    return this.#editors().length > 0;
  }

  async apply(edits: readonly LineEdit[]): Promise<boolean> {
    if (this.#isDisposed || this.document.isClosed) return true;
    const following = this.#editors().filter((editor) => this.#isFollowing(editor));
    const workspaceEdit = new vscode.WorkspaceEdit();
    for (const { start, end, lines } of edits) {
      const range = new vscode.Range(start, 0, end, 0);
      const text = lines.length === 0 ? '' : `${lines.join('\n')}\n`;
      workspaceEdit.replace(this.document.uri, range, text);
    }
    const isApplied = await this.ports.applyEdit(workspaceEdit);
    if (!isApplied) return false;
    for (const editor of following) this.#revealEnd(editor);
    this.ports.applied();
    return true;
  }

  reread(): void {
    this.#rereading = this.#editors().filter((editor) => this.#isFollowing(editor));
    this.ports.reread();
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#parts.dispose();
  }

  #reread(): void {
    if (!this.#rereading) return;
    for (const editor of this.#rereading) this.#revealEnd(editor);
    this.#rereading = undefined;
    this.ports.applied();
  }

  /** A tab that is shown again is where it was when it was hidden; one that followed goes on doing so. */
  #resume(): void {
    const editors = this.#editors();
    if (!this.#wasVisible && this.#wasFollowed) {
      for (const editor of editors) {
        this.#following.set(editor, editor.visibleRanges[0]?.start.line ?? 0);
        this.#revealEnd(editor);
      }
    }
    this.#wasVisible = editors.length > 0;
  }

  #editors(): vscode.TextEditor[] {
    return vscode.window.visibleTextEditors.filter(({ document }) => document === this.document);
  }

  /**
   * Follows from when its end is seen until it is scrolled up. What an editor shows becomes known some time after it
   * changed: lines may have been added since, so that the end is not in sight although nobody scrolled.
   */
  #isFollowing(editor: vscode.TextEditor): boolean {
    const first = editor.visibleRanges[0]?.start.line ?? 0;
    const before = this.#following.get(editor);
    const isFollowing = this.#isEndInSight(editor) || (before !== undefined && first >= before);
    if (isFollowing) this.#following.set(editor, first);
    else this.#following.delete(editor);
    this.#wasFollowed = isFollowing || this.#editors().some((each) => this.#following.has(each));
    return isFollowing;
  }

  #isEndInSight(editor: vscode.TextEditor): boolean {
    const last = editor.visibleRanges.at(-1)?.end.line ?? 0;
    return last >= this.document.lineCount - 2;
  }

  #revealEnd(editor: vscode.TextEditor): void {
    const last = this.document.lineAt(this.document.lineCount - 1).range;
    editor.revealRange(last, vscode.TextEditorRevealType.Default);
  }
}

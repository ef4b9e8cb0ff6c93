import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../../core/base/disposable.ts';
import type { Tone } from './presentState.ts';

/** What is drawn behind the end of a line. */
export interface LineNote {
  /** From 0. */
  readonly line: number;
  readonly text: string;
  readonly tone: Tone;
  readonly hover?: vscode.MarkdownString;
}

const colors = {
  running: 'charts.blue',
  succeeded: 'testing.iconPassed',
  failed: 'testing.iconFailed',
  warning: 'charts.yellow',
  muted: 'descriptionForeground',
} satisfies Record<Tone, string>;

/** Draws notes behind the ends of lines, in the colours of the theme. */
export class LineNotes implements Disposable {
  readonly #parts = new DisposableStore();
  readonly #types = new Map<Tone, vscode.TextEditorDecorationType>();

  constructor() {
    for (const tone of Object.keys(colors) as Tone[]) {
      const type = vscode.window.createTextEditorDecorationType({
        rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
        after: { color: new vscode.ThemeColor(colors[tone]), margin: '0 0 0 2em', fontStyle: 'normal' },
      });
      this.#types.set(tone, this.#parts.add(type));
    }
  }

  draw(editor: vscode.TextEditor, notes: readonly LineNote[]): void {
    for (const [tone, type] of this.#types) {
      const options = notes
        .filter((note) => note.tone === tone && note.line < editor.document.lineCount)
        .map(({ line, text, hover }): vscode.DecorationOptions => {
          const { range } = editor.document.lineAt(line);
          return { range, renderOptions: { after: { contentText: text } }, ...(hover && { hoverMessage: hover }) };
        });
      editor.setDecorations(type, options);
    }
  }

  dispose(): void {
    this.#parts.dispose();
  }
}

/** Text whose command links work for these commands and for no other. */
export function trustedMarkdown(text: string, enabledCommands: readonly string[]): vscode.MarkdownString {
  const markdown = new vscode.MarkdownString(text);
  markdown.isTrusted = { enabledCommands };
  return markdown;
}

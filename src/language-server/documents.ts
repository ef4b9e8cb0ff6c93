import type { TextDocumentContentChangeEvent } from 'vscode-languageserver';
import { openDocument, type AslDocument } from '../core/asl/index.ts';
import { LineIndex, type TextChange } from '../core/language/lineIndex.ts';
import type { SeveritySetting } from '../core/language/rules/rule.ts';

export interface DocumentSettings {
  /** The setting `sluice.rules`. */
  readonly severities: Readonly<Record<string, SeveritySetting>>;
}

/** One open text with its analysis, which follows each edit instead of starting over. */
export class LanguageDocument {
  #lines: LineIndex;
  #analysis: AslDocument | undefined;

  constructor(
    readonly uri: string,
    readonly languageId: string,
    public version: number,
    private content: string,
  ) {
    this.#lines = LineIndex.of(content);
  }

  get text(): string {
    return this.content;
  }

  get lines(): LineIndex {
    return this.#lines;
  }

  apply(changes: readonly TextDocumentContentChangeEvent[], version: number): void {
    this.version = version;
    for (const change of changes) {
      const edit = this.#toTextChange(change);
      this.content = this.content.slice(0, edit.offset) + edit.text + this.content.slice(edit.offset + edit.length);
      this.#lines = this.#lines.afterEdit(edit, this.content);
      this.#analysis?.edit([edit]);
    }
  }

  /** The analysis of the text as it is now, made on first use. */
  analysis(settings: DocumentSettings): AslDocument {
    this.#analysis ??= openDocument(this.content, {
      fileName: decodeURIComponent(this.uri.slice(this.uri.lastIndexOf('/') + 1)),
      languageId: this.languageId,
      severities: settings.severities,
    });
    return this.#analysis;
  }

  /** Settings changed: what was found with the old ones is worth nothing. */
  forgetAnalysis(): void {
    this.#analysis = undefined;
  }

  #toTextChange(change: TextDocumentContentChangeEvent): TextChange {
    if (!('range' in change)) return { offset: 0, length: this.content.length, text: change.text };
    const offset = this.#lines.offsetAt(change.range.start);
    return { offset, length: Math.max(0, this.#lines.offsetAt(change.range.end) - offset), text: change.text };
  }
}

/** The documents that the editor has open, by URI. */
export class Documents {
  readonly #open = new Map<string, LanguageDocument>();

  open(document: LanguageDocument): void {
    this.#open.set(document.uri, document);
  }

  get(uri: string): LanguageDocument | undefined {
    return this.#open.get(uri);
  }

  close(uri: string): void {
    this.#open.delete(uri);
  }

  forgetAnalyses(): void {
    for (const document of this.#open.values()) document.forgetAnalysis();
  }
}

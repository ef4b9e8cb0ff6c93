import type { Clock } from '../../../core/base/clock.ts';
import { isAbort } from '../../../core/base/userError.ts';
import { headerLines } from './presentHeader.ts';
import type { RunText } from './presentText.ts';

/** Replaces the lines from `start` up to and without `end`. */
export interface LineEdit {
  readonly start: number;
  readonly end: number;
  readonly lines: readonly string[];
}

/** The document in the editor. */
export interface OpenDocument {
  /** Lines without the empty one after the last newline. */
  readonly lineCount: number;
  readonly isVisible: boolean;
  /** All edits at once, or none: false when the editor refused. Keeps the end in sight where it was. */
  apply(edits: readonly LineEdit[]): Promise<boolean>;
  /** Makes the editor read the whole text again. */
  reread(): void;
}

const visibleGapMs = 250;
const backlogGapMs = 60;
const hiddenGapMs = 1_000;
const rereadGapMs = 2_000;
/** A reader's editor stays fluid with edits of this size. */
const linesPerEdit = 2_000;
/** A whole log that comes at once: fewer edits, since an editor does work of its own after each. */
const bulkEntries = 5_000;
const linesPerBulkEdit = 10_000;
const triesPerEdit = 3;

/**
 * Keeps a document equal to a growing text: one edit in flight, the rest waits in the text. An edit that the editor
 * refuses three times is given up for reading the whole document anew, from then on.
 */
export class DocumentWriter {
  #text: RunText;
  #body: string[] = [];
  #header: readonly string[];
  #footer: string;
  #applied = 0;
  #next: RunText | undefined;
  #wake: (() => void) | undefined;
  #isDirty = false;
  #mustReread = false;

  constructor(
    text: RunText,
    private readonly clock: Clock,
  ) {
    this.#text = text;
    this.#header = text.presentHeader();
    this.#footer = text.presentFooter();
  }

  /** The index of what the document holds now. */
  get text(): RunText {
    return this.#text;
  }

  /** The whole text; what had not been given to the editor by edits counts as given. */
  read(): string {
    this.#switchText();
    for (;;) {
      const lines = this.#text.take(linesPerEdit);
      if (lines.length === 0) break;
      for (const line of lines) this.#body.push(line);
    }
    this.#header = this.#text.presentHeader();
    this.#footer = this.#text.presentFooter();
    this.#applied = this.#body.length;
    return `${[...this.#header, ...this.#body, this.#footer].join('\n')}\n`;
  }

  /** There may be something new. */
  poke(): void {
    this.#isDirty = true;
    this.#wake?.();
  }

  /** Shows another text in the same document. */
  show(text: RunText): void {
    this.#next = text;
    this.poke();
  }

  /** Writes until aborted. Never rejects. */
  async write(document: OpenDocument, signal: AbortSignal): Promise<void> {
    try {
      while (!signal.aborted) {
        await this.#untilDirty(signal);
        if (this.#mustReread) document.reread();
        else await this.#step(document, signal);
        const gap = this.#mustReread ? rereadGapMs : this.#gapMs(document);
        await this.clock.sleep(gap, signal);
      }
    } catch (error) {
      if (!isAbort(error) && !signal.aborted) throw error;
    }
  }

  #gapMs(document: OpenDocument): number {
    if (this.#text.hasMore) {
      this.#isDirty = true;
      return backlogGapMs;
    }
    return document.isVisible ? visibleGapMs : hiddenGapMs;
  }

  async #step(document: OpenDocument, signal: AbortSignal): Promise<void> {
    const isSwitched = this.#switchText();
    const header = this.#text.presentHeader();
    const lines = this.#text.take(this.#text.backlog > bulkEntries ? linesPerBulkEdit : linesPerEdit);
    const footer = this.#text.presentFooter();
    for (const line of lines) this.#body.push(line);
    for (let tries = 1; ; tries += 1) {
      const edits = this.#edits(document, { header, lines, footer, isSwitched });
      if (edits.length === 0) break;
      if (await document.apply(edits)) break;
      signal.throwIfAborted();
      if (tries === triesPerEdit) {
        this.#mustReread = true;
        document.reread();
        return;
      }
    }
    this.#header = header;
    this.#footer = footer;
    this.#applied = this.#body.length;
  }

  #edits(
    document: OpenDocument,
    to: { readonly header: string[]; readonly lines: string[]; readonly footer: string; readonly isSwitched: boolean },
  ): LineEdit[] {
    const { header, lines, footer } = to;
    const expected = headerLines + this.#applied + 1;
    // Another text, or a document that is not as it was left: everything anew.
    if (to.isSwitched || document.lineCount !== expected) {
      return [{ start: 0, end: document.lineCount, lines: [...header, ...this.#body, footer] }];
    }
    const edits: LineEdit[] = [];
    if (header.some((line, index) => line !== this.#header[index])) {
      edits.push({ start: 0, end: headerLines, lines: header });
    }
    if (lines.length > 0 || footer !== this.#footer) {
      edits.push({ start: expected - 1, end: expected, lines: [...lines, footer] });
    }
    return edits;
  }

  #switchText(): boolean {
    if (!this.#next) return false;
    this.#text = this.#next;
    this.#next = undefined;
    this.#body = [];
    return true;
  }

  async #untilDirty(signal: AbortSignal): Promise<void> {
    if (!this.#isDirty) {
      await new Promise<void>((resolve) => {
        const wake = (): void => {
          signal.removeEventListener('abort', wake);
          resolve();
        };
        this.#wake = wake;
        signal.addEventListener('abort', wake);
      });
      this.#wake = undefined;
    }
    this.#isDirty = false;
  }
}

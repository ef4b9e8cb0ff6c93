import type { RunEntry } from '../../../core/runs/entry.ts';

/** How much one document holds. */
export interface DocumentLimits {
  readonly lines: number;
  readonly chars: number;
}

/** What an editor bears. */
export const editorLimits: DocumentLimits = { lines: 250_000, chars: 32 * 1024 * 1024 };

/** A document has more than an entry's text: time, state and stream before each line, and lines that name a new day. */
const prefixChars = 64;
const maxLineChars = 2_100;
/** Share of the lines that is kept for what the entries do not hold. */
const spare = 0.004;

/**
 * Where the parts of a long run begin: a run that is too long for one document goes on in the next. The same entries
 * always give the same parts, whatever is filtered. Entries are only looked at once.
 */
export class PartBounds {
  readonly #starts = [0];
  #scanned = 0;
  #lines = 0;
  #chars = 0;

  constructor(private readonly limits: DocumentLimits) {}

  /** Index of a part's first entry, parts counted from 1; undefined while the run has not come so far. */
  startOf(part: number, entries: readonly RunEntry[]): number | undefined {
    this.#scan(entries);
    return this.#starts[part - 1];
  }

  #scan(entries: readonly RunEntry[]): void {
    for (; this.#scanned < entries.length; this.#scanned += 1) {
      const { text } = entries[this.#scanned] ?? { text: '' };
      const lines = countLines(text);
      const chars = Math.min(text.length, lines * maxLineChars) + lines * prefixChars;
      const isFull = this.#lines + lines > this.limits.lines * (1 - spare) || this.#chars + chars > this.limits.chars;
      // An entry that is too long for any part has one of its own.
      if (isFull && this.#lines > 0) {
        this.#starts.push(this.#scanned);
        this.#lines = 0;
        this.#chars = 0;
      }
      this.#lines += lines;
      this.#chars += chars;
    }
  }
}

function countLines(text: string): number {
  let lines = 1;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines += 1;
  return lines;
}

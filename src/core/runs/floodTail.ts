import type { LogEntry } from './entry.ts';

/** Lines that came together, and how they become entries once it is known that they are shown. */
export interface LazyLines {
  /** `\n` between the lines. */
  readonly text: string;
  readonly entryOf: (line: string) => LogEntry;
}

type Piece = { readonly lines: number } & (
  { readonly kind: 'entry'; readonly entry: LogEntry } | { readonly kind: 'block'; readonly block: LazyLines }
);

/** The last lines of a flood. What is added costs little, since most of it is left out in the end. */
export class FloodTail {
  readonly #pieces: Piece[] = [];
  #kept = 0;
  #left = 0;

  /** `limit`: so many lines are wanted in the end. */
  add(entry: LogEntry, limit: number): void {
    this.#push({ kind: 'entry', entry, lines: 1 }, limit);
  }

  addBlock(block: LazyLines, limit: number): void {
    this.#push({ kind: 'block', block, lines: countLines(block.text) }, limit);
  }

  /** The last lines as entries, at most `limit`, and how many lines before them are left out. */
  take(limit: number): { readonly left: number; readonly entries: readonly LogEntry[] } {
    const entries = this.#pieces.flatMap((piece) =>
      piece.kind === 'entry' ? [piece.entry] : piece.block.text.split('\n').map(piece.block.entryOf),
    );
    const over = Math.max(0, entries.length - limit);
    return { left: this.#left + over, entries: entries.slice(over) };
  }

  #push(piece: Piece, limit: number): void {
    this.#pieces.push(piece);
    this.#kept += piece.lines;
    for (let first = this.#pieces[0]; first && this.#kept - first.lines >= limit; first = this.#pieces[0]) {
      this.#pieces.shift();
      this.#kept -= first.lines;
      this.#left += first.lines;
    }
  }
}

function countLines(text: string): number {
  let lines = 1;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines += 1;
  return lines;
}

/** Line and character counted from 0, characters in UTF-16 units, as the Language Server Protocol does. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

export interface Range {
  readonly start: Position;
  readonly end: Position;
}

/** One replacement in a text: `length` units at `offset` become `text`. */
export interface TextChange {
  readonly offset: number;
  readonly length: number;
  readonly text: string;
}

/** Offsets to positions and back; lines end with \n, \r\n or \r. Made for one text, and cheaply for the next. */
export class LineIndex {
  private constructor(
    private readonly starts: Uint32Array,
    private readonly textLength: number,
  ) {}

  static of(text: string): LineIndex {
    return new LineIndex(text.includes('\r') ? anyLineStarts(text) : lineFeedStarts(text), text.length);
  }

  get lineCount(): number {
    return this.starts.length;
  }

  positionAt(offset: number): Position {
    const clamped = Math.max(0, Math.min(offset, this.textLength));
    const line = this.#lineAt(clamped);
    return { line, character: clamped - (this.starts[line] ?? 0) };
  }

  rangeOf(start: number, end: number): Range {
    return { start: this.positionAt(start), end: this.positionAt(Math.max(start, end)) };
  }

  offsetAt({ line, character }: Position): number {
    if (line >= this.starts.length) return this.textLength;
    const start = this.starts[Math.max(0, line)] ?? 0;
    return Math.min(start + Math.max(0, character), this.lineEnd(line));
  }

  lineStart(line: number): number {
    return this.starts[line] ?? this.textLength;
  }

  /** Offset after the line's end mark; the text's length for the last line. */
  lineEnd(line: number): number {
    return this.starts[line + 1] ?? this.textLength;
  }

  /** The index of `text`, which is this index's text after `change`. */
  afterEdit(change: TextChange, text: string): LineIndex {
    // A line that ends where the edit begins may change (\r then \n), so the line before it is read anew as well.
    const first = Math.max(0, this.#lineAt(change.offset) - 1);
    const last = Math.min(this.starts.length - 1, this.#lineAt(change.offset + change.length) + 1);
    const delta = change.text.length - change.length;
    const from = this.starts[first] ?? 0;
    const kept = this.starts.subarray(last + 1);
    const until = last + 1 < this.starts.length ? (this.starts[last + 1] ?? 0) + delta : text.length;
    const between = lineStarts(text, from, until, []);
    if (kept.length > 0 && between.at(-1) === until) between.pop();
    const starts = new Uint32Array(first + 1 + between.length + kept.length);
    starts.set(this.starts.subarray(0, first + 1));
    starts.set(between, first + 1);
    for (let index = 0, to = first + 1 + between.length; index < kept.length; index++, to++) {
      starts[to] = (kept[index] ?? 0) + delta;
    }
    return new LineIndex(starts, text.length);
  }

  #lineAt(offset: number): number {
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

function anyLineStarts(text: string): Uint32Array {
  return Uint32Array.from(lineStarts(text, 0, text.length, [0]));
}

/** As `lineStarts` for a whole text without \r: the search for one character is many times faster than a loop. */
function lineFeedStarts(text: string): Uint32Array {
  let starts = new Uint32Array(Math.max(16, text.length >> 4));
  let count = 1;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
    if (count === starts.length) {
      const larger = new Uint32Array(count * 2);
      larger.set(starts);
      starts = larger;
    }
    starts[count++] = at + 1;
  }
  return starts.slice(0, count);
}

function lineStarts(text: string, from: number, until: number, starts: number[]): number[] {
  for (let index = from; index < until; index++) {
    const code = text.charCodeAt(index);
    if (code === 10 || (code === 13 && text.charCodeAt(index + 1) !== 10)) starts.push(index + 1);
  }
  return starts;
}

/** The text after the changes, each of which applies to the result of the one before it. */
export function applyChanges(text: string, changes: readonly TextChange[]): string {
  let result = text;
  for (const { offset, length, text: inserted } of changes) {
    result = result.slice(0, offset) + inserted + result.slice(offset + length);
  }
  return result;
}

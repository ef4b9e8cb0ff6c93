import { EncodedText, type Segment } from './encodedText.ts';

/** Builds a decoded string whose pieces stand at places of the host text of their own: escapes, joined parts. */
export class Pieces {
  readonly #segments: Segment[] = [];
  #value = '';
  /** Where the last piece ends, and whether a unit put there now would follow it one to one. */
  #end: number | undefined;
  #isOpen = false;

  get value(): string {
    return this.#value;
  }

  /** `text` is written out at `start`, unit by unit. */
  plain(text: string, start: number): void {
    if (text === '') return;
    if (!this.#isOpen || this.#end !== start) this.#begin(start);
    this.#value += text;
    this.#end = start + text.length;
    this.#isOpen = true;
  }

  /** `text` is what the host text from `start` to `end` stands for: an escape, a placeholder. */
  encoded(text: string, start: number, end: number): void {
    if (text === '') return;
    this.#begin(start);
    this.#value += text;
    this.#end = end;
    this.#isOpen = false;
  }

  /** All of a string that is known by itself, which begins at `start`. */
  string(value: string, encoded: EncodedText | number, start: number): void {
    if (typeof encoded === 'number') {
      this.plain(value, start + encoded);
      return;
    }
    for (let index = 0; index < value.length; index++) {
      const from = start + encoded.sourceIndex(index);
      const to = start + encoded.sourceEnd(index + 1);
      if (to === from + 1) this.plain(value.charAt(index), from);
      else this.encoded(value.charAt(index), from, Math.max(from, to));
    }
  }

  /** Where the units stand, relative to `base`; a number where they follow one another. */
  encoding(base: number): EncodedText | number {
    const [first, second] = this.#segments;
    if (first === undefined) return 0;
    if (second === undefined && this.#isOpen) return first.source - base;
    const end = this.#end ?? 0;
    const all = [...this.#segments, { decoded: this.#value.length, source: end, previousEnd: end }];
    return new EncodedText(() =>
      all.map(({ decoded, source, previousEnd }) => ({
        decoded,
        source: source - base,
        ...(previousEnd !== undefined && { previousEnd: previousEnd - base }),
      })),
    );
  }

  #begin(source: number): void {
    this.#segments.push({
      decoded: this.#value.length,
      source,
      ...(this.#end !== undefined && { previousEnd: this.#end }),
    });
  }
}

/** From a place of `index` units in a decoded value to the host's text, piece by piece. */
export interface Segment {
  readonly decoded: number;
  readonly source: number;
  /** Where the unit before it ends, if that is elsewhere: pieces of a joined string stand apart. */
  readonly previousEnd?: number;
}

/** Where the text that an embedded tree was parsed from lies in the host document. */
export interface Origin {
  toHost(offset: number): number;
  /** Where the unit before `offset` ends, if that is elsewhere than where the unit at `offset` begins. */
  toHostEnd?(offset: number): number;
}

/**
 * A string whose decoded units do not follow one another in the text (escapes, folded lines). The pieces are worked out
 * on first use, because most strings are never asked.
 */
export class EncodedText {
  #segments: readonly Segment[] | undefined;

  constructor(private readonly scan: () => readonly Segment[]) {}

  /** Offset from the string node's start of the decoded unit at `index`. */
  sourceIndex(index: number): number {
    const segment = this.#segmentAt(index);
    return segment === undefined ? index : segment.source + (index - segment.decoded);
  }

  /** Offset from the string node's start of the end of the unit before `index`. */
  sourceEnd(index: number): number {
    const segment = this.#segmentAt(index);
    if (segment?.decoded === index && segment.previousEnd !== undefined) return segment.previousEnd;
    return segment === undefined ? index : segment.source + (index - segment.decoded);
  }

  #segmentAt(index: number): Segment | undefined {
    this.#segments ??= this.scan();
    let low = 0;
    let high = this.#segments.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#segments[middle]?.decoded ?? 0) <= index) low = middle;
      else high = middle - 1;
    }
    return this.#segments[low];
  }
}

/** Pieces of a JSON string (or any string with backslash escapes of the same form), quotes included in `raw`. */
export function scanJsonEscapes(raw: string): readonly Segment[] {
  const segments: Segment[] = [{ decoded: 0, source: 1 }];
  let decoded = 0;
  let source = 1;
  while (source < raw.length) {
    if (raw[source] !== '\\') {
      decoded++;
      source++;
      continue;
    }
    source += raw[source + 1] === 'u' ? 6 : 2;
    decoded++;
    segments.push({ decoded, source });
  }
  return segments;
}

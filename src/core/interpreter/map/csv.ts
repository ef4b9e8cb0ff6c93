/**
 * Rows of delimited text that comes in pieces: quoted fields (RFC 4180), any line ending, empty lines left out. A backslash
 * stands before a backslash, a quote or the delimiter that is text; elsewhere it is dropped.
 * https://docs.aws.amazon.com/step-functions/latest/dg/example-csv-parse-dist-map.html
 */
export async function* csvRows(pieces: AsyncIterable<string>, delimiter: string): AsyncGenerator<string[]> {
  const parser = new RowParser(delimiter);
  for await (const piece of pieces) yield* parser.push(piece);
  yield* parser.end();
}

class RowParser {
  #row: string[] = [];
  #field = '';
  #state: 'start' | 'plain' | 'quoted' | 'closed' = 'start';
  #wasReturn = false;
  #wasBackslash = false;

  constructor(private readonly delimiter: string) {}

  *push(piece: string): Generator<string[]> {
    for (const character of piece) {
      if (this.#takeEscaped(character)) continue;
      if (this.#state === 'quoted') {
        if (character === '"') this.#state = 'closed';
        else this.#field += character;
      } else if (character === '"' && (this.#state === 'closed' || this.#state === 'start')) {
        if (this.#state === 'closed') this.#field += '"';
        this.#state = 'quoted';
      } else if (character === this.delimiter) {
        this.#endField();
      } else if (character === '\n' || character === '\r') {
        if (!(character === '\n' && this.#wasReturn)) yield* this.end();
      } else {
        this.#field += character;
        this.#state = 'plain';
      }
      this.#wasReturn = character === '\r';
    }
  }

  /** Whether a character belongs to a backslash: is one, or comes after one and is text because of it. */
  #takeEscaped(character: string): boolean {
    if (this.#wasBackslash) {
      this.#wasBackslash = false;
      if (character !== '\\' && character !== '"' && character !== this.delimiter) return false;
      this.#field += character;
    } else if (character === '\\') {
      this.#wasBackslash = true;
    } else {
      return false;
    }
    if (this.#state !== 'quoted') this.#state = 'plain';
    return true;
  }

  *end(): Generator<string[]> {
    const isEmpty = this.#row.length === 0 && this.#field === '' && this.#state === 'start';
    if (isEmpty) return;
    this.#endField();
    const row = this.#row;
    this.#row = [];
    yield row;
  }

  #endField(): void {
    this.#row.push(this.#field);
    this.#field = '';
    this.#state = 'start';
  }
}

/** Rows as objects by their headers: missing fields are empty text, fields beyond the headers are dropped. */
export async function* csvItems(
  pieces: AsyncIterable<string>,
  options: { readonly delimiter: string; readonly headers?: readonly string[] },
): AsyncGenerator<Record<string, string>> {
  let headers = options.headers;
  for await (const row of csvRows(pieces, options.delimiter)) {
    if (headers) yield Object.fromEntries(headers.map((header, at) => [header, row[at] ?? '']));
    else headers = row;
  }
}

const longest = 2000;

/** Remembers the line that ends a Python traceback: what AWS shows as a run's error message. */
export class LastError {
  #isInTraceback = false;
  #text: string | undefined;

  get text(): string | undefined {
    return this.#text;
  }

  /** Takes a line of what the script says about itself; gives whether it belongs to a traceback. */
  hear(text: string): boolean {
    if (text.startsWith('Traceback (most recent call last)')) {
      this.#isInTraceback = true;
      this.#text = undefined;
      return true;
    }
    if (this.#isInTraceback) {
      if (/^\s/.test(text) || text === '') return true;
      this.#isInTraceback = false;
      this.#text = text.slice(0, longest);
      return true;
    }
    if (!/^(Syntax|Indentation|Tab)Error: /.test(text)) return false;
    this.#text = text.slice(0, longest);
    return true;
  }
}

/**
 * A folder of small JSON documents, by name (letters, digits, `.`, `_` and `-`). What is read was checked by nobody:
 * the reader checks its shape.
 */
export interface JsonFiles {
  /** Undefined where there is no such document, or where it was not JSON and has been set aside. */
  read(name: string): Promise<unknown>;
  /** Replaces the whole document. Writes of one name arrive in the order of their calls. */
  write(name: string, value: unknown): Promise<void>;
  /**
   * Replaces the document by what `change` makes of it (undefined as for `read`): whole, after what was written before, and
   * with no write of another window in between.
   */
  update(name: string, change: (stored: unknown) => unknown): Promise<void>;
  remove(name: string): Promise<void>;
  /** Names of all documents, sorted. */
  list(): Promise<readonly string[]>;
}

import { RequestType } from 'vscode-languageserver';

/** Asks the editor for the text of a file, which the server never reads itself; null where there is no such file. */
export const readFileRequest = new RequestType<{ readonly uri: string }, string | null, void>('sluice/readFile');

/** How the server gets at texts. */
export interface FileReader {
  /** Text of an open document. */
  readonly open: (uri: string) => string | undefined;
  /** Asks the editor; undefined where the editor reads no files. */
  readonly request: (uri: string) => Promise<string | null | undefined>;
  /** A text arrived that was asked for before, or changed. */
  readonly onArrived: () => void;
}

/** Texts of files that documents refer to, such as the definition of a template: asked for once, kept until they change. */
export class ReferencedFiles {
  readonly #texts = new Map<string, string | null | undefined>();

  constructor(private readonly reader: FileReader) {}

  /** The text at a path relative to a document; null where there is no such file, undefined while nobody knows. */
  read(path: string, base: string): string | null | undefined {
    const uri = resolveUri(path, base);
    if (uri === undefined) return undefined;
    const open = this.reader.open(uri);
    if (open !== undefined) return open;
    if (!this.#texts.has(uri)) {
      this.#texts.set(uri, undefined);
      void this.#load(uri);
    }
    return this.#texts.get(uri);
  }

  /** The file changed, or may have. */
  forget(uri: string): void {
    if (this.#texts.delete(uri)) this.reader.onArrived();
  }

  /** Any file may have changed: whoever calls this has the findings made anew. */
  forgetAll(): void {
    this.#texts.clear();
  }

  async #load(uri: string): Promise<void> {
    try {
      const text = await this.reader.request(uri);
      this.#texts.set(uri, text);
      if (text !== undefined) this.reader.onArrived();
    } catch {
      // Nobody knows: what depends on the file is not checked.
      this.#texts.set(uri, undefined);
    }
  }
}

/** The address of a path relative to a document; undefined for documents that lie in no folder. */
export function resolveUri(path: string, base: string): string | undefined {
  if (base.startsWith('untitled:')) return undefined;
  try {
    return new URL(path.split('/').map(encodeURIComponent).join('/'), base).href;
  } catch {
    return undefined;
  }
}

import { rmSync, writeFileSync } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';

/** What is written at once: each write is a trip to another thread and back. */
const pieceBytes = 1024 * 1024;
/** What is written on this thread, which takes less time than the trip. */
const smallBytes = 128 * 1024;

/** A new file, readable by the user only, whose bytes come in chunks: the next are taken while a piece is being written. */
export class PieceWriter {
  #file: FileHandle | undefined;
  #chunks: Uint8Array[] = [];
  #gatheredBytes = 0;
  #onItsWay: Promise<void> = Promise.resolve();

  constructor(private readonly path: string) {}

  /** Resolves when more may come. */
  async add(chunk: Uint8Array): Promise<void> {
    this.#chunks.push(chunk);
    this.#gatheredBytes += chunk.byteLength;
    if (this.#gatheredBytes >= pieceBytes) await this.#send();
  }

  /** Resolves when the file is whole. */
  async finish(): Promise<void> {
    if (!this.#file && this.#gatheredBytes <= smallBytes) {
      writeFileSync(this.path, this.#take(), { flag: 'wx', mode: 0o600 });
      return;
    }
    await this.#send();
    await this.#onItsWay;
    await this.#close();
  }

  /** Leaves no file behind. */
  async abandon(): Promise<void> {
    await this.#onItsWay.catch(() => undefined);
    await this.#close().catch(() => undefined);
    rmSync(this.path, { force: true });
  }

  async #send(): Promise<void> {
    await this.#onItsWay;
    const file = (this.#file ??= await open(this.path, 'wx', 0o600));
    this.#onItsWay = file.writeFile(this.#take());
    // Whoever waits for it next is told.
    this.#onItsWay.catch(() => undefined);
  }

  async #close(): Promise<void> {
    const file = this.#file;
    this.#file = undefined;
    await file?.close();
  }

  #take(): Uint8Array {
    const bytes = Buffer.concat(this.#chunks, this.#gatheredBytes);
    this.#chunks = [];
    this.#gatheredBytes = 0;
    return bytes;
  }
}

import type { JsonFiles } from '../../src/core/base/jsonFiles.ts';

/** Documents in memory, as a folder of files gives them: each answer is a copy, and comes some turns later. */
export class MemoryFiles implements JsonFiles {
  readonly documents = new Map<string, unknown>();

  constructor(initial: Readonly<Record<string, unknown>> = {}) {
    for (const [name, value] of Object.entries(initial)) this.documents.set(name, value);
  }

  async read(name: string): Promise<unknown> {
    const stored = structuredClone(this.documents.get(name));
    await new Promise((resolve) => setImmediate(resolve));
    return stored;
  }

  async write(name: string, value: unknown): Promise<void> {
    const copy = structuredClone(value);
    await new Promise((resolve) => setImmediate(resolve));
    this.documents.set(name, copy);
  }

  async update(name: string, change: (stored: unknown) => unknown): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    this.documents.set(name, structuredClone(change(structuredClone(this.documents.get(name)))));
  }

  async remove(name: string): Promise<void> {
    await Promise.resolve(this.documents.delete(name));
  }

  async list(): Promise<readonly string[]> {
    return await Promise.resolve([...this.documents.keys()].sort());
  }
}

import type { ListedObject, ObjectPort } from '../../../../../src/core/interpreter/index.ts';

/** S3 in memory, by `bucket/key`; gives what it reads in pieces of five bytes. */
export class MemoryObjects implements ObjectPort {
  readonly written = new Map<string, string>();

  constructor(private readonly texts: Readonly<Record<string, string | Uint8Array>> = {}) {}

  async *read(object: { readonly bucket: string; readonly key: string }): AsyncGenerator<Uint8Array> {
    const found = this.texts[`${object.bucket}/${object.key}`];
    if (found === undefined) throw new Error('The specified key does not exist.');
    const bytes = typeof found === 'string' ? new TextEncoder().encode(found) : found;
    for (let at = 0; at < bytes.length; at += 5) yield bytes.slice(at, at + 5);
  }

  async *list(prefix: { readonly bucket: string; readonly prefix: string }): AsyncGenerator<ListedObject> {
    for (const name of Object.keys(this.texts)) {
      if (!name.startsWith(`${prefix.bucket}/${prefix.prefix}`)) continue;
      yield {
        Etag: '"e"',
        Key: name.slice(prefix.bucket.length + 1),
        LastModified: 0,
        Size: 1,
        StorageClass: 'STANDARD',
      };
    }
  }

  async write(object: { readonly bucket: string; readonly key: string }, body: AsyncIterable<string>): Promise<void> {
    let text = '';
    for await (const piece of body) text += piece;
    this.written.set(`${object.bucket}/${object.key}`, text);
  }
}

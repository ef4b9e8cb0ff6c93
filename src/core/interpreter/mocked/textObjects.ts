import type { ListedObject, ObjectAddress, ObjectPort } from '../ports.ts';

/** S3 in memory: `bucket/key` → text. */
export class TextObjects implements ObjectPort {
  readonly #texts: Map<string, string>;

  constructor(
    texts: Readonly<Record<string, string>> | undefined,
    private readonly now: () => number,
  ) {
    this.#texts = new Map(texts && Object.entries(texts));
  }

  async *read(object: ObjectAddress): AsyncGenerator<string> {
    await Promise.resolve();
    const text = this.#texts.get(`${object.bucket}/${object.key}`);
    if (text === undefined) throw new Error(`The specified key does not exist: ${object.key}`);
    yield text;
  }

  async *list(prefix: { readonly bucket: string; readonly prefix: string }): AsyncGenerator<ListedObject> {
    await Promise.resolve();
    for (const [name, text] of [...this.#texts].sort(([a], [b]) => (a < b ? -1 : 1))) {
      if (!name.startsWith(`${prefix.bucket}/${prefix.prefix}`)) continue;
      yield {
        Etag: '',
        Key: name.slice(prefix.bucket.length + 1),
        LastModified: Math.floor(this.now() / 1000),
        Size: new TextEncoder().encode(text).length,
        StorageClass: 'STANDARD',
      };
    }
  }

  async write(object: ObjectAddress, body: AsyncIterable<string>): Promise<void> {
    let text = '';
    for await (const piece of body) text += piece;
    this.#texts.set(`${object.bucket}/${object.key}`, text);
  }
}

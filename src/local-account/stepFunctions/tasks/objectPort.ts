import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import * as zlib from 'node:zlib';
import type { ListedObject, ObjectPort } from '../../../core/interpreter/index.ts';
import type { ObjectStore } from '../../s3/objectStore.ts';
import { walkObjects } from '../../s3/objectWalk.ts';

/** The local S3 as distributed Maps read and write it. */
export function objectPortOf(store: ObjectStore): ObjectPort {
  return {
    read: async function* ({ bucket, key }, signal) {
      const object = await store.get(bucket, key);
      yield* createReadStream(object.path, { signal }) as AsyncIterable<Uint8Array>;
    },
    decompress: (codec, bytes) => {
      if (codec === 'GZIP') return zlib.gunzipSync(bytes);
      if (codec === 'BROTLI') return zlib.brotliDecompressSync(bytes);
      if ('zstdDecompressSync' in zlib) return zlib.zstdDecompressSync(bytes);
      throw new Error('The file is packed with Zstandard, which needs Node.js 22.15 or newer.');
    },
    list: async function* ({ bucket, prefix }, signal): AsyncGenerator<ListedObject> {
      const folder = store.bucketFolder(bucket);
      for await (const { key, path } of walkObjects(folder, { prefix, after: '', skips: () => false })) {
        signal.throwIfAborted();
        const meta = await store.describe(bucket, key, path);
        if (!meta) continue;
        yield {
          Etag: `"${meta.eTag}"`,
          Key: key,
          LastModified: Math.floor(meta.modifiedMs / 1000),
          Size: meta.size,
          StorageClass: 'STANDARD',
        };
      }
    },
    write: async ({ bucket, key }, body, signal) => {
      const temporary = store.temporaryPath();
      const md5 = createHash('md5');
      let size = 0;
      const bytes = async function* (): AsyncGenerator<Buffer> {
        for await (const text of body) {
          const chunk = Buffer.from(text);
          md5.update(chunk);
          size += chunk.byteLength;
          yield chunk;
        }
      };
      await pipeline(Readable.from(bytes()), createWriteStream(temporary, { mode: 0o600 }), { signal });
      const meta = { size, eTag: md5.digest('hex'), headers: { 'content-type': 'application/json' } };
      await store.put(bucket, key, { temporary, meta });
    },
  };
}

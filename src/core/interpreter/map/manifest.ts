import { isJsonArray, isJsonObject, type Json } from '../json.ts';
import type { ObjectPort } from '../ports.ts';
import { csvItems } from './csv.ts';
import { textPieces } from './textPieces.ts';

/**
 * Items of an S3 Inventory manifest: the rows of its CSV files, by the columns of its schema.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/storage-inventory-location.html
 */
export async function* manifestItems(
  manifest: Json,
  objects: ObjectPort,
  bucket: string,
  signal: AbortSignal,
): AsyncGenerator<Json> {
  if (!isJsonObject(manifest) || !isJsonArray(manifest['files']) || typeof manifest['fileSchema'] !== 'string') {
    throw new Error('The manifest has no files and fileSchema.');
  }
  if (manifest['fileFormat'] !== undefined && manifest['fileFormat'] !== 'CSV')
    throw new Error('Only manifests of CSV files can be read here.');
  const headers = manifest['fileSchema'].split(',').map((name) => name.trim());
  const destination =
    typeof manifest['destinationBucket'] === 'string' ? manifest['destinationBucket'].split(':').pop() : bucket;
  for (const file of manifest['files']) {
    const key = isJsonObject(file) ? file['key'] : undefined;
    if (typeof key !== 'string') throw new Error('A file of the manifest has no key.');
    const bytes = objects.read({ bucket: destination ?? bucket, key }, signal);
    yield* csvItems(textPieces(key.endsWith('.gz') ? unzipped(bytes) : bytes), { delimiter: ',', headers });
  }
}

async function* unzipped(pieces: AsyncIterable<Uint8Array | string>): AsyncGenerator<Uint8Array> {
  const stream = new DecompressionStream('gzip');
  const writer = stream.writable.getWriter();
  const feeding = (async () => {
    const encoder = new TextEncoder();
    for await (const piece of pieces)
      await writer.write(typeof piece === 'string' ? encoder.encode(piece) : new Uint8Array(piece));
    await writer.close();
  })();
  feeding.catch(async (error: unknown) => await writer.abort(error).catch(() => undefined));
  const reader = stream.readable.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) yield part.value as Uint8Array;
  await feeding;
}

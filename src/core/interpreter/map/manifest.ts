import { isJsonArray, isJsonObject, type Json } from '../json.ts';
import type { ObjectAddress, ObjectPort } from '../ports.ts';
import { csvItems, csvRows } from './csv.ts';
import { objectBytes, textPieces, wholeText } from './objectText.ts';

/**
 * Items of an S3 Inventory manifest: the rows of its CSV files, by the columns of its schema.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/storage-inventory-location.html
 */
export async function* inventoryItems(
  objects: ObjectPort,
  address: ObjectAddress,
  signal: AbortSignal,
): AsyncGenerator<Json> {
  const manifest = JSON.parse(await wholeText(objectBytes(objects, address, signal))) as Json;
  if (!isJsonObject(manifest) || !isJsonArray(manifest['files']) || typeof manifest['fileSchema'] !== 'string') {
    throw new Error('The manifest has no files and fileSchema.');
  }
  if (manifest['fileFormat'] !== undefined && manifest['fileFormat'] !== 'CSV')
    throw new Error('Only manifests of CSV files can be read here.');
  const headers = manifest['fileSchema'].split(',').map((name) => name.trim());
  const destination =
    typeof manifest['destinationBucket'] === 'string' ? manifest['destinationBucket'].split(':').pop() : undefined;
  for (const file of manifest['files']) {
    const key = isJsonObject(file) ? file['key'] : undefined;
    if (typeof key !== 'string') throw new Error('A file of the manifest has no key.');
    const bytes = objectBytes(objects, { bucket: destination ?? address.bucket, key }, signal);
    yield* csvItems(textPieces(bytes), { delimiter: ',', headers });
  }
}

/**
 * The objects that a manifest of Athena's UNLOAD names, an S3 address a line.
 * https://docs.aws.amazon.com/athena/latest/ug/unload.html
 */
export async function* athenaObjects(
  objects: ObjectPort,
  address: ObjectAddress,
  signal: AbortSignal,
): AsyncGenerator<ObjectAddress> {
  for await (const [uri = ''] of csvRows(textPieces(objectBytes(objects, address, signal)), ',')) {
    const [, bucket, key] = /^s3:\/\/([^/]+)\/(.+)$/i.exec(uri.trim()) ?? [];
    if (bucket === undefined || key === undefined) throw new Error(`The manifest names no S3 object: ${uri}`);
    yield { bucket, key };
  }
}

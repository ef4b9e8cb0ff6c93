import { parquetMetadataAsync, parquetReadObjects, type AsyncBuffer, type Compressors } from 'hyparquet/src/index.js';
import type { Json } from '../json.ts';
import type { ObjectPort } from '../ports.ts';

/** Rows that are decoded at a time. */
const ROWS_PER_READ = 1000;

/** The rows of a Parquet file as objects by column. The file is held in memory, its rows are decoded as they are needed. */
export async function* parquetItems(
  pieces: AsyncIterable<Uint8Array | string>,
  objects: ObjectPort,
): AsyncGenerator<Json> {
  const file = await wholeFile(pieces);
  const compressors = compressorsOf(objects);
  const metadata = await parquetMetadataAsync(file, { geoparquet: false });
  const count = Number(metadata.num_rows);
  for (let rowStart = 0; rowStart < count; rowStart += ROWS_PER_READ) {
    const rowEnd = Math.min(rowStart + ROWS_PER_READ, count);
    const rows = await parquetReadObjects({ file, metadata, rowStart, rowEnd, geoparquet: false, compressors });
    for (const row of rows) yield toJson(row);
  }
}

async function wholeFile(pieces: AsyncIterable<Uint8Array | string>): Promise<AsyncBuffer> {
  const parts: (Uint8Array<ArrayBuffer> | string)[] = [];
  for await (const piece of pieces) parts.push(typeof piece === 'string' ? piece : new Uint8Array(piece));
  const buffer = await new Blob(parts).arrayBuffer();
  return { byteLength: buffer.byteLength, slice: (start, end) => buffer.slice(start, end) };
}

/** Snappy is hyparquet's own; the others are the port's, where it has them. */
function compressorsOf(objects: ObjectPort): Compressors {
  const unpack = (codec: 'GZIP' | 'ZSTD' | 'BROTLI') => (bytes: Uint8Array) => {
    if (!objects.decompress) throw new Error(`Parquet pages packed with ${codec} cannot be read here.`);
    return objects.decompress(codec, bytes);
  };
  return { GZIP: unpack('GZIP'), ZSTD: unpack('ZSTD'), BROTLI: unpack('BROTLI') };
}

function toJson(value: unknown): Json {
  if (value === undefined || value === null) return null;
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return btoa(Array.from(value, (byte) => String.fromCharCode(byte)).join(''));
  if (Array.isArray(value)) return value.map(toJson);
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, toJson(member)]));
}

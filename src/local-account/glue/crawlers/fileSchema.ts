import { open, stat } from 'node:fs/promises';
import { gunzipSync, constants } from 'node:zlib';
import { csvSchema } from './csvSchema.ts';
import type { Column } from './hiveType.ts';
import { jsonSchema } from './jsonSchema.ts';
import { parquetColumns } from './parquetColumns.ts';

/** What a file of data is. */
export interface FileSchema {
  readonly format: 'csv' | 'json' | 'parquet';
  readonly columns: readonly Column[];
  readonly compression: 'none' | 'gzip';
  /** Records in the file, estimated from its beginning for text. */
  readonly records: number;
  /** Of CSV. */
  readonly delimiter?: string;
  readonly hasHeader?: boolean;
  readonly areColumnsQuoted?: boolean;
}

/** So much of a text file is looked at. */
const sampledBytes = 256 * 1024;

/** Reads the beginning of a file, or the footer of a Parquet file; undefined for what is none of the known formats. */
export async function readFileSchema(path: string): Promise<FileSchema | undefined> {
  const { size } = await stat(path);
  if (size === 0) return undefined;
  const start = await readPart(path, 0, Math.min(size, sampledBytes));
  if (start.subarray(0, 4).toString('latin1') === 'PAR1') {
    const slice = async (from: number, to = size): Promise<ArrayBuffer> =>
      toArrayBuffer(await readPart(path, from, to));
    try {
      const { columns, rows } = await parquetColumns({ byteLength: size, slice });
      return { format: 'parquet', columns, compression: 'none', records: rows };
    } catch {
      return undefined;
    }
  }
  const isGzip = start[0] === 0x1f && start[1] === 0x8b;
  const bytes = isGzip ? unzipped(start) : start;
  if (!bytes || bytes.includes(0)) return undefined;
  return textSchema(bytes, { size, isGzip, isWhole: size <= sampledBytes });
}

function textSchema(
  bytes: Buffer,
  file: { readonly size: number; readonly isGzip: boolean; readonly isWhole: boolean },
): FileSchema | undefined {
  const text = bytes.toString('utf8').replace(/^\uFEFF/, '');
  const scale = file.isWhole ? 1 : file.size / sampledBytes;
  const compression = file.isGzip ? 'gzip' : 'none';
  const json = jsonSchema(text);
  if (json) return { format: 'json', columns: json.columns, compression, records: Math.round(json.records * scale) };
  const csv = csvSchema(text);
  return csv && { format: 'csv', ...csv, compression, records: Math.round(csv.rows * scale) };
}

async function readPart(path: string, from: number, to: number): Promise<Buffer> {
  const file = await open(path, 'r');
  try {
    const buffer = Buffer.alloc(Math.max(0, to - from));
    const { bytesRead } = await file.read(buffer, 0, buffer.byteLength, from);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

function toArrayBuffer(bytes: Buffer): ArrayBuffer {
  const copy = new ArrayBuffer(bytes.byteLength);
  new Uint8Array(copy).set(bytes);
  return copy;
}

/** What the beginning of a gzip file holds; undefined where it is damaged. */
function unzipped(start: Buffer): Buffer | undefined {
  try {
    const options = { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: 16 * 1024 * 1024 };
    return gunzipSync(start, options).subarray(0, sampledBytes);
  } catch {
    return undefined;
  }
}

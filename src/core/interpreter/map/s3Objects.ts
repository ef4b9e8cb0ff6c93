import { type Json } from '../json.ts';
import type { ObjectAddress, ObjectPort } from '../ports.ts';
import { csvItems } from './csv.ts';
import { parquetItems } from './parquet.ts';
import { readerFailed } from './readerFailed.ts';
import { jsonItems, jsonLines } from './jsonItems.ts';
import { objectBytes, textPieces, wholeText } from './objectText.ts';

/** What the ReaderConfig of an ItemReader says about the objects it reads. */
export interface ObjectFormat {
  readonly inputType: string;
  readonly delimiter: string;
  /** Headers of a CSV file whose first row is data already. */
  readonly headers?: readonly string[];
  readonly itemsPointer?: string;
}

/** The items inside one object. Objects whose key ends in `.gz` are unzipped. */
export async function* itemsOfObject(
  objects: ObjectPort,
  address: ObjectAddress,
  format: ObjectFormat,
  signal: AbortSignal,
): AsyncGenerator<Json> {
  const bytes = objectBytes(objects, address, signal);
  switch (format.inputType) {
    case 'CSV':
      yield* csvItems(textPieces(bytes), format);
      return;
    case 'JSONL':
      yield* jsonLines(textPieces(bytes));
      return;
    case 'JSON':
      yield* jsonItems(await wholeText(bytes), format.itemsPointer);
      return;
    case 'PARQUET':
      yield* parquetItems(bytes, objects);
      return;
    default:
      throw readerFailed(`Items of the input type '${format.inputType}' cannot be read here.`);
  }
}

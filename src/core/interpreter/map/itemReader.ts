import { objectField, textField, textsField } from '../fields.ts';
import { isJsonArray, isJsonObject, type Json, type JsonObject } from '../json.ts';
import type { ObjectAddress, ObjectPort } from '../ports.ts';
import { runtimeError, StateError } from '../stateError.ts';
import type { Visit } from '../visit.ts';
import { csvItems } from './csv.ts';
import { manifestItems } from './manifest.ts';
import { numberField } from './settings.ts';
import { textPieces } from './textPieces.ts';

/** Where a distributed Map reads its items from. */
export interface ItemSource {
  readonly items: AsyncIterable<Json>;
  /** S3 address, as `$$.Map.Item.Source` says it. */
  readonly source: string;
}

const DELIMITERS: Readonly<Record<string, string>> = { COMMA: ',', PIPE: '|', SEMICOLON: ';', SPACE: ' ', TAB: '\t' };

/** Evaluates ItemReader. Problems of the data come out of `items` as `States.ItemReaderFailed`. */
export async function openItems(visit: Visit, reader: JsonObject, data: Json): Promise<ItemSource> {
  const objects = visit.frame.execution.ports.objects;
  if (!objects) throw readerFailed('There is no S3 to read items from.');
  const field = visit.isJsonata ? 'Arguments' : 'Parameters';
  const parameters = await visit.fill(`ItemReader/${field}`, reader[field] ?? {}, { data });
  const config = objectField(reader, 'ReaderConfig') ?? {};
  const limit = await maxItems(visit, config, data);
  if (!isJsonObject(parameters)) throw runtimeError('The parameters of an ItemReader must be an object.');
  const bucket = textField(parameters, 'Bucket') ?? '';
  const key = textField(parameters, 'Key') ?? '';
  const isListing = (textField(reader, 'Resource') ?? '').endsWith(':listObjectsV2');
  const { signal } = visit.frame;
  const items = isListing
    ? listed(objects, { bucket, prefix: textField(parameters, 'Prefix') ?? '' }, config, signal)
    : read(objects, { bucket, key }, config, signal);
  return {
    items: guarded(items, limit),
    source: `S3://${bucket}/${key}`,
  };
}

/** MaxItems or MaxItemsPath; 0 and no field mean all. What is wrong with it fails the reader. */
async function maxItems(visit: Visit, config: JsonObject, data: Json): Promise<number> {
  let limit: number | undefined;
  try {
    limit = await numberField(
      visit,
      { name: 'MaxItems', value: config['MaxItems'], path: config['MaxItemsPath'] },
      data,
    );
  } catch (error) {
    if (error instanceof StateError && error.error === 'States.Runtime') throw readerFailed(error.message);
    throw error;
  }
  if (limit !== undefined && limit < 0) throw readerFailed('field MaxItems must be positive');
  return limit === undefined || limit === 0 ? Infinity : limit;
}

export function readerFailed(cause: string): StateError {
  return new StateError('States.ItemReaderFailed', cause);
}

/** At most `limit` items; whatever goes wrong while reading fails the reader. */
async function* guarded(items: AsyncIterable<Json>, limit: number): AsyncGenerator<Json> {
  let count = 0;
  try {
    for await (const item of items) {
      if (count++ >= limit) return;
      yield item;
    }
  } catch (error) {
    if (error instanceof StateError) throw error;
    throw readerFailed(error instanceof Error ? error.message : String(error));
  }
}

async function* listed(
  objects: ObjectPort,
  prefix: { readonly bucket: string; readonly prefix: string },
  config: JsonObject,
  signal: AbortSignal,
): AsyncGenerator<Json> {
  const isFlattening = config['Transformation'] === 'LOAD_AND_FLATTEN';
  for await (const object of objects.list(prefix, signal)) {
    if (isFlattening) yield* read(objects, { bucket: prefix.bucket, key: object.Key }, config, signal);
    else yield { ...object };
  }
}

async function* read(
  objects: ObjectPort,
  address: ObjectAddress,
  config: JsonObject,
  signal: AbortSignal,
): AsyncGenerator<Json> {
  const pieces = textPieces(objects.read(address, signal));
  const type = textField(config, 'InputType') ?? 'JSON';
  switch (type) {
    case 'CSV':
      yield* csvItems(pieces, csvOptions(config));
      return;
    case 'JSONL':
      yield* jsonLines(pieces);
      return;
    case 'JSON':
      yield* jsonItems(await whole(pieces), textField(config, 'ItemsPointer'));
      return;
    case 'MANIFEST':
      yield* manifestItems(JSON.parse(await whole(pieces)) as Json, objects, address.bucket, signal);
      return;
    default:
      throw readerFailed(`Items of the input type '${type}' cannot be read here.`);
  }
}

function csvOptions(config: JsonObject): { delimiter: string; headers?: readonly string[] } {
  const delimiter = DELIMITERS[textField(config, 'CSVDelimiter') ?? 'COMMA'] ?? ',';
  return config['CSVHeaderLocation'] === 'GIVEN'
    ? { delimiter, headers: textsField(config, 'CSVHeaders') }
    : { delimiter };
}

async function* jsonLines(pieces: AsyncIterable<string>): AsyncGenerator<Json> {
  let rest = '';
  for await (const piece of pieces) {
    const lines = (rest + piece).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line.trim() !== '') yield JSON.parse(line) as Json;
  }
  if (rest.trim() !== '') yield JSON.parse(rest) as Json;
}

function* jsonItems(text: string, pointer: string | undefined): Generator<Json> {
  let value: Json | undefined = JSON.parse(text) as Json;
  for (const part of (pointer ?? '').split('/').slice(1)) {
    const name = part.replaceAll('~1', '/').replaceAll('~0', '~');
    value = isJsonArray(value) ? value[Number(name)] : isJsonObject(value) ? value[name] : undefined;
  }
  if (!isJsonArray(value)) throw readerFailed('Attempting to map over non-iterable node.');
  yield* value;
}

async function whole(pieces: AsyncIterable<string>): Promise<string> {
  let text = '';
  for await (const piece of pieces) text += piece;
  return text;
}

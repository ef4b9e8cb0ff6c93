import { objectField, textField, textsField } from '../fields.ts';
import { isJsonObject, type Json, type JsonObject } from '../json.ts';
import type { ObjectAddress, ObjectPort } from '../ports.ts';
import { runtimeError, StateError } from '../stateError.ts';
import type { Visit } from '../visit.ts';
import type { MapItem } from './items.ts';
import { athenaObjects, inventoryItems } from './manifest.ts';
import { readerFailed } from './readerFailed.ts';
import { itemsOfObject, type ObjectFormat } from './s3Objects.ts';
import { numberField } from './settings.ts';

const DELIMITERS: Readonly<Record<string, string>> = { COMMA: ',', PIPE: '|', SEMICOLON: ';', SPACE: ' ', TAB: '\t' };

/** Evaluates ItemReader: the items of an S3 object, of a manifest's objects, or of a listing. Problems of the data come out of them as `States.ItemReaderFailed`. */
export async function openItems(visit: Visit, reader: JsonObject, data: Json): Promise<AsyncGenerator<MapItem>> {
  const objects = visit.frame.execution.ports.objects;
  if (!objects) throw readerFailed('There is no S3 to read items from.');
  const field = visit.isJsonata ? 'Arguments' : 'Parameters';
  const parameters = await visit.fill(`ItemReader/${field}`, reader[field] ?? {}, { data });
  const config = objectField(reader, 'ReaderConfig') ?? {};
  const limit = await maxItems(visit, config, data);
  if (!isJsonObject(parameters)) throw runtimeError('The parameters of an ItemReader must be an object.');
  const bucket = textField(parameters, 'Bucket') ?? '';
  const given = { objects, config, signal: visit.frame.stop.signal };
  if ((textField(reader, 'Resource') ?? '').endsWith(':listObjectsV2')) {
    return guarded(listed(given, bucket, textField(parameters, 'Prefix') ?? ''), limit);
  }
  const versionId = textField(parameters, 'VersionId');
  const address = { bucket, key: textField(parameters, 'Key') ?? '', ...(versionId !== undefined && { versionId }) };
  return guarded(named(address, readObject(given, address)), limit);
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

/** At most `limit` items; whatever goes wrong while reading fails the reader. */
async function* guarded(items: AsyncIterable<MapItem>, limit: number): AsyncGenerator<MapItem> {
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

interface Reading {
  readonly objects: ObjectPort;
  readonly config: JsonObject;
  readonly signal: AbortSignal;
}

/** What a listing finds, or with `LOAD_AND_FLATTEN` the items inside each object. */
async function* listed({ objects, config, signal }: Reading, bucket: string, prefix: string): AsyncGenerator<MapItem> {
  for await (const object of objects.list({ bucket, prefix }, signal)) {
    const address = { bucket, key: object.Key };
    if (config['Transformation'] !== 'LOAD_AND_FLATTEN') yield { value: { ...object }, source: `S3://${bucket}` };
    else yield* named(address, itemsOfObject(objects, address, formatOf(config), signal));
  }
}

async function* named({ bucket, key }: ObjectAddress, items: AsyncIterable<Json>): AsyncGenerator<MapItem> {
  for await (const value of items) yield { value, source: `S3://${bucket}/${key}` };
}

async function* readObject({ objects, config, signal }: Reading, address: ObjectAddress): AsyncGenerator<Json> {
  const manifestType = textField(config, 'ManifestType');
  if (manifestType === 'ATHENA_DATA') {
    for await (const object of athenaObjects(objects, address, signal))
      yield* itemsOfObject(objects, object, formatOf(config), signal);
  } else if (manifestType === 'S3_INVENTORY' || config['InputType'] === 'MANIFEST') {
    yield* inventoryItems(objects, address, signal);
  } else {
    yield* itemsOfObject(objects, address, formatOf(config), signal);
  }
}

function formatOf(config: JsonObject): ObjectFormat {
  const itemsPointer = textField(config, 'ItemsPointer');
  return {
    inputType: textField(config, 'InputType') ?? 'JSON',
    delimiter: DELIMITERS[textField(config, 'CSVDelimiter') ?? 'COMMA'] ?? ',',
    ...(config['CSVHeaderLocation'] === 'GIVEN' && { headers: textsField(config, 'CSVHeaders') }),
    ...(itemsPointer !== undefined && { itemsPointer }),
  };
}

import { isJsonObject, type Json, type JsonObject } from '../json.ts';
import { MAX_PAYLOAD_BYTES } from '../limits.ts';
import { runtimeError } from '../stateError.ts';
import type { Visit } from '../visit.ts';
import { numberField } from './settings.ts';

/** How the items of a distributed Map are put together for one child execution. */
export interface Batching {
  readonly maxItems: number;
  readonly maxBytes: number;
  readonly input?: JsonObject;
}

/** The input of one child execution, and how many items it stands for. */
export interface ChildInput {
  readonly input: Json;
  readonly items: number;
}

/** Evaluates ItemBatcher. */
export async function batchingOf(visit: Visit, batcher: JsonObject, data: Json): Promise<Batching> {
  const maxItems = await numberField(
    visit,
    { name: 'MaxItemsPerBatch', value: batcher['MaxItemsPerBatch'], path: batcher['MaxItemsPerBatchPath'] },
    data,
  );
  const maxBytes = await numberField(
    visit,
    {
      name: 'MaxInputBytesPerBatch',
      value: batcher['MaxInputBytesPerBatch'],
      path: batcher['MaxInputBytesPerBatchPath'],
    },
    data,
  );
  if ((maxItems ?? 1) <= 0) throw runtimeError('MaxItemsPerBatch must be positive.');
  if ((maxBytes ?? 1) <= 0) throw runtimeError('MaxInputBytesPerBatch must be positive.');
  const template = batcher['BatchInput'];
  const input = template === undefined ? undefined : await visit.fill('ItemBatcher/BatchInput', template, { data });
  if (input !== undefined && !isJsonObject(input)) throw runtimeError('BatchInput must be an object.');
  return {
    maxItems: maxItems ?? Infinity,
    maxBytes: Math.min(maxBytes ?? MAX_PAYLOAD_BYTES, MAX_PAYLOAD_BYTES),
    ...(input && { input }),
  };
}

/** Items put together into the inputs of child executions, in order; without batching each item is one. */
export async function* childInputs(
  items: AsyncIterable<Json>,
  batching: Batching | undefined,
): AsyncGenerator<ChildInput> {
  if (!batching) {
    for await (const item of items) yield { input: item, items: 1 };
    return;
  }
  const envelope = { ...(batching.input && { BatchInput: batching.input }), Items: [] };
  const emptyBytes = byteLength(envelope);
  let batch: Json[] = [];
  let bytes = emptyBytes;
  for await (const item of items) {
    const size = byteLength(item) + 1;
    if (batch.length > 0 && (batch.length >= batching.maxItems || bytes + size > batching.maxBytes)) {
      yield { input: { ...envelope, Items: batch }, items: batch.length };
      batch = [];
      bytes = emptyBytes;
    }
    batch.push(item);
    bytes += size;
  }
  if (batch.length > 0) yield { input: { ...envelope, Items: batch }, items: batch.length };
}

const encoder = new TextEncoder();
const byteLength = (value: Json): number => encoder.encode(JSON.stringify(value)).length;

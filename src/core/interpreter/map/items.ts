import { isJsonArray, isJsonObject, type Json, type JsonObject } from '../json.ts';

/** One item of a Map: an element of a list, or a member of an object. */
export interface MapItem {
  readonly value: Json;
  /** Name of the member. */
  readonly key?: string;
  /** Where a distributed Map has it from: `STATE_DATA` or an S3 address. */
  readonly source?: string;
}

/** The items of a list or of an object's members; undefined for other values. */
export function itemsIn(data: Json | undefined): readonly MapItem[] | undefined {
  if (isJsonArray(data)) return data.map((value) => ({ value }));
  return isJsonObject(data) ? Object.entries(data).map(([key, value]) => ({ key, value })) : undefined;
}

/** What an iteration gets of its item where no ItemSelector says otherwise. */
export function itemInput({ key, value }: MapItem): Json {
  return key === undefined ? value : { Key: key, Value: value };
}

/** `$$.Map` of an iteration. */
export function itemContext(index: number, { key, value, source }: MapItem): JsonObject {
  return {
    Item: {
      Index: index,
      ...(key !== undefined && { Key: key }),
      Value: value,
      ...(source !== undefined && { Source: source }),
    },
  };
}

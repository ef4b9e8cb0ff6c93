import { walkObjects, type FoundObject } from './objectWalk.ts';

export interface ListRequest {
  readonly prefix: string;
  readonly delimiter: string;
  /** Key, or common prefix, after which to go on. Empty for the start. */
  readonly after: string;
  readonly maxKeys: number;
}

/** One page: objects and what they roll up to, together at most `maxKeys`. */
export interface ListPage {
  readonly objects: readonly FoundObject[];
  readonly commonPrefixes: readonly string[];
  /** Set when there is more: pass it as `after`. */
  readonly next?: string;
}

/** Lists a bucket's folder as ListObjectsV2 does. */
export async function listPage(folder: string, request: ListRequest): Promise<ListPage> {
  const { prefix, delimiter, after, maxKeys } = request;
  const objects: FoundObject[] = [];
  const commonPrefixes: string[] = [];
  if (maxKeys === 0) return { objects, commonPrefixes };
  // Everything below a common prefix that was listed already, on this page or as the end of the one before.
  let rolledUp = delimiter !== '' && after.endsWith(delimiter) && after.length > prefix.length ? after : undefined;
  let last = '';
  const isRolledUp = (key: string): boolean => rolledUp !== undefined && key.startsWith(rolledUp);
  for await (const object of walkObjects(folder, { prefix, after, skips: isRolledUp })) {
    if (isRolledUp(object.key)) continue;
    if (objects.length + commonPrefixes.length === maxKeys) return { objects, commonPrefixes, next: last };
    const at = delimiter === '' ? -1 : object.key.indexOf(delimiter, prefix.length);
    if (at < 0) {
      objects.push(object);
      last = object.key;
    } else {
      rolledUp = object.key.slice(0, at + delimiter.length);
      commonPrefixes.push(rolledUp);
      last = rolledUp;
    }
  }
  return { objects, commonPrefixes };
}

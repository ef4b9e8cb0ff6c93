import { isJsonArray, isJsonObject, type Json } from '../json.ts';
import { readerFailed } from './readerFailed.ts';

/** The values of JSON Lines; blank lines are left out. */
export async function* jsonLines(pieces: AsyncIterable<string>): AsyncGenerator<Json> {
  let rest = '';
  for await (const piece of pieces) {
    const lines = (rest + piece).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line.trim() !== '') yield JSON.parse(line) as Json;
  }
  if (rest.trim() !== '') yield JSON.parse(rest) as Json;
}

/** The elements of a JSON list, at a JSON pointer (RFC 6901) where one is given. */
export function* jsonItems(text: string, pointer = ''): Generator<Json> {
  let value: Json | undefined = JSON.parse(text) as Json;
  for (const part of pointer.split('/').slice(1)) {
    const name = part.replaceAll('~1', '/').replaceAll('~0', '~');
    value = isJsonArray(value) ? value[Number(name)] : member(value, name);
  }
  if (!isJsonArray(value)) throw readerFailed('Attempting to map over non-iterable node.');
  yield* value;
}

function member(value: Json | undefined, name: string): Json | undefined {
  return isJsonObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

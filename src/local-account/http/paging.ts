import { AwsError } from './awsError.ts';

export interface PageOf<T> {
  readonly items: readonly T[];
  readonly nextToken?: string;
}

export interface PageAsk {
  readonly token: string | undefined;
  readonly size: number;
  /** Exception for a token that none of ours can be. */
  readonly invalidCode: string;
}

/**
 * A page of items that are listed in one order. The token names the last item's key, so that a page goes on at the right
 * place when items were added or removed in between.
 */
export function pageByKey<T>(items: readonly T[], keyOf: (item: T) => string, ask: PageAsk): PageOf<T> {
  const after = ask.token === undefined ? undefined : decodeToken(ask.token, ask.invalidCode);
  const start = after === undefined ? 0 : startAfter(items, keyOf, after);
  const page = items.slice(start, start + ask.size);
  const last = page.at(-1);
  if (last === undefined || start + page.length >= items.length) return { items: page };
  return { items: page, nextToken: encodeToken({ key: keyOf(last), index: start + page.length - 1 }) };
}

interface Place {
  readonly key: string;
  readonly index: number;
}

function startAfter<T>(items: readonly T[], keyOf: (item: T) => string, after: Place): number {
  const found = items.findIndex((item) => keyOf(item) === after.key);
  // The item has gone: whatever took its place comes next.
  return found >= 0 ? found + 1 : after.index;
}

function encodeToken(place: Place): string {
  return Buffer.from(JSON.stringify([place.key, place.index])).toString('base64url');
}

function decodeToken(token: string, invalidCode: string): Place {
  try {
    const value: unknown = JSON.parse(Buffer.from(token, 'base64url').toString());
    if (Array.isArray(value)) {
      const [key, index] = value as readonly unknown[];
      if (typeof key === 'string' && typeof index === 'number' && Number.isInteger(index) && index >= 0)
        return { key, index };
    }
  } catch {
    // Said below.
  }
  throw new AwsError(invalidCode, 'The token is not one that this operation gave.');
}

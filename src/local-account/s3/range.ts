import { AwsError } from '../http/awsError.ts';

/** First and last byte of a part of an object, both inclusive. */
export interface ByteRange {
  readonly first: number;
  readonly last: number;
}

/** Reads a Range header over `size` bytes. Undefined: send everything, as S3 does for a range it does not understand. */
export function parseRange(range: string | undefined, size: number): ByteRange | undefined {
  const match = /^bytes=(\d*)-(\d*)$/.exec(range?.trim() ?? '');
  if (!match) return undefined;
  const [, from = '', to = ''] = match;
  if (from === '' && to === '') return undefined;
  const first = from === '' ? Math.max(0, size - Number(to)) : Number(from);
  const last = from === '' || to === '' ? size - 1 : Math.min(Number(to), size - 1);
  if (from !== '' && to !== '' && Number(to) < Number(from)) return undefined;
  if (first >= size || (from === '' && Number(to) === 0)) {
    throw new AwsError('InvalidRange', 'The requested range is not satisfiable', 416, {
      ActualObjectSize: String(size),
    });
  }
  return { first, last };
}

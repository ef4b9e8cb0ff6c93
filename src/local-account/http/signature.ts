import { timingSafeEqual } from 'node:crypto';
import { header, type HttpCall } from './call.ts';

/** What a request says about who signed it: access key and service of the Signature Version 4 scope. */
export interface SignatureScope {
  readonly accessKeyId: string;
  readonly service: string;
  readonly region: string;
}

/** Reads the Authorization header or a presigned URL's query; undefined where the request is not signed. */
export function signatureScope(call: HttpCall): SignatureScope | undefined {
  const authorization = header(call, 'authorization');
  const credential = authorization
    ? /^AWS4-(?:HMAC-SHA256|ECDSA-P256-SHA256)\s.*?Credential=([^,\s]+)/.exec(authorization)?.[1]
    : call.query.get('X-Amz-Credential');
  const parts = credential?.split('/');
  if (!parts || parts.length < 5) return undefined;
  const [region = '', service = ''] = parts.slice(-3, -1);
  return { accessKeyId: parts.slice(0, -4).join('/'), region, service };
}

/** Compares two access keys in a time that does not tell how much of them is equal. */
export function isSameKey(given: string, expected: string): boolean {
  const left = Buffer.from(given);
  const right = Buffer.from(expected);
  return left.byteLength === right.byteLength && timingSafeEqual(left, right);
}

import { timingSafeEqual } from 'node:crypto';
import { header, type HttpCall } from './call.ts';

/** What a request says about who signed it: access key and service of the Signature Version 4 scope. */
export interface SignatureScope {
  readonly accessKeyId: string;
  readonly service: string;
  readonly region: string;
}

/**
 * Reads the Authorization header or a presigned URL's query; undefined where the request is not signed. S3 URLs may carry
 * Signature Version 2, which is what boto3 presigns with unless it is told otherwise.
 */
export function signatureScope(call: HttpCall): SignatureScope | undefined {
  const authorization = header(call, 'authorization');
  const olderKey = call.query.get('AWSAccessKeyId') ?? /^AWS ([^:\s]+):/.exec(authorization ?? '')?.[1];
  if (olderKey !== undefined) return { accessKeyId: olderKey, region: '', service: 's3' };
  const credential = authorization
    ? /^AWS4-(?:HMAC-SHA256|ECDSA-P256-SHA256)\s.*?Credential=([^,\s]+)/.exec(authorization)?.[1]
    : call.query.get('X-Amz-Credential');
  const parts = credential?.split('/');
  if (!parts || parts.length < 5) return undefined;
  const [region = '', service = ''] = parts.slice(-3, -1);
  return { accessKeyId: parts.slice(0, -4).join('/'), region, service };
}

/** Whether a presigned URL was good only until before `nowMs`. */
export function isExpired(call: HttpCall, nowMs: number): boolean {
  const { query } = call;
  if (query.has('AWSAccessKeyId')) return Number(query.get('Expires')) * 1000 < nowMs;
  const signed = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(query.get('X-Amz-Date') ?? '');
  if (!signed || !query.has('X-Amz-Signature')) return false;
  const [year = 0, month = 1, day, hour, minute, second] = signed.slice(1).map(Number);
  const signedMs = Date.UTC(year, month - 1, day, hour, minute, second);
  return signedMs + Number(query.get('X-Amz-Expires') ?? 0) * 1000 < nowMs;
}

/** Compares two access keys in a time that does not tell how much of them is equal. */
export function isSameKey(given: string, expected: string): boolean {
  const left = Buffer.from(given);
  const right = Buffer.from(expected);
  return left.byteLength === right.byteLength && timingSafeEqual(left, right);
}

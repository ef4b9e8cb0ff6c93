import type { Clock } from '../../core/base/clock.ts';
import { AwsError } from '../http/awsError.ts';
import { readBody } from '../http/body.ts';
import { header, reply, type HttpCall } from '../http/call.ts';
import { parseXml, toXml, type XmlElement, type XmlValue } from '../http/xml.ts';
import type { Conditions } from './conditions.ts';
import type { MultipartUploads } from './multipart.ts';
import type { ObjectStore } from './objectStore.ts';

export interface S3State {
  readonly objects: ObjectStore;
  readonly uploads: MultipartUploads;
  readonly clock: Clock;
}

export interface S3Call {
  readonly http: HttpCall;
  readonly bucket: string;
  readonly key: string;
}

/** Answers one kind of request, named `<METHOD> <service|bucket|object>[ <subresource>]`. */
export type S3Route = (state: S3State, call: S3Call) => void | Promise<void>;

export const s3Namespace = 'http://s3.amazonaws.com/doc/2006-03-01/';

export const owner = { ID: 'local', DisplayName: 'local' };

export function replyXml(call: S3Call, root: string, value: XmlValue): void {
  reply(call.http, 200, { 'content-type': 'application/xml' }, toXml(root, value, s3Namespace));
}

/** The XML document that a request carries; throws MalformedXML. */
export async function readXml(call: S3Call): Promise<XmlElement> {
  const document = parseXml((await readBody(call.http.request)).toString('utf8'));
  if (!document) {
    const message = 'The XML you provided was not well-formed or did not validate against our published schema';
    throw new AwsError('MalformedXML', message);
  }
  return document;
}

export function conditionsOf(call: S3Call, prefix = ''): Conditions {
  return {
    ifMatch: header(call.http, `${prefix}if-match`),
    ifNoneMatch: header(call.http, `${prefix}if-none-match`),
    ifModifiedSince: header(call.http, `${prefix}if-modified-since`),
    ifUnmodifiedSince: header(call.http, `${prefix}if-unmodified-since`),
  };
}

export function quoted(eTag: string): string {
  return `"${eTag}"`;
}

export function isoTime(ms: number): string {
  return new Date(ms).toISOString();
}

const keptHeaders = [
  'content-type',
  'cache-control',
  'content-disposition',
  'content-encoding',
  'content-language',
  'expires',
];

/** Headers of an upload that come back with the object: content type and the like, and the user's metadata. */
export function headersToKeep(call: S3Call): Readonly<Record<string, string>> {
  const kept: Record<string, string> = { 'content-type': 'binary/octet-stream' };
  for (const [name, value] of Object.entries(call.http.request.headers)) {
    if (typeof value !== 'string' || !(keptHeaders.includes(name) || name.startsWith('x-amz-meta-'))) continue;
    // The framing of the upload is not a property of the object.
    const plain = name === 'content-encoding' ? value.replace(/\baws-chunked\b\s*,?\s*/, '') : value;
    if (plain !== '') kept[name] = plain;
  }
  return kept;
}

/** A number in the query; throws InvalidArgument where it is not between `min` and `max`. */
export function queryNumber(
  call: S3Call,
  name: string,
  limits: { readonly fallback: number; readonly min: number; readonly max: number },
): number {
  const text = call.http.query.get(name);
  if (text === null || text === '') return limits.fallback;
  const value = Number(text);
  if (!Number.isInteger(value) || value < limits.min || value > limits.max) {
    throw new AwsError('InvalidArgument', `Provided ${name} not an integer or within integer range`, 400, {
      ArgumentName: name,
      ArgumentValue: text,
    });
  }
  return value;
}

import type { AwsError } from './awsError.ts';
import { reply, type HttpCall } from './call.ts';
import { toXml } from './xml.ts';

/** An exception as S3 tells it: an XML document, or the status alone where nothing may have a body. */
export function replyS3Error(call: HttpCall, error: AwsError): void {
  const { method } = call.request;
  if (method === 'HEAD' || error.status === 304) {
    reply(call, error.status, {});
    return;
  }
  const body = { Code: error.code, Message: error.message, ...textMembers(error.members), RequestId: call.requestId };
  reply(call, error.status, { 'content-type': 'application/xml' }, toXml('Error', body));
}

function textMembers(members: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(members).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  );
}

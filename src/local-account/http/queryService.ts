import { AwsError, toAwsError } from './awsError.ts';
import { readBody } from './body.ts';
import { reply, type HttpCall } from './call.ts';
import { toXml, type XmlValue } from './xml.ts';

/** One operation of a query-protocol service: form fields in, the members of its result out. */
export type QueryOperation = (form: URLSearchParams) => XmlValue | Promise<XmlValue>;

export interface QueryService {
  /** Name in the signature's scope: `sts`, `iam`. */
  readonly name: string;
  readonly namespace: string;
  readonly operations: Readonly<Record<string, QueryOperation>>;
}

/** Answers one call in the AWS query protocol (a form in, XML out). */
export async function serveQuery(services: readonly QueryService[], name: string, call: HttpCall): Promise<void> {
  const service = services.find((candidate) => candidate.name === name);
  const namespace = service?.namespace ?? 'http://webservices.amazon.com/AWSFault/2005-15-09';
  try {
    const form = new URLSearchParams((await readBody(call.request)).toString('utf8'));
    const action = form.get('Action') ?? '';
    const run = service && Object.hasOwn(service.operations, action) ? service.operations[action] : undefined;
    if (!run) {
      throw new AwsError('InvalidAction', `The local account of Sluice does not know the operation ${name}:${action}.`);
    }
    const body = { [`${action}Result`]: await run(form), ResponseMetadata: { RequestId: call.requestId } };
    reply(call, 200, { 'content-type': 'text/xml' }, toXml(`${action}Response`, body, namespace));
  } catch (thrown) {
    replyQueryError(call, toAwsError(thrown), namespace);
  }
}

export function replyQueryError(call: HttpCall, error: AwsError, namespace: string): void {
  const body = {
    Error: { Type: error.status < 500 ? 'Sender' : 'Receiver', Code: error.code, Message: error.message },
    RequestId: call.requestId,
  };
  reply(call, error.status, { 'content-type': 'text/xml' }, toXml('ErrorResponse', body, namespace));
}

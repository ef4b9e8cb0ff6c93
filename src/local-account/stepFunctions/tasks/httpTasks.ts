import { TaskFailure, type Json, type TaskRequest } from '../../../core/interpreter/index.ts';
import { isMembers, type Members } from '../../http/input.ts';
import { NotHere } from './notHere.ts';

/** As AWS asks for it, so that a larger body is cut by a server that can. */
const largestBody = 256 * 1024;
const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/**
 * `http:invoke` on a loopback address; whatever is elsewhere is answered by a mock. The connection's authorization is not
 * known here and left out. https://docs.aws.amazon.com/step-functions/latest/dg/call-https-apis.html
 */
export async function invokeHttp(request: TaskRequest): Promise<Json> {
  const parameters: Members = isMembers(request.parameters) ? request.parameters : {};
  const url = addressOf(parameters);
  const method = typeof parameters['Method'] === 'string' ? parameters['Method'].toUpperCase() : 'GET';
  const { body, type } = bodyOf(parameters);
  const headers = new Headers({
    'user-agent': 'Amazon|StepFunctions|HttpInvoke|local',
    range: `bytes=0-${largestBody}`,
  });
  if (type !== undefined) headers.set('content-type', type);
  for (const [name, value] of Object.entries(membersOf(parameters['Headers']))) headers.set(name, textOf(value));
  let reply: Response;
  let text: string;
  try {
    reply = await fetch(url, {
      method,
      headers,
      redirect: 'manual',
      signal: request.signal,
      ...(body !== undefined && { body }),
    });
    text = await reply.text();
  } catch (error) {
    request.signal.throwIfAborted();
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
    throw new TaskFailure('States.Http.Socket', `${method} ${url.origin}${url.pathname} failed: ${cause}`);
  }
  if (Buffer.byteLength(text) > largestBody) {
    throw new TaskFailure('States.DataLimitExceeded', 'The response body is larger than a state can take (256 KiB).');
  }
  const result = {
    Headers: Object.fromEntries([...reply.headers].map(([name, value]) => [name, [value]])),
    ResponseBody: responseBody(reply, text),
    StatusCode: reply.status,
    StatusText: reply.statusText,
  };
  if (reply.ok) return result;
  throw new TaskFailure(`States.Http.StatusCode.${reply.status}`, text === '' ? reply.statusText : text);
}

function addressOf(parameters: Members): URL {
  const given = parameters['ApiEndpoint'];
  const url = typeof given === 'string' && URL.canParse(given) ? new URL(given) : undefined;
  if (!url) throw new TaskFailure('States.Runtime', `The ApiEndpoint ${JSON.stringify(given ?? null)} is no URL.`);
  if (!loopback.test(url.hostname)) throw new NotHere(`The HTTP endpoint ${url.origin}`);
  for (const [name, value] of Object.entries(membersOf(parameters['QueryParameters']))) {
    for (const each of Array.isArray(value) ? (value as unknown[]) : [value])
      url.searchParams.append(name, textOf(each));
  }
  return url;
}

function bodyOf(parameters: Members): { readonly body?: string; readonly type?: string } {
  const given = parameters['RequestBody'];
  if (given === undefined) return {};
  if (membersOf(parameters['Transform'])['RequestBodyEncoding'] === 'URL_ENCODED') {
    const form = new URLSearchParams();
    for (const [name, value] of Object.entries(membersOf(given))) {
      for (const each of Array.isArray(value) ? (value as unknown[]) : [value]) form.append(name, textOf(each));
    }
    return { body: form.toString(), type: 'application/x-www-form-urlencoded' };
  }
  if (typeof given === 'string') return { body: given, type: 'text/plain' };
  return { body: JSON.stringify(given), type: 'application/json' };
}

function responseBody(reply: Response, text: string): Json {
  if (!/\bjson\b/i.test(reply.headers.get('content-type') ?? '')) return text;
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}

function membersOf(value: unknown): Members {
  return isMembers(value) ? value : {};
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

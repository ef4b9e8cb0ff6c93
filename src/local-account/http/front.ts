import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Clock } from '../../core/base/clock.ts';
import type { Log } from '../../core/base/log.ts';
import { AwsError, toAwsError } from './awsError.ts';
import { header, reply, type HttpCall } from './call.ts';
import type { JsonService } from './jsonService.ts';
import { replyQueryError, serveQuery, type QueryService } from './queryService.ts';
import { serveJson } from './serveJson.ts';
import { isExpired, isSameKey, signatureScope } from './signature.ts';
import { replyS3Error } from './s3Error.ts';

export interface FrontOptions {
  /** The only access key that is let in. */
  readonly accessKeyId: string;
  readonly jsonServices: readonly JsonService[];
  readonly queryServices: readonly QueryService[];
  readonly serveS3: (call: HttpCall) => Promise<void>;
  /** Paths below `/_sluice/`: health and leases. They carry the access key as a bearer token. */
  readonly serveControl: (call: HttpCall, path: string) => Promise<void>;
  readonly clock: Clock;
  readonly log: Log;
}

const controlPrefix = '/_sluice/';

/**
 * The HTTP server of the account, not listening yet. Whatever is sent to it ends in a reply, never in a crash. Requests
 * wait until the services are there, so that a port can be taken before the state is opened.
 */
export function createFront(services: Promise<FrontOptions>): Server {
  const server = createServer((request, response) => {
    void services.then(
      async (options) => {
        await serve(options, request, response);
      },
      () => response.destroy(),
    );
  });
  // A client that reuses a connection just as it is closed sees a reset; clients keep idle ones for about a minute.
  server.keepAliveTimeout = 120_000;
  // Uploads of large objects and synchronous executions take their time.
  server.requestTimeout = 0;
  server.on('clientError', (_error, socket) => {
    if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
    else socket.destroy();
  });
  return server;
}

async function serve(options: FrontOptions, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const started = performance.now();
  const requestId = randomUUID();
  response.setHeader('x-amzn-requestid', requestId);
  response.setHeader('x-amz-request-id', requestId);
  const gone = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) gone.abort();
  });
  const [path = '/', search = ''] = splitOnce(request.url ?? '/', '?');
  const call: HttpCall = {
    request,
    response,
    path,
    query: new URLSearchParams(search),
    requestId,
    signal: gone.signal,
  };
  let name = `${request.method ?? '?'} request`;
  try {
    name = operationName(call);
    await route(options, call);
  } catch (thrown) {
    if (!gone.signal.aborted) options.log.error(`${name} ${requestId} failed: ${describe(thrown)}`);
    const error = toAwsError(thrown);
    if (response.headersSent) response.destroy();
    else reply(call, error.status, { 'content-type': 'application/json' }, JSON.stringify({ message: error.message }));
  }
  // What was not read of a refused body would be taken for the next request on this connection.
  if (!request.complete) request.resume();
  options.log.debug(`${name} ${response.statusCode} ${requestId} ${Math.round(performance.now() - started)} ms`);
}

async function route(options: FrontOptions, call: HttpCall): Promise<void> {
  if (call.path.startsWith(controlPrefix)) {
    const token = /^Bearer (.+)$/.exec(header(call, 'authorization') ?? '')?.[1] ?? '';
    if (!isSameKey(token, options.accessKeyId)) throw new AwsError('AccessDenied', 'Wrong token.', 403);
    await options.serveControl(call, call.path.slice(controlPrefix.length));
    return;
  }
  const scope = signatureScope(call);
  const target = header(call, 'x-amz-target');
  if (target !== undefined) {
    const [prefix = '', operation = ''] = splitOnce(target, '.');
    const service = options.jsonServices.find((candidate) => candidate.spec.targetPrefix === prefix);
    const refusal = scope
      ? isSameKey(scope.accessKeyId, options.accessKeyId)
        ? undefined
        : new AwsError('UnrecognizedClientException', 'The security token included in the request is invalid.')
      : new AwsError('MissingAuthenticationTokenException', 'Missing Authentication Token');
    const failure =
      refusal ??
      (service
        ? undefined
        : new AwsError(
            'UnknownOperationException',
            `The local account of Sluice does not know the service ${prefix}.`,
          ));
    if (failure || !service) {
      const body = { __type: failure?.code, message: failure?.message, Message: failure?.message };
      reply(call, 400, { 'content-type': 'application/x-amz-json-1.1' }, JSON.stringify(body));
      return;
    }
    await serveJson(service, operation, call);
    return;
  }
  const isForm = header(call, 'content-type')?.startsWith('application/x-www-form-urlencoded') === true;
  if (scope && scope.service !== 's3' && (isForm || options.queryServices.some(({ name }) => name === scope.service))) {
    if (!isSameKey(scope.accessKeyId, options.accessKeyId)) {
      const message = 'The security token included in the request is invalid.';
      replyQueryError(call, new AwsError('InvalidClientTokenId', message, 403), '');
      return;
    }
    await serveQuery(options.queryServices, scope.service, call);
    return;
  }
  if (scope && scope.service !== 's3') {
    const message = `The local account of Sluice does not have the service '${scope.service}'.`;
    const body = JSON.stringify({ __type: 'UnknownOperationException', message, Message: message });
    reply(call, 404, { 'content-type': 'application/json', 'x-amzn-errortype': 'UnknownOperationException' }, body);
    return;
  }
  if (!scope) {
    replyS3Error(call, new AwsError('AccessDenied', 'Access Denied', 403));
    return;
  }
  if (!isSameKey(scope.accessKeyId, options.accessKeyId)) {
    const message = 'The AWS Access Key Id you provided does not exist in our records.';
    replyS3Error(call, new AwsError('InvalidAccessKeyId', message, 403));
    return;
  }
  if (isExpired(call, options.clock.now())) {
    replyS3Error(call, new AwsError('AccessDenied', 'Request has expired', 403));
    return;
  }
  await options.serveS3(call);
}

/** What the log calls a request: never its path or body, which may hold a user's data. */
function operationName(call: HttpCall): string {
  return header(call, 'x-amz-target') ?? `${call.request.method ?? '?'} ${signatureScope(call)?.service ?? 'request'}`;
}

function splitOnce(text: string, separator: string): readonly string[] {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + separator.length)];
}

function describe(thrown: unknown): string {
  return thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
}

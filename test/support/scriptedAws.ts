import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ScriptedRequest {
  /** The operation of a JSON service, for instance `GetJobs`; method and path for S3 and the query services. */
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly headers: IncomingMessage['headers'];
  readonly text: string;
}

export type ScriptedAnswer =
  | { readonly json: unknown; readonly status?: number; readonly headers?: Record<string, string> }
  | { readonly body: string; readonly type: string; readonly status?: number }
  /** The connection ends before the answer does. */
  | { readonly reset: 'before' | 'middle' }
  /** Nothing is ever answered; with `after`, it stops in the middle of the body. */
  | { readonly hang: true };

export interface ScriptedAws {
  readonly endpoint: string;
  readonly requests: readonly ScriptedRequest[];
  close(): Promise<void>;
}

/** An HTTP server on this machine that answers as the test says, request by request. */
export async function scriptedAws(
  answer: (request: ScriptedRequest, count: number) => ScriptedAnswer | Promise<ScriptedAnswer>,
): Promise<ScriptedAws> {
  const requests: ScriptedRequest[] = [];
  const server = createServer((incoming, response) => {
    void (async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of incoming) chunks.push(chunk as Buffer);
      const text = Buffer.concat(chunks).toString('utf8');
      const request = toRequest(incoming, text);
      requests.push(request);
      give(await answer(request, requests.filter(({ operation }) => operation === request.operation).length), response);
    })().catch(() => {
      // The client went away in the middle of its request.
      response.destroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function toRequest(incoming: IncomingMessage, text: string): ScriptedRequest {
  const target = incoming.headers['x-amz-target'];
  if (typeof target === 'string') {
    return {
      operation: target.split('.').at(-1) ?? '',
      input: JSON.parse(text || '{}') as Record<string, unknown>,
      headers: incoming.headers,
      text,
    };
  }
  const form = Object.fromEntries(new URLSearchParams(text));
  return {
    operation: form['Action'] ?? `${incoming.method ?? ''} ${incoming.url ?? ''}`,
    input: form,
    headers: incoming.headers,
    text,
  };
}

function give(answer: ScriptedAnswer, response: ServerResponse): void {
  if ('hang' in answer) return;
  if ('reset' in answer) {
    if (answer.reset === 'middle') {
      response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1', 'content-length': '1000' });
      response.write('{"Jobs": [');
      setTimeout(() => response.destroy(), 10);
    } else response.destroy();
    return;
  }
  const [type, body] =
    'json' in answer ? ['application/x-amz-json-1.1', JSON.stringify(answer.json)] : [answer.type, answer.body];
  response.writeHead(answer.status ?? 200, {
    'content-type': type,
    'x-amzn-requestid': 'req-1',
    ...('headers' in answer ? answer.headers : {}),
  });
  response.end(body);
}

/** An error as the JSON services write it. */
export function awsError(name: string, message: string, status = 400): ScriptedAnswer {
  return { json: { __type: name, message, Message: message }, status };
}

/** What STS answers to GetCallerIdentity. */
export function identityReply(accountId = '123456789012'): ScriptedAnswer {
  const result = `<Arn>arn:aws:iam::${accountId}:user/me</Arn><UserId>me</UserId><Account>${accountId}</Account>`;
  const body = `<GetCallerIdentityResponse><GetCallerIdentityResult>${result}</GetCallerIdentityResult></GetCallerIdentityResponse>`;
  return { body, type: 'text/xml' };
}

import { createServer, request as httpRequest, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What goes wrong on the way to an endpoint. */
export type Fault =
  /** The endpoint limits requests. */
  | 'throttle'
  /** The endpoint has a problem of its own. */
  | 'status-500'
  | 'status-503'
  /** The connection is lost before the request reaches the endpoint. */
  | 'reset-before'
  /** The endpoint acts on the request, and the connection is lost before the answer. */
  | 'reset-after'
  /** The connection is lost in the middle of the answer. */
  | 'reset-middle'
  /** Nothing comes back. */
  | 'hang'
  /** The answer stops in its middle. */
  | 'hang-middle'
  | 'html-200'
  | 'html-403'
  | 'html-503'
  /** Denied in so many words, and without any. */
  | 'denied'
  | 'denied-silently'
  | 'expired-credentials'
  /** JSON that is cut off, with status 200. */
  | 'half-json';

export interface FaultProxy {
  readonly endpoint: string;
  /** Calls by operation, in the order in which they came. */
  readonly calls: readonly string[];
  /** From now on, the calls of `operation` fail for as long as `isOn`, which is asked with their count from 0. */
  fail(operation: string, fault: Fault, isOn?: (count: number) => boolean): void;
  /** Ends all faults. */
  heal(): void;
  close(): Promise<void>;
}

/** Stands between a client and an endpoint, and spoils what it is told to. Port 0 is one of the system's choice. */
export async function faultProxy(upstream: string, port = 0): Promise<FaultProxy> {
  const calls: string[] = [];
  const faults = new Map<string, { readonly fault: Fault; readonly isOn: (count: number) => boolean; count: number }>();
  const server = createServer((incoming, response) => {
    void (async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of incoming) chunks.push(chunk as Buffer);
      const body = Buffer.concat(chunks);
      const target = incoming.headers['x-amz-target'];
      const operation =
        typeof target === 'string'
          ? (target.split('.').at(-1) ?? '')
          : `${incoming.method ?? ''} ${incoming.url ?? ''}`;
      calls.push(operation);
      const plan = faults.get(operation);
      const fault = plan?.isOn(plan.count) ? plan.fault : undefined;
      if (plan) plan.count += 1;
      if (fault !== undefined && !reachesEndpoint.has(fault)) {
        spoil(fault, response);
        return;
      }
      const answer = await forward(
        new URL(incoming.url ?? '/', upstream),
        incoming.method ?? 'GET',
        incoming.headers,
        body,
      );
      if (fault === 'reset-after') {
        response.destroy();
        return;
      }
      response.writeHead(answer.status, answer.headers);
      if (fault === undefined) response.end(answer.body);
      else {
        response.write(answer.body.subarray(0, Math.floor(answer.body.length / 2)));
        if (fault === 'reset-middle') setTimeout(() => response.destroy(), 10);
      }
    })().catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined));
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    fail: (operation, fault, isOn = () => true) => void faults.set(operation, { fault, isOn, count: 0 }),
    heal: () => faults.clear(),
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

const reachesEndpoint: ReadonlySet<Fault> = new Set<Fault>(['reset-after', 'reset-middle', 'hang-middle']);

type Spoilt = readonly [status: number, type: string, body: string];

const json = (status: number, name: string, message: string): Spoilt => [
  status,
  'application/x-amz-json-1.1',
  JSON.stringify({ __type: name, message, Message: message }),
];
const html = (status: number): Spoilt => [
  status,
  'text/html; charset=utf-8',
  '<html><body><h1>Sign in to the network</h1></body></html>',
];

const answers: Partial<Record<Fault, Spoilt>> = {
  throttle: json(400, 'ThrottlingException', 'Rate exceeded'),
  'status-500': json(500, 'InternalServiceException', 'An internal error occurred.'),
  'status-503': json(503, 'ServiceUnavailable', 'Service is unavailable.'),
  'html-200': html(200),
  'html-403': html(403),
  'html-503': html(503),
  denied: json(
    400,
    'AccessDeniedException',
    'User: arn:aws:iam::123456789012:user/ann is not authorized to perform: glue:GetJobs on resource: * with an explicit deny in an identity-based policy',
  ),
  'denied-silently': [403, 'application/x-amz-json-1.1', '{}'],
  'expired-credentials': json(400, 'ExpiredTokenException', 'The security token included in the request is expired'),
  'half-json': [200, 'application/x-amz-json-1.1', '{"Jobs": [{"Name": "a'],
};

function spoil(fault: Fault, response: ServerResponse): void {
  const answer = answers[fault];
  if (answer) {
    const [status, type, body] = answer;
    response.writeHead(status, { 'content-type': type, 'x-amzn-requestid': 'spoilt-1' });
    response.end(body);
  } else if (fault === 'reset-before') response.destroy();
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

async function forward(url: URL, method: string, headers: IncomingHttpHeaders, body: Buffer): Promise<Answer> {
  return await new Promise<Answer>((resolve, reject) => {
    const request = httpRequest(url, { method, headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const answered = { ...response.headers };
        delete answered['transfer-encoding'];
        delete answered.connection;
        const whole = Buffer.concat(chunks);
        if (method !== 'HEAD') answered['content-length'] = String(whole.length);
        resolve({ status: response.statusCode ?? 502, headers: answered, body: whole });
      });
    });
    request.on('error', reject);
    request.end(body);
  });
}

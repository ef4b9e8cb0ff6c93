import type { IncomingMessage, ServerResponse } from 'node:http';

/** One HTTP request on its way through the account. */
export interface HttpCall {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** Path as sent, percent-encoded, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly requestId: string;
  /** Aborts when the caller goes away. */
  readonly signal: AbortSignal;
}

/** A header's value, the first where it was sent more than once. */
export function header(call: HttpCall, name: string): string | undefined {
  const value = call.request.headers[name];
  return Array.isArray(value) ? value[0] : value;
}

/** Sends a whole reply; does nothing when the caller has gone or a reply was begun. */
export function reply(
  call: HttpCall,
  status: number,
  headers: Readonly<Record<string, string | number>>,
  body: string | Uint8Array = '',
): void {
  const { response } = call;
  if (response.headersSent || response.destroyed) return;
  const bytes = typeof body === 'string' ? Buffer.from(body, 'utf8') : body;
  response.writeHead(status, { ...headers, 'content-length': bytes.byteLength });
  response.end(call.request.method === 'HEAD' ? undefined : bytes);
}

import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

/** Credentials as they are handed on. */
export interface ServedCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly expiration?: Date;
}

export interface CredentialsServer {
  /** What the SDK sends in its `Authorization` header. */
  readonly token: string;
  /** Takes connections from the relay, or from a port of this machine's loopback. */
  readonly server: Server;
}

/** Credentials without an end are asked for again after this long. */
const assumedLifeMs = 3_600_000;

/**
 * The endpoint that SDKs ask for credentials inside containers: whoever has the token gets what `provide` gives at that
 * moment, so that they are renewed for as long as a run takes. Nothing listens until somebody makes the server listen.
 * https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html
 */
export function createCredentialsServer(
  provide: (signal: AbortSignal) => Promise<ServedCredentials>,
): CredentialsServer {
  const token = randomBytes(32).toString('base64url');
  const server = createServer((request, response) => {
    void answer(request, response, { token, provide });
  });
  return { token, server };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { token, provide }: { readonly token: string; readonly provide: (signal: AbortSignal) => Promise<ServedCredentials> },
): Promise<void> {
  const reply = (status: number, content: unknown): void => {
    response.writeHead(status, {
      'content-type': 'application/json',
      'cache-control': 'no-store',
      connection: 'close',
    });
    response.end(JSON.stringify(content));
  };
  if (!isEqual(request.headers.authorization ?? '', token)) {
    reply(403, { code: 'AccessDenied', message: 'The token is not the one of this run.' });
    return;
  }
  if (request.method !== 'GET' || request.url !== '/credentials') {
    reply(404, { code: 'NotFound', message: 'Only /credentials is here.' });
    return;
  }
  const left = new AbortController();
  response.once('close', () => left.abort());
  try {
    const { accessKeyId, secretAccessKey, sessionToken, expiration } = await provide(left.signal);
    // botocore wants the member even where there is no token; the Java SDK takes any value for one.
    const isBotocore = /urllib3|boto/i.test(request.headers['user-agent'] ?? '');
    reply(200, {
      AccessKeyId: accessKeyId,
      SecretAccessKey: secretAccessKey,
      ...(sessionToken !== undefined ? { Token: sessionToken } : isBotocore ? { Token: null } : {}),
      Expiration: (expiration ?? new Date(Date.now() + assumedLifeMs)).toISOString().replace(/\.\d+Z$/, 'Z'),
    });
  } catch (error) {
    reply(500, { code: 'CredentialsUnavailable', message: error instanceof Error ? error.message : 'Unknown.' });
  }
}

function isEqual(given: string, token: string): boolean {
  const hash = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(given), hash(token));
}

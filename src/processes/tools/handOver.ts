import { randomBytes, timingSafeEqual } from 'node:crypto';
import { createServer, get } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Disposable } from '../../core/base/disposable.ts';
import type { ToolCredentials, ToolPlace } from '../../core/deploy/tools/environment.ts';

/** What a tool is started with that must stand in no argument, file or saved terminal. */
export interface HandOver {
  readonly credentials: ToolCredentials;
  readonly place?: ToolPlace;
  /** A Python environment of the project, which comes first on PATH. */
  readonly virtualEnvironment?: string;
}

export interface HandingOver extends Disposable {
  /** Where `takeOver` gets it, once. Of no use to anybody after that. */
  readonly address: string;
}

/** Serves credentials on this machine's loopback to the first who knows the address, and then to nobody. */
export async function handOver(given: HandOver): Promise<HandingOver> {
  const secret = `/${randomBytes(32).toString('base64url')}`;
  let isTaken = false;
  const server = createServer((request, response) => {
    const isRight = !isTaken && isEqual(request.url ?? '', secret);
    if (isRight) isTaken = true;
    response.writeHead(isRight ? 200 : 404, { 'content-type': 'application/json', connection: 'close' });
    response.end(isRight ? JSON.stringify(given) : '{}');
    if (isRight) server.close();
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return { address: `http://127.0.0.1:${port}${secret}`, dispose: () => server.close() };
}

/** What waits at an address. Rejects where it was taken before, or is not offered any more. */
export async function takeOver(address: string): Promise<HandOver> {
  const text = await new Promise<string>((resolve, reject) => {
    const request = get(address, { agent: false }, (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => (body += chunk));
      response.on('error', reject);
      response.on('end', () => (response.statusCode === 200 ? resolve(body) : reject(new Error('taken already'))));
    });
    request.on('error', reject);
  });
  return checked(JSON.parse(text));
}

function checked(value: unknown): HandOver {
  const { credentials, place, virtualEnvironment } = (value ?? {}) as Partial<Record<keyof HandOver, unknown>>;
  const members = (credentials ?? {}) as Partial<Record<keyof ToolCredentials, unknown>>;
  const { accessKeyId, secretAccessKey, sessionToken, region } = members;
  if (typeof accessKeyId !== 'string' || typeof secretAccessKey !== 'string' || typeof region !== 'string') {
    throw new Error('no credentials');
  }
  return {
    credentials: {
      accessKeyId,
      secretAccessKey,
      region,
      ...(typeof sessionToken === 'string' ? { sessionToken } : {}),
    },
    ...(isPlace(place) ? { place } : {}),
    ...(typeof virtualEnvironment === 'string' ? { virtualEnvironment } : {}),
  };
}

function isPlace(value: unknown): value is ToolPlace {
  return typeof value === 'object' && value !== null && Object.values(value).every((each) => typeof each === 'string');
}

function isEqual(a: string, b: string): boolean {
  const [x, y] = [Buffer.from(a), Buffer.from(b)];
  return x.length === y.length && timingSafeEqual(x, y);
}

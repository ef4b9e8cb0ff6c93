import { randomBytes, timingSafeEqual } from 'node:crypto';
import { createServer, get, request as requestOf, type IncomingMessage } from 'node:http';
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

/** How a tool ended. */
export interface ToolEnd {
  /** Undefined where a signal ended it. */
  readonly code?: number;
  /** The user had asked it to stop. */
  readonly isAsked: boolean;
  /** It did not end of its own accord. */
  readonly isForced: boolean;
}

export interface HandingOver extends Disposable {
  /** Where `takeOver` gets it, once; after that only `reportEnd` is heard there. */
  readonly address: string;
  /** What `reportEnd` told; undefined where this is disposed before. Never rejects. */
  readonly reported: Promise<ToolEnd | undefined>;
}

/** Serves credentials on this machine's loopback to the first who knows the address, and then to nobody. */
export async function handOver(given: HandOver): Promise<HandingOver> {
  const secret = `/${randomBytes(32).toString('base64url')}`;
  let hear: (end: ToolEnd | undefined) => void = () => undefined;
  const reported = new Promise<ToolEnd | undefined>((resolve) => (hear = resolve));
  let isTaken = false;
  const server = createServer((request, response) => {
    const isKnown = isEqual(request.url ?? '', secret);
    const answer = (status: number, body = '{}'): void => {
      response.writeHead(status, { 'content-type': 'application/json', connection: 'close' });
      response.end(body);
    };
    if (isKnown && isTaken && request.method === 'POST') {
      bodyOf(request).then(
        (body) => {
          hear(checkedEnd(body));
          answer(200);
        },
        () => answer(400),
      );
      return;
    }
    const isRight = isKnown && !isTaken;
    if (isRight) isTaken = true;
    answer(isRight ? 200 : 404, isRight ? JSON.stringify(given) : undefined);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  const dispose = (): void => {
    hear(undefined);
    server.close();
  };
  return { address: `http://127.0.0.1:${port}${secret}`, reported, dispose };
}

/** Tells where something was taken over how the tool ended. Never rejects: the window may be gone. */
export async function reportEnd(address: string, end: ToolEnd): Promise<void> {
  await new Promise<void>((resolve) => {
    const request = requestOf(address, { method: 'POST', agent: false, timeout: 2000 }, (response) => {
      response.resume();
      response.on('close', resolve);
    });
    request.on('timeout', () => request.destroy());
    request.on('close', resolve);
    request.on('error', () => resolve());
    request.end(JSON.stringify(end));
  });
}

/** What waits at an address. Rejects where it was taken before, or is not offered any more. */
export async function takeOver(address: string): Promise<HandOver> {
  const text = await new Promise<string>((resolve, reject) => {
    const request = get(address, { agent: false }, (response) => {
      if (response.statusCode === 200) bodyOf(response).then(resolve, reject);
      else reject(new Error('taken already'));
    });
    request.on('error', reject);
  });
  return checked(JSON.parse(text));
}

async function bodyOf(message: IncomingMessage): Promise<string> {
  let body = '';
  message.setEncoding('utf8');
  for await (const chunk of message) body += String(chunk);
  return body;
}

function checkedEnd(body: string): ToolEnd {
  const { code, isAsked, isForced } = JSON.parse(body) as Partial<Record<keyof ToolEnd, unknown>>;
  return { ...(typeof code === 'number' ? { code } : {}), isAsked: isAsked === true, isForced: isForced === true };
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

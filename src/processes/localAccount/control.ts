import { get, type ClientRequest, type IncomingMessage } from 'node:http';
import { within } from '../within.ts';
import type { Endpoint } from './endpointFile.ts';
import type { WorkspaceSettings } from './workspaceSettings.ts';

/** A state file of the account that could not be read and was set aside. */
export interface AccountProblem {
  readonly file: string;
  readonly setAsideAs?: string;
  readonly reason: string;
}

export interface AccountHealth {
  readonly version: number;
  readonly pid: number;
  readonly problems: readonly AccountProblem[];
}

/** How long the process may take for an answer. */
const answerMs = 3000;

/** Asks the process whether it is well; undefined where nothing, or something else, answers at its port. */
export async function askHealth(endpoint: Endpoint, signal?: AbortSignal): Promise<AccountHealth | undefined> {
  const value = await ask(
    endpoint,
    { path: 'health', read: async (reply) => (reply.ok ? await reply.json() : undefined) },
    signal,
  );
  return isHealth(value) && value.pid === endpoint.pid ? value : undefined;
}

/** `granted`: the process ends now and removes its state. `busy`: a run is on, nothing was done. */
export type ResetAnswer = 'granted' | 'busy' | 'failed';

/** Asks the process to remove all that it keeps. */
export async function askReset(endpoint: Endpoint, signal?: AbortSignal): Promise<ResetAnswer> {
  const init = { method: 'POST', headers: { connection: 'close' } };
  const status = await ask(endpoint, { path: 'reset', init, read: statusOf }, signal);
  if (status === 409) return 'busy';
  return status === 202 ? 'granted' : 'failed';
}

/** Tells the process what workspace it works for; gives whether it took that. */
export async function putWorkspace(
  endpoint: Endpoint,
  settings: WorkspaceSettings,
  signal?: AbortSignal,
): Promise<boolean> {
  const init = {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(settings),
  };
  return (await ask(endpoint, { path: 'workspace', init, read: statusOf }, signal)) === 204;
}

interface Question<T> {
  /** Below `/_sluice/`. */
  readonly path: string;
  readonly init?: {
    readonly method: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body?: string;
  };
  readonly read: (reply: Response) => Promise<T>;
}

/** Undefined where no answer came that can be read. Rejects only where the caller's signal says so. */
async function ask<T>(
  { port, accessKeyId }: Endpoint,
  { path, init, read }: Question<T>,
  signal?: AbortSignal,
): Promise<T | undefined> {
  const send = async (limited: AbortSignal): Promise<T> => {
    const headers = { ...init?.headers, authorization: `Bearer ${accessKeyId}` };
    return await read(await fetch(`http://127.0.0.1:${port}/_sluice/${path}`, { ...init, headers, signal: limited }));
  };
  try {
    return await within(answerMs, send, signal);
  } catch {
    signal?.throwIfAborted();
    return undefined;
  }
}

async function statusOf(reply: Response): Promise<number> {
  await reply.body?.cancel();
  return reply.status;
}

/** Keeps the process alive for as long as it is held; ends with this process, however that ends. */
export interface Lease {
  /** Resolves when the process has gone, or the lease was released. */
  readonly ended: Promise<void>;
  release(): void;
}

/** Takes a lease; undefined where the process went away meanwhile. */
export async function takeLease(endpoint: Endpoint): Promise<Lease | undefined> {
  return await new Promise((resolve) => {
    const request: ClientRequest = get(
      {
        host: '127.0.0.1',
        port: endpoint.port,
        path: '/_sluice/lease',
        headers: { authorization: `Bearer ${endpoint.accessKeyId}` },
        agent: false,
      },
      (reply: IncomingMessage) => {
        if (reply.statusCode !== 200) {
          request.destroy();
          resolve(undefined);
          return;
        }
        const ended = new Promise<void>((end) => {
          reply.once('close', () => end());
        });
        reply.resume();
        // A held lease alone must not keep its own process from ending.
        reply.socket.unref();
        resolve({ ended, release: () => void request.destroy() });
      },
    );
    request.on('error', () => resolve(undefined));
  });
}

function isHealth(value: unknown): value is AccountHealth {
  if (typeof value !== 'object' || value === null) return false;
  const { version, pid, problems } = value as Readonly<Record<string, unknown>>;
  return typeof version === 'number' && typeof pid === 'number' && Array.isArray(problems);
}

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

const healthTimeoutMs = 3000;

/** Asks the process whether it is well; undefined where nothing, or something else, answers at its port. */
export async function askHealth(endpoint: Endpoint, signal?: AbortSignal): Promise<AccountHealth | undefined> {
  try {
    const ask = async (limited: AbortSignal): Promise<unknown> => {
      const headers = { authorization: `Bearer ${endpoint.accessKeyId}` };
      const url = `http://127.0.0.1:${endpoint.port}/_sluice/health`;
      const reply = await fetch(url, { headers, signal: limited });
      return reply.ok ? await reply.json() : undefined;
    };
    const value = await within(healthTimeoutMs, ask, signal);
    return isHealth(value) && value.pid === endpoint.pid ? value : undefined;
  } catch {
    signal?.throwIfAborted();
    return undefined;
  }
}

/** `granted`: the process ends now and removes its state. `busy`: a run is on, nothing was done. */
export type ResetAnswer = 'granted' | 'busy' | 'failed';

/** Asks the process to remove all that it keeps. */
export async function askReset(endpoint: Endpoint, signal?: AbortSignal): Promise<ResetAnswer> {
  try {
    const ask = async (limited: AbortSignal): Promise<Response> => {
      const headers = { authorization: `Bearer ${endpoint.accessKeyId}`, connection: 'close' };
      const url = `http://127.0.0.1:${endpoint.port}/_sluice/reset`;
      return await fetch(url, { method: 'POST', headers, signal: limited });
    };
    const { status } = await within(healthTimeoutMs, ask, signal);
    if (status === 409) return 'busy';
    return status === 202 ? 'granted' : 'failed';
  } catch {
    signal?.throwIfAborted();
    return 'failed';
  }
}

/** Tells the process what workspace it works for; gives whether it took that. */
export async function putWorkspace(
  endpoint: Endpoint,
  settings: WorkspaceSettings,
  signal?: AbortSignal,
): Promise<boolean> {
  try {
    const ask = async (limited: AbortSignal): Promise<Response> => {
      const headers = { authorization: `Bearer ${endpoint.accessKeyId}`, 'content-type': 'application/json' };
      const url = `http://127.0.0.1:${endpoint.port}/_sluice/workspace`;
      return await fetch(url, { method: 'PUT', headers, body: JSON.stringify(settings), signal: limited });
    };
    const { status } = await within(healthTimeoutMs, ask, signal);
    return status === 204;
  } catch {
    signal?.throwIfAborted();
    return false;
  }
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

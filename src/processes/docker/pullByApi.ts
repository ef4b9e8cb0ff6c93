import { request } from 'node:http';
import { createInterface } from 'node:readline';
import type { PullProgress } from './images.ts';

/** `docker.io/library/a:1` as the API takes it; the tag may be a digest. */
export function splitReference(reference: string): { readonly name: string; readonly tag: string } {
  const at = reference.indexOf('@');
  if (at > 0) return { name: reference.slice(0, at), tag: reference.slice(at + 1) };
  const colon = reference.lastIndexOf(':');
  if (colon <= reference.lastIndexOf('/')) return { name: reference, tag: 'latest' };
  return { name: reference.slice(0, colon), tag: reference.slice(colon + 1) };
}

/** Path of the socket or pipe that an engine's address names; undefined for one over a network. */
export function socketOf(host: string): string | undefined {
  if (host.startsWith('unix://')) return host.slice('unix://'.length);
  if (host.startsWith('npipe://')) return host.slice('npipe://'.length).replaceAll('/', '\\');
  return undefined;
}

/**
 * Fetches an image through the engine's own API, which tells bytes where its command tells layers. Gives false where that
 * did not do: no such socket, or a registry that wants to know who asks; the engine's command does the rest. Aborting
 * ends the pull; what has come stays for the next try.
 * @see https://docs.docker.com/reference/api/engine/version/v1.41/#tag/Image/operation/ImageCreate
 */
export async function pullByApi(
  socketPath: string,
  reference: string,
  onProgress: (progress: PullProgress) => void,
  signal?: AbortSignal,
): Promise<boolean> {
  const { name, tag } = splitReference(reference);
  const path = `/images/create?fromImage=${encodeURIComponent(name)}&tag=${encodeURIComponent(tag)}`;
  try {
    return await new Promise<boolean>((resolve, reject) => {
      const options = { socketPath, path, method: 'POST', headers: { Host: 'engine' }, ...(signal ? { signal } : {}) };
      const call = request(options, (response) => {
        if (response.statusCode !== 200) {
          response.resume();
          resolve(false);
          return;
        }
        const layers = new PullLayers();
        let hasFailed = false;
        const lines = createInterface({ input: response });
        lines.on('line', (line) => {
          const message = parseMessage(line);
          hasFailed ||= typeof message['error'] === 'string';
          if (layers.take(message)) onProgress(layers.progress);
        });
        lines.once('close', () => resolve(!hasFailed));
        response.once('error', reject);
      });
      call.once('error', reject);
      call.end();
    });
  } catch {
    signal?.throwIfAborted();
    return false;
  }
}

type Message = Readonly<Record<string, unknown>>;

interface Layer {
  bytes: number;
  totalBytes: number;
  isDone: boolean;
}

/** The layers of an image on their way. */
export class PullLayers {
  readonly #layers = new Map<string, Layer>();

  /** Whether the message was about a layer. */
  take({ id, status, progressDetail: detail }: Message): boolean {
    if (typeof id !== 'string' || !/^[0-9a-f]{12}$/.test(id) || typeof status !== 'string') return false;
    const layer = this.#layers.get(id) ?? { bytes: 0, totalBytes: 0, isDone: false };
    this.#layers.set(id, layer);
    if (status === 'Downloading' && isObject(detail)) {
      const { current, total } = detail;
      if (typeof current === 'number') layer.bytes = current;
      if (typeof total === 'number') layer.totalBytes = Math.max(total, layer.bytes);
    } else if (status !== 'Pulling fs layer' && status !== 'Waiting') layer.bytes = layer.totalBytes;
    if (status === 'Pull complete' || status === 'Already exists') layer.isDone = true;
    return true;
  }

  get progress(): PullProgress {
    const all = [...this.#layers.values()];
    const sum = (of: (layer: Layer) => number): number => all.reduce((total, layer) => total + of(layer), 0);
    return {
      layersDone: all.filter(({ isDone }) => isDone).length,
      layers: all.length,
      bytes: sum(({ bytes }) => bytes),
      totalBytes: sum(({ totalBytes }) => totalBytes),
    };
  }
}

function parseMessage(line: string): Message {
  try {
    const value: unknown = JSON.parse(line);
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}

function isObject(value: unknown): value is Message {
  return typeof value === 'object' && value !== null;
}

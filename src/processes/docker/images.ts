import { UserError } from '../../core/base/userError.ts';
import { runProcess } from '../run.ts';
import { askEngine, engineEnvironment, engineFailure, tellEngine, type EngineProgram } from './engineProgram.ts';
import { pullByApi, socketOf } from './pullByApi.ts';

export interface ImageFacts {
  readonly id: string;
  readonly architecture: string;
  readonly bytes: number;
}

/** An image that is on this machine, or undefined. */
export async function findImage(
  program: EngineProgram,
  reference: string,
  signal?: AbortSignal,
): Promise<ImageFacts | undefined> {
  const format = '{{.Id}}\t{{.Architecture}}\t{{.Size}}';
  const { exit, stdout, stderr } = await askEngine(
    program,
    ['image', 'inspect', '--format', format, reference],
    signal,
  );
  if (exit.code !== 0) {
    if (/no such image|image not known|no such object/i.test(stderr)) return undefined;
    throw engineFailure(stderr);
  }
  const [id = '', architecture = '', bytes = '0'] = stdout.trim().split('\t');
  return { id, architecture, bytes: Number(bytes) };
}

/** How far a pull is: in layers, and in bytes of those that have begun, where the engine tells them. */
export interface PullProgress {
  readonly layersDone: number;
  readonly layers: number;
  readonly bytes?: number;
  readonly totalBytes?: number;
}

export interface PullOptions {
  /** Address of the engine, as its contexts and DOCKER_HOST have it. */
  readonly host: string;
  readonly signal?: AbortSignal;
}

/** Fetches an image. Aborting ends it; what has come stays for the next try. Rejects with what the engine said. */
export async function pullImage(
  program: EngineProgram,
  reference: string,
  onProgress: (progress: PullProgress) => void,
  { host, signal }: PullOptions,
): Promise<void> {
  const socket = socketOf(host);
  if (socket !== undefined && (await pullByApi(socket, reference, onProgress, signal))) return;
  const running = runProcess(
    { command: program.path, args: ['pull', reference], env: engineEnvironment(program) },
    signal,
  );
  const layers = new Map<string, boolean>();
  const said: string[] = [];
  for await (const { stream, text } of running.lines) {
    if (stream === 'stderr') said.push(text);
    // Docker: `4f4fb700ef54: Pull complete`; Podman: `Copying blob 4f4fb700ef54 done`.
    const [, docker, what] = /^([0-9a-f]{12}): (.+)$/.exec(text) ?? [];
    const [, podman, state = ''] = /^Copying blob (?:sha256:)?([0-9a-f]{12})\S*(.*)$/.exec(text) ?? [];
    const layer = docker ?? podman;
    if (layer === undefined) continue;
    const isDone = /^(Pull complete|Already exists)/.test(what ?? '') || /done|skipped|exists/.test(state);
    layers.set(layer, isDone || (layers.get(layer) ?? false));
    onProgress({ layersDone: [...layers.values()].filter(Boolean).length, layers: layers.size });
  }
  const { code } = await running.exit;
  signal?.throwIfAborted();
  if (code === 0) return;
  const text = said.join(' ');
  if (/not found|manifest unknown|does not exist|repository .* not found|pull access denied/i.test(text)) {
    throw new UserError(
      'not-found',
      `The image ${reference} does not exist, or may not be read.`,
      'Check the setting sluice.localRun.images, and sign in to the registry with the engine where it asks for that.',
    );
  }
  if (/no such host|timeout|connection refused|network is unreachable|TLS|EOF|dial tcp/i.test(text)) {
    const help = 'Check the network and the proxy settings of the engine, then pull again.';
    throw new UserError('network', `The registry of ${reference} cannot be reached.`, help);
  }
  throw engineFailure(text);
}

/** Makes an image of what a container has become. */
export async function commitImage(
  program: EngineProgram,
  container: string,
  { tag, labels }: { readonly tag: string; readonly labels: Readonly<Record<string, string>> },
  signal?: AbortSignal,
): Promise<void> {
  const changes = Object.entries(labels).flatMap(([name, value]) => [
    '--change',
    `LABEL ${name}=${JSON.stringify(value)}`,
  ]);
  await tellEngine(program, ['commit', ...changes, container, tag], signal);
}

import { setTimeout as delay } from 'node:timers/promises';
import type { UserError } from '../../core/base/userError.ts';
import { readyLine, type ContainerSpec } from '../../core/glue/localRun/index.ts';
import { linesOf, linesOfPiece, runProcess, type ProcessLine, type ProcessPiece } from '../run.ts';
import { within } from '../within.ts';
import { containerArguments } from './containerArguments.ts';
import { defaultHeartbeat, doesAnswer, engineLost, isEngineLost, type Heartbeat } from './engineLoss.ts';
import { askEngine, engineEnvironment, engineFailure, type EngineProgram } from './engineProgram.ts';

/** How a container ended. */
export type ContainerEnd =
  | { readonly kind: 'exited'; readonly code: number }
  /** The signal was aborted. */
  | { readonly kind: 'stopped' }
  /** The engine could not run it, or went away. */
  | { readonly kind: 'failed'; readonly error: UserError };

export interface RunningContainer {
  /** What the program in it writes, to be read once; a line that the next one overwrites is a line of its own. */
  readonly lines: AsyncIterable<ProcessLine>;
  /** The same as it comes together; one of both is to be read. */
  readonly batches: AsyncIterable<readonly ProcessPiece[]>;
  /** Never rejects. Comes after the last line was read. */
  readonly end: Promise<ContainerEnd>;
}

export interface ContainerOptions {
  /** Values of the spec's `secretEnv`. */
  readonly secrets: Readonly<Record<string, string>>;
  /** The container runs; called once, before its program starts. */
  readonly onReady: () => void;
  readonly heartbeat?: Heartbeat;
}

/** How long the program has between SIGTERM and SIGKILL. */
const graceSeconds = 5;
/** Exit code with which engines say that they themselves failed. */
const engineFailed = 125;
/** SIGKILL and SIGTERM, with which an engine that is stopped ends its containers. */
const killedCodes: readonly number[] = [137, 143];
/** How long an engine may take for what ends a container, beyond the program's own time. */
const stopPatienceMs = 15_000;

/** Starts a container and removes it when it has ended. Aborting stops it: SIGTERM, after five seconds SIGKILL. */
export function runContainer(
  program: EngineProgram,
  spec: ContainerSpec,
  options: ContainerOptions,
  signal: AbortSignal,
): RunningContainer {
  const gone = new AbortController();
  const running = runProcess(
    {
      command: program.path,
      args: containerArguments(spec),
      env: engineEnvironment(program, options.secrets),
      splitsAtReturn: true,
    },
    gone.signal,
  );
  const said: string[] = [];
  const seen = { isReady: false, isLost: false };
  const { heartbeat = defaultHeartbeat } = options;
  const over = new AbortController();
  void isEngineLost(program, heartbeat, over.signal).then((isLost) => {
    seen.isLost = isLost;
    if (isLost) gone.abort();
  });
  const stop = (): void => void stopContainer(program, spec.name, running.exit).finally(() => gone.abort());
  if (signal.aborted) stop();
  signal.addEventListener('abort', stop, { once: true });
  let read: () => void = () => undefined;
  const allRead = new Promise<void>((resolve) => (read = resolve));

  /** Whether a line is the program's own. */
  const isOwn = (line: ProcessLine): boolean => {
    if (seen.isReady) {
      if (!isOfClient(line) && !(seen.isLost && isAdvice(line))) return true;
      seen.isLost = true;
    } else if (line.stream === 'stderr') said.push(line.text);
    else if (line.text === readyLine) {
      seen.isReady = true;
      said.length = 0;
      options.onReady();
    }
    return false;
  };

  const ownOf = (piece: ProcessPiece): readonly ProcessPiece[] =>
    seen.isReady && 'block' in piece && !mayBeOfClient(piece.stream, piece.block)
      ? [piece]
      : linesOfPiece(piece).filter((line) => isOwn(line));

  async function* batches(): AsyncGenerator<readonly ProcessPiece[]> {
    try {
      for await (const batch of running.batches) {
        const own = batch.flatMap((piece) => ownOf(piece));
        if (own.length > 0) yield own;
      }
    } finally {
      read();
    }
  }

  async function end(): Promise<ContainerEnd> {
    try {
      const { code } = await running.exit;
      await allRead;
      if (signal.aborted) return { kind: 'stopped' };
      if (seen.isLost) return { kind: 'failed', error: engineLost() };
      if (seen.isReady && code !== undefined && code !== engineFailed) {
        const isKilled = killedCodes.includes(code);
        if (isKilled && !(await doesAnswer(program, heartbeat.patienceMs))) {
          return { kind: 'failed', error: engineLost() };
        }
        return { kind: 'exited', code };
      }
      return { kind: 'failed', error: engineFailure(said.slice(-20).join('\n')) };
    } catch (error) {
      return { kind: 'failed', error: engineFailure(error instanceof Error ? error.message : String(error)) };
    } finally {
      over.abort();
      signal.removeEventListener('abort', stop);
    }
  }
  const all = batches();
  return { lines: linesOf(all), batches: all, end: end() };
}

/**
 * What docker's own client writes when the engine has gone, among the lines of the program: while it waits for the end, or
 * for the answer to its start, by which the program may have begun.
 */
function isOfClient({ stream, text }: ProcessLine): boolean {
  return (
    mayBeOfClient(stream, text) &&
    /^time="[^"]+" level=error msg="error waiting for container: |^error waiting for container: |^docker: error during connect: /.test(
      text,
    )
  );
}

function mayBeOfClient(stream: ProcessLine['stream'], text: string): boolean {
  return (
    stream === 'stderr' &&
    (text.includes('error waiting for container: ') || text.includes('docker: error during connect: '))
  );
}

/** What the client says behind its error. */
function isAdvice({ stream, text }: ProcessLine): boolean {
  return stream === 'stderr' && (text === '' || text.startsWith("Run 'docker "));
}

/** Stops a container by name, also one that is only about to start. Gives up on an engine that does not answer. */
async function stopContainer(program: EngineProgram, name: string, exit: Promise<unknown>): Promise<void> {
  const state = { hasEnded: false };
  const note = (): void => void (state.hasEnded = true);
  const ended = exit.then(note, note);
  const stop = async (patience: AbortSignal): Promise<void> => {
    for (let tries = 0; tries < 20; tries += 1) {
      if (state.hasEnded) return;
      const { exit: stopped } = await askEngine(program, ['stop', '--time', String(graceSeconds), name], patience);
      if (stopped.code === 0) break;
      await Promise.race([ended, delay(250)]);
    }
    await Promise.race([ended, delay(3_000)]);
    if (!state.hasEnded) await askEngine(program, ['rm', '--force', name], patience);
  };
  try {
    await within(graceSeconds * 1_000 + stopPatienceMs, stop);
  } catch {
    // It did not answer, or its program is gone: the container goes with the leftovers of the next run.
  }
}

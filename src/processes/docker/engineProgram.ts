import { UserError } from '../../core/base/userError.ts';
import { definedOf } from '../python/interpreter.ts';
import { runProcess, type ProcessExit } from '../run.ts';

/** A program that runs containers, and the environment in which it finds its engine (contexts, DOCKER_HOST). */
export interface EngineProgram {
  /** `docker` or `podman`, or where such a program is. */
  readonly path: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** The environment of an engine's program; `secrets` are values that no argument shows. */
export function engineEnvironment(
  { env }: EngineProgram,
  secrets: Readonly<Record<string, string>> = {},
): Record<string, string> {
  // Git Bash would translate the paths of the container.
  return { ...definedOf(env), ...secrets, MSYS_NO_PATHCONV: '1' };
}

export interface EngineReply {
  readonly exit: ProcessExit;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs one of its commands to the end. Rejects where the program cannot be started; any exit code is a reply. */
export async function askEngine(
  program: EngineProgram,
  args: readonly string[],
  signal?: AbortSignal,
): Promise<EngineReply> {
  const running = runProcess({ command: program.path, args, env: engineEnvironment(program) }, signal);
  const said = { stdout: [] as string[], stderr: [] as string[] };
  for await (const { stream, text } of running.lines) said[stream].push(text);
  const exit = await running.exit;
  signal?.throwIfAborted();
  return { exit, stdout: said.stdout.join('\n'), stderr: said.stderr.join('\n') };
}

/** The same where anything but success is a failure: rejects with `process-failed` and what the engine said. */
export async function tellEngine(
  program: EngineProgram,
  args: readonly string[],
  signal?: AbortSignal,
): Promise<string> {
  const { exit, stdout, stderr } = await askEngine(program, args, signal);
  if (exit.code === 0) return stdout;
  throw engineFailure(stderr);
}

/** What an engine said about a failure, as a user reads it. */
export function engineFailure(said: string): UserError {
  const text = said
    .split('\n')
    .map((line) =>
      line
        .replace(/^(docker|Error|podman): /i, '')
        .replace(/^Error response from daemon: /, '')
        .trim(),
    )
    .filter((line) => line !== '' && !/^(See 'docker|Run 'docker)/.test(line))
    .join(' ');
  if (isUnreachable(text)) {
    return new UserError(
      'process-failed',
      'The container engine does not answer.',
      'Start Docker or Podman, then run again.',
    );
  }
  if (/no space left on device/i.test(text)) {
    return new UserError(
      'process-failed',
      'The disk of the container engine is full.',
      'Free space there (docker system prune removes what nothing uses), then run again.',
    );
  }
  if (/container-init binary not found/i.test(text)) {
    return new UserError(
      'program-missing',
      'Podman lacks its init program, which ends what a script leaves running.',
      'Install the package catatonit, then run again.',
    );
  }
  if (/port is already allocated|address already in use/i.test(text)) {
    return new UserError('conflict', `A port of this machine is taken: ${text}`, 'End what uses it, then run again.');
  }
  return new UserError('process-failed', `The container engine failed: ${text || 'it said nothing.'}`);
}

/** Whether an engine's program said that nothing answers it. */
export function isUnreachable(said: string): boolean {
  return /cannot connect to (?:the docker daemon|podman)|unable to connect to podman|is the docker daemon running|connection refused|no such host/i.test(
    said,
  );
}

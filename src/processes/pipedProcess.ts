import { spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import type { ProcessSpec } from './run.ts';

/** A process that is talked to in bytes. */
export interface PipedProcess {
  readonly stdin: Writable;
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** Its exit code, undefined after a signal. Rejects where the program could not be started. */
  readonly exit: Promise<number | undefined>;
  kill(): void;
}

export function spawnPiped({ command, args, cwd, env }: ProcessSpec): PipedProcess {
  const child = spawn(command, [...args], {
    ...(cwd === undefined ? {} : { cwd }),
    ...(env ? { env: { ...env } } : {}),
    stdio: ['pipe', 'pipe', 'pipe'],
    windowsHide: true,
  });
  // A process that is gone takes no more: its exit says so.
  child.stdin.on('error', () => undefined);
  const exit = new Promise<number | undefined>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? undefined));
  });
  exit.catch(() => undefined);
  return { stdin: child.stdin, stdout: child.stdout, stderr: child.stderr, exit, kill: () => child.kill('SIGKILL') };
}

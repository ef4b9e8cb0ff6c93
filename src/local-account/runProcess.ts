import { randomBytes } from 'node:crypto';
import { chmod, mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Log } from '../core/base/log.ts';
import {
  endpointFileName,
  lockFileName,
  parseEndpoint,
  type Endpoint,
} from '../processes/localAccount/endpointFile.ts';
import type { WorkspaceSettings } from '../processes/localAccount/workspaceSettings.ts';
import { tryFileLock } from '../processes/fileLock.ts';
import { systemClock } from '../processes/systemClock.ts';
import { exitCodes } from './exitCodes.ts';
import { startLocalAccount, type LocalAccountOptions, type LocalAccountServer } from './server.ts';
import { clearState } from './state/clearState.ts';
import { writeDurably } from './state/durableFile.ts';
import { accountVersion } from './version.ts';

export interface ProcessOptions {
  readonly stateFolder: string;
  readonly cacheFolder: string;
  readonly region: string;
  /** Undefined: the port that was used last, or any free one where that is taken. */
  readonly port: number | undefined;
  readonly idleExitMs: number | undefined;
  readonly workspace: WorkspaceSettings;
  readonly isVerbose: boolean;
}

/** Runs the account until it is told to end or is idle for long enough; gives the exit code. */
export async function runLocalAccountProcess(options: ProcessOptions): Promise<number> {
  const { stateFolder } = options;
  await mkdir(stateFolder, { recursive: true, mode: 0o700 });
  await chmod(stateFolder, 0o700);
  const log = createLog(options.isVerbose);
  const lock = await tryFileLock(join(stateFolder, lockFileName));
  if (!lock) {
    process.stderr.write(`Another local account is running over ${stateFolder}.\n`);
    return exitCodes.alreadyRunning;
  }
  const ended = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => ended.abort());
  const endpointFile = join(stateFolder, endpointFileName);
  try {
    const last = await readEndpoint(endpointFile);
    // The key stays over a restart, so that clients which are connected go on.
    const accessKeyId = last?.accessKeyId ?? `LOCAL${randomBytes(16).toString('hex').toUpperCase()}`;
    const server = await listen(
      { ...options, port: 0, accessKeyId, env: process.env, clock: systemClock, log },
      options.port,
      last,
    );
    if (!server) {
      process.stderr.write(`Port ${options.port ?? 0} is taken: choose another one with --port.\n`);
      return exitCodes.portTaken;
    }
    const endpoint: Endpoint = {
      version: accountVersion,
      port: server.port,
      pid: process.pid,
      accessKeyId,
      secretAccessKey: last?.secretAccessKey ?? randomBytes(20).toString('hex'),
    };
    await writeDurably(endpointFile, JSON.stringify(endpoint));
    process.stdout.write(
      `Local account at ${server.endpoint}, state in ${stateFolder}\n` +
        `Credentials are in ${endpointFile} (accessKeyId, secretAccessKey), which only you can read.\n`,
    );
    const { resetSignal } = server.control;
    await untilEnd(server, options.idleExitMs, AbortSignal.any([ended.signal, resetSignal]));
    await server.close();
    if (resetSignal.aborted) await clearState(stateFolder);
    return exitCodes.done;
  } finally {
    await lock.release();
  }
}

async function readEndpoint(file: string): Promise<Endpoint | undefined> {
  try {
    return parseEndpoint(await readFile(file, 'utf8'));
  } catch {
    await rm(file, { force: true });
    return undefined;
  }
}

/** Undefined where the port that was asked for is taken. */
async function listen(
  options: LocalAccountOptions,
  wanted: number | undefined,
  last: Endpoint | undefined,
): Promise<LocalAccountServer | undefined> {
  try {
    return await startLocalAccount({ ...options, port: wanted ?? last?.port ?? 0 });
  } catch (error) {
    if (!isPortProblem(error)) throw error;
    if (wanted !== undefined && wanted !== 0) return undefined;
    // Where the process before was killed just now, the system is about to free its port.
    await systemClock.sleep(200);
    if (last && wanted === undefined) {
      const again = await startLocalAccount({ ...options, port: last.port }).catch(() => undefined);
      if (again) return again;
    }
    return await startLocalAccount({ ...options, port: 0 });
  }
}

function isPortProblem(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'EADDRINUSE' || error.code === 'EACCES');
}

/** Resolves on `signal`, or when the account has been idle for `idleExitMs`. */
async function untilEnd(
  server: LocalAccountServer,
  idleExitMs: number | undefined,
  signal: AbortSignal,
): Promise<void> {
  const pauseMs = idleExitMs === undefined ? 60_000 : Math.max(50, Math.min(1000, idleExitMs / 4));
  let idleSince: number | undefined;
  while (!signal.aborted) {
    await systemClock.sleep(pauseMs, signal).catch(() => undefined);
    if (idleExitMs === undefined) continue;
    const now = systemClock.now();
    idleSince = server.control.isIdle ? (idleSince ?? now) : undefined;
    if (idleSince !== undefined && now - idleSince >= idleExitMs) return;
  }
}

function createLog(isVerbose: boolean): Log {
  const write = (level: string, message: string | Error): void => {
    const text = message instanceof Error ? (message.stack ?? message.message) : message;
    process.stderr.write(`${new Date(systemClock.now()).toISOString()} ${level} ${text}\n`);
  };
  return {
    trace: () => undefined,
    debug: (message) => {
      if (isVerbose) write('debug', message);
    },
    info: (message) => write('info', message),
    warn: (message) => write('warn', message),
    error: (message) => write('error', message),
  };
}

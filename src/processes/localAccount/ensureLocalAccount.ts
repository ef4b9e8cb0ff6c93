import { spawn } from 'node:child_process';
import { mkdir, open, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Disposable } from '../../core/base/disposable.ts';
import type { Log } from '../../core/base/log.ts';
import { UserError } from '../../core/base/userError.ts';
import { lockHolder } from '../fileLock.ts';
import { endProcessTree } from '../processTree.ts';
import { systemClock } from '../systemClock.ts';
import {
  askHealth,
  askReset,
  putWorkspace,
  takeLease,
  type AccountHealth,
  type AccountProblem,
  type Lease,
} from './control.ts';
import { endpointFileName, lockFileName, parseEndpoint, type Endpoint } from './endpointFile.ts';
import type { WorkspaceSettings } from './workspaceSettings.ts';

export interface EnsureOptions {
  /** dist/localAccount.js. */
  readonly entry: string;
  readonly stateFolder: string;
  /** Where Python environments are kept, for all accounts of this user. Default: in the state folder. */
  readonly cacheFolder?: string;
  /** How long the process goes on without a client or a run. Default: one minute. */
  readonly idleExitSeconds?: number;
  /** What the account is told of the workspace as soon as it is there. */
  readonly workspace?: WorkspaceSettings;
  readonly log: Log;
}

/** An account that is there for as long as this is not disposed. */
export interface LocalAccount extends Disposable {
  /** `http://127.0.0.1:<port>`. */
  readonly endpoint: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly stateFolder: string;
  /** State files that were corrupt when the process opened them, and were set aside. */
  readonly problems: readonly AccountProblem[];
  /** Resolves when the process has gone: ask for the account again. */
  readonly ended: Promise<void>;
  /** Tells the account what has changed in the workspace; where that fails the log says so. */
  update(workspace: WorkspaceSettings): Promise<void>;
  /**
   * Removes jobs, machines, runs, logs and objects. Resolves when the process takes no more requests: the next one begins
   * with nothing. Rejects with `conflict` while a run is on.
   */
  reset(signal?: AbortSignal): Promise<void>;
}

/** The version that this client understands; an older or newer process is replaced. */
const version = 2;
const startTimeoutMs = 20_000;
const patienceMs = 2000;
/** A process that has the state and does not answer for so long hangs. */
const hangMs = 5000;
const alreadyRunning = 3;
const longestLogBytes = 1024 * 1024;

/**
 * Gives the account over a state folder, starting its process where none runs. All windows share one: each holds a lease,
 * and the process ends some time after the last one has gone and no run is on. Rejects with `process-failed` and what
 * the process said last.
 */
export async function ensureLocalAccount(options: EnsureOptions, signal?: AbortSignal): Promise<LocalAccount> {
  await makeFolder(options.stateFolder);
  let deadline = systemClock.now() + startTimeoutMs;
  let starting: StartingProcess | undefined;
  let startedMs = 0;
  let silentSinceMs: number | undefined;
  for (let pauseMs = 20; ; pauseMs = Math.min(pauseMs * 1.5, 300)) {
    signal?.throwIfAborted();
    const endpoint = await readEndpoint(options.stateFolder);
    const health = endpoint && (await askHealth(endpoint, signal));
    if (endpoint && health) {
      const lease = health.version === version ? await takeLease(endpoint) : undefined;
      if (lease) {
        if (options.workspace) await tellWorkspace(options, endpoint, options.workspace);
        return accountOf(options, endpoint, { health, lease });
      }
      if (health.version !== version) await endProcessTree(endpoint.pid);
    }
    const holder = starting?.state === 'beaten' ? await lockHolder(join(options.stateFolder, lockFileName)) : undefined;
    silentSinceMs =
      health || !holder || holder.pid !== endpoint?.pid ? undefined : (silentSinceMs ?? systemClock.now());
    if (holder && silentSinceMs !== undefined && systemClock.now() - silentSinceMs > hangMs) {
      await endProcessTree(holder.pid);
      silentSinceMs = undefined;
      deadline = systemClock.now() + startTimeoutMs;
    }
    if (starting?.state === 'failed' || systemClock.now() > deadline) {
      throw await startFailure(options, starting?.state === 'failed' ? 'ended at once' : 'did not answer in time');
    }
    // The one that was quicker needs a moment to say where it is, or ended meanwhile.
    const isLost = starting?.state === 'beaten' && !holder && systemClock.now() - startedMs > patienceMs;
    if (!starting || isLost) {
      starting = await startProcess(options);
      startedMs = systemClock.now();
    }
    await systemClock.sleep(pauseMs, signal);
  }
}

function accountOf(
  options: EnsureOptions,
  endpoint: Endpoint,
  { health, lease }: { readonly health: AccountHealth; readonly lease: Lease },
): LocalAccount {
  for (const { file, setAsideAs, reason } of health.problems) {
    options.log.warn(
      `Local account: ${file} is corrupt (${reason}); set aside as ${setAsideAs ?? 'nothing, it could not be moved'}.`,
    );
  }
  return {
    endpoint: `http://127.0.0.1:${endpoint.port}`,
    credentials: { accessKeyId: endpoint.accessKeyId, secretAccessKey: endpoint.secretAccessKey },
    stateFolder: options.stateFolder,
    problems: health.problems,
    ended: lease.ended,
    dispose: () => lease.release(),
    update: async (workspace) => await tellWorkspace(options, endpoint, workspace),
    reset: async (signal) => {
      const answer = await askReset(endpoint, signal);
      if (answer === 'granted') await lease.ended;
      else if (answer === 'busy') {
        throw new UserError(
          'conflict',
          'The local account was not reset: a run is on in it.',
          'Stop the run or wait for its end, then reset.',
        );
      } else {
        const help = 'Try again. If that does not help, reload the window.';
        throw new UserError('process-failed', 'The local account was not reset: its process did not answer.', help);
      }
    },
  };
}

async function tellWorkspace(options: EnsureOptions, endpoint: Endpoint, workspace: WorkspaceSettings): Promise<void> {
  if (await putWorkspace(endpoint, workspace)) return;
  options.log.warn('The local account was not told of the workspace: its mock file and Lambda functions are not used.');
}

async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true, mode: 0o700 });
  } catch (cause) {
    const reason = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
    throw new UserError(
      'process-failed',
      `The folder of the local account cannot be used: ${path} (${reason}).`,
      'Give yourself the right to write there, or choose another folder in the setting sluice.local.folder.',
      { cause },
    );
  }
}

async function readEndpoint(stateFolder: string): Promise<Endpoint | undefined> {
  try {
    return parseEndpoint(await readFile(join(stateFolder, endpointFileName), 'utf8'));
  } catch {
    return undefined;
  }
}

interface StartingProcess {
  /** `beaten`: another process has the state folder, or somebody ended this one. */
  readonly state: 'running' | 'beaten' | 'failed';
}

async function startProcess(options: EnsureOptions): Promise<StartingProcess> {
  const { stateFolder, entry, cacheFolder, idleExitSeconds = 60 } = options;
  options.log.info(`Starting the local account over ${stateFolder}.`);
  const size = (await stat(logPathOf(stateFolder)).catch(() => undefined))?.size ?? 0;
  const output = await open(logPathOf(stateFolder), size > longestLogBytes ? 'w' : 'a', 0o600);
  try {
    const args = ['--state', stateFolder, '--idle-exit', String(idleExitSeconds)];
    const child = spawn(
      process.execPath,
      [entry, ...args, ...(cacheFolder === undefined ? [] : ['--cache', cacheFolder])],
      {
        // It outlives the window that happens to start it.
        detached: true,
        stdio: ['ignore', output.fd, output.fd],
        env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
        cwd: stateFolder,
        windowsHide: true,
      },
    );
    const started: { state: StartingProcess['state'] } = { state: 'running' };
    child.once('error', () => (started.state = 'failed'));
    child.once('exit', (code) => {
      started.state = code === alreadyRunning || code === null ? 'beaten' : 'failed';
    });
    child.unref();
    return started;
  } finally {
    await output.close();
  }
}

function logPathOf(stateFolder: string): string {
  return join(stateFolder, 'process.log');
}

async function startFailure(options: EnsureOptions, what: string): Promise<UserError> {
  const path = logPathOf(options.stateFolder);
  const text = await readFile(path, 'utf8').catch(() => '');
  const last = text.trim().split('\n').slice(-5).join('\n');
  const isBuilt = await stat(options.entry).then(
    () => true,
    () => false,
  );
  return new UserError(
    'process-failed',
    `The local account could not be started: its process ${what}.${last === '' ? '' : ` ${last}`}`,
    isBuilt ? `See ${path}.` : `${options.entry} is missing: build the extension (npm run build).`,
    { file: path },
  );
}

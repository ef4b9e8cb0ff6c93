import { access, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../../core/base/clock.ts';
import { findPython } from '../../processes/python/interpreter.ts';
import { ensureVirtualEnvironment } from '../../processes/python/virtualEnvironment.ts';
import { runProcess, type ProcessExit } from '../../processes/run.ts';
import { pythonModules, pythonPackages } from '../../processes/python/glueModules.ts';
import { scriptEnvironment, type ScriptSurroundings } from '../scriptEnvironment.ts';
import { handlerFailed, nodeBootstrap, pythonBootstrap, startedMark } from './bootstraps.ts';
import type { LocalFunction } from './functionSource.ts';

export interface FunctionProcessOptions extends ScriptSurroundings {
  /** A folder for each call, removed when it has ended. */
  readonly workFolder: string;
  /** Where Python environments are kept. */
  readonly cacheFolder: string;
  readonly clock: Clock;
}

export interface FunctionCall {
  readonly requestId: string;
  readonly functionArn: string;
  readonly logGroup: string;
  readonly logStream: string;
  /** JSON text. */
  readonly event: string;
  /** Hears what the function writes, a line at a time. */
  readonly onLine: (text: string) => void;
}

/** How a call ended: `payload` is JSON text, in the shape of Lambda's own error where it failed. */
export type CallEnd =
  | { readonly kind: 'returned'; readonly payload: string }
  | { readonly kind: 'failed'; readonly error: string; readonly payload: string };

/** Time that loading a function may take beside its own. */
const initMs = 30_000;

/** Runs one call of a function in a process of its own. Rejects with UserError where no Python can be had, and on abort. */
export async function runFunctionProcess(
  options: FunctionProcessOptions,
  given: LocalFunction,
  call: FunctionCall,
  signal: AbortSignal,
): Promise<CallEnd> {
  await mkdir(options.workFolder, { recursive: true, mode: 0o700 });
  const folder = await mkdtemp(join(options.workFolder, 'call-'));
  const limit = new AbortController();
  try {
    const command = await commandOf(options, given, { folder, call }, signal);
    const running = runProcess(
      { ...command, env: environmentOf(options, given, folder) },
      AbortSignal.any([signal, limit.signal]),
    );
    const expire = (ms: number): void => {
      options.clock.sleep(ms, done.signal).then(
        () => limit.abort(),
        () => undefined,
      );
    };
    let done = new AbortController();
    expire(initMs);
    for await (const { text } of running.lines) {
      if (text === startedMark) {
        done.abort();
        done = new AbortController();
        expire(given.timeoutSeconds * 1000);
      } else call.onLine(text);
    }
    const exit = await running.exit;
    done.abort();
    signal.throwIfAborted();
    if (limit.signal.aborted) return timedOut(given, call);
    return await endOf(exit, join(folder, 'result.json'), call);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function commandOf(
  options: FunctionProcessOptions,
  given: LocalFunction,
  { folder, call }: { readonly folder: string; readonly call: FunctionCall },
  signal: AbortSignal,
) {
  const isPython = given.language === 'python';
  const bootstrap = join(folder, isPython ? 'bootstrap.py' : 'bootstrap.cjs');
  const event = join(folder, 'event.json');
  await writeFile(bootstrap, isPython ? pythonBootstrap : nodeBootstrap, { mode: 0o600 });
  await writeFile(event, call.event, { mode: 0o600 });
  let code = folder;
  if (given.code.kind === 'folder') code = given.code.path;
  else await writeFile(join(folder, isPython ? 'index.py' : 'index.js'), given.code.text, { mode: 0o600 });
  const dot = given.handler.lastIndexOf('.');
  const module = given.handler.slice(0, Math.max(dot, 0));
  const about = {
    functionName: given.name,
    functionArn: call.functionArn,
    memoryMb: given.memoryMb,
    timeoutSeconds: given.timeoutSeconds,
    requestId: call.requestId,
    logGroup: call.logGroup,
    logStream: call.logStream,
  };
  const args = [
    code,
    isPython ? module.replaceAll('/', '.') : module,
    given.handler.slice(dot + 1),
    event,
    join(folder, 'result.json'),
    JSON.stringify(about),
  ];
  if (!isPython) return { command: process.execPath, args: [bootstrap, ...args], cwd: code };
  return { command: await pythonFor(options, given, call, signal), args: ['-u', bootstrap, ...args], cwd: code };
}

/** The environment that the project has beside the code, else the one that Python shell jobs have, with boto3. */
async function pythonFor(
  options: FunctionProcessOptions,
  given: LocalFunction,
  call: FunctionCall,
  signal: AbortSignal,
): Promise<string> {
  const code = given.code.kind === 'folder' ? [given.code.path] : [];
  const inside = process.platform === 'win32' ? ['Scripts', 'python.exe'] : ['bin', 'python'];
  for (const folder of [...code, given.folder]) {
    for (const name of ['.venv', 'venv']) {
      const path = join(folder, name, ...inside);
      const isThere = await access(path).then(
        () => true,
        () => false,
      );
      if (isThere) return path;
    }
  }
  const { python } = await ensureVirtualEnvironment(
    {
      python: await findPython(options.env, signal),
      folder: options.cacheFolder,
      installs: pythonPackages,
      modules: pythonModules,
      env: options.env,
      onProgress: call.onLine,
    },
    signal,
  );
  return python;
}

function environmentOf(options: FunctionProcessOptions, given: LocalFunction, folder: string): Record<string, string> {
  return {
    ...scriptEnvironment(options),
    HOME: folder,
    AWS_LAMBDA_FUNCTION_NAME: given.name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(given.memoryMb),
    LAMBDA_TASK_ROOT: given.code.kind === 'folder' ? given.code.path : folder,
    TZ: ':UTC',
    // The account may run in the program of VS Code, which is Node only where it is told so.
    ...(given.language === 'node' && { ELECTRON_RUN_AS_NODE: '1' }),
    ...given.environment,
  };
}

function timedOut(given: LocalFunction, call: FunctionCall): CallEnd {
  const errorMessage = `${call.requestId} Task timed out after ${given.timeoutSeconds.toFixed(2)} seconds`;
  call.onLine(errorMessage);
  return { kind: 'failed', error: 'Sandbox.Timedout', payload: JSON.stringify({ errorMessage }) };
}

async function endOf(exit: ProcessExit, resultFile: string, call: FunctionCall): Promise<CallEnd> {
  const payload = await readFile(resultFile, 'utf8').catch(() => undefined);
  if (payload !== undefined && exit.code === 0) return { kind: 'returned', payload };
  if (payload !== undefined && exit.code === handlerFailed) {
    const { errorType } = JSON.parse(payload) as { readonly errorType?: unknown };
    return { kind: 'failed', error: typeof errorType === 'string' ? errorType : 'Error', payload };
  }
  const how = exit.signal === undefined ? `exit status ${exit.code ?? 'unknown'}` : `signal: ${exit.signal}`;
  const error = 'Runtime.ExitError';
  const errorMessage = `RequestId: ${call.requestId} Error: Runtime exited with error: ${how}`;
  return { kind: 'failed', error, payload: JSON.stringify({ errorType: error, errorMessage }) };
}

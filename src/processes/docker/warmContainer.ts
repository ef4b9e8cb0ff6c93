import { StringDecoder } from 'node:string_decoder';
import type { Log } from '../../core/base/log.ts';
import { UserError } from '../../core/base/userError.ts';
import { TestEventReader, warmLine, type ContainerSpec, type TestNews } from '../../core/glue/localRun/index.ts';
import { spawnPiped } from '../pipedProcess.ts';
import { execArguments, type ContainerExec } from './containerArguments.ts';
import { engineEnvironment, type EngineProgram } from './engineProgram.ts';
import type { CredentialsServer } from './relay/credentialsServer.ts';
import { openRelay } from './relay/openRelay.ts';
import { runContainer } from './runContainer.ts';

export interface WarmOptions {
  /** Whom programs in it run as; the image's own user where absent. */
  readonly owner?: { readonly uid: number; readonly gid: number };
  readonly credentials?: CredentialsServer;
  readonly endpoint?: () => Promise<string>;
  readonly log: Log;
}

/** A container that waits for programs to run in it. It ends with whoever started it, however that ends. */
export interface WarmContainer {
  /**
   * Runs a program in it as the user of the workspace, and gives its exit code; undefined where it was killed. Aborting
   * ends its stdin, which the program takes as its end, and resolves. Rejects where the container is gone.
   */
  exec(command: readonly string[], onNews: (news: TestNews) => void, signal: AbortSignal): Promise<number | undefined>;
  /** Resolves when it has ended, for whatever reason. */
  readonly ended: Promise<unknown>;
  /** Ends it, and resolves when it is gone. */
  stop(): Promise<void>;
}

/** An idle container is asked for seldom. */
const heartbeat = { everyMs: 30_000, patienceMs: 30_000 };
/** How long a program may take to end when its stdin has. */
const endMs = 10_000;

/** Starts a container of the stage `tests`. Rejects with UserError where it cannot run. */
export async function startWarmContainer(
  program: EngineProgram,
  spec: ContainerSpec,
  { owner, credentials, endpoint, log }: WarmOptions,
  signal: AbortSignal,
): Promise<WarmContainer> {
  const over = new AbortController();
  const onAbort = (): void => over.abort();
  signal.addEventListener('abort', onAbort, { once: true });
  if (signal.aborted) over.abort();
  const running = runContainer(
    program,
    spec,
    {
      secrets: credentials ? { AWS_CONTAINER_AUTHORIZATION_TOKEN: credentials.token } : {},
      onReady: () => {
        const services = { ...(credentials ? { credentials } : {}), ...(endpoint ? { endpoint } : {}), log };
        const relay = openRelay(program, spec.name, services);
        void relay.ended.then((said) => said !== '' && log.debug(`The relay of ${spec.name} ended: ${said}`));
        void running.end.then(() => relay.dispose());
      },
      heartbeat,
    },
    over.signal,
  );
  let onWarm: () => void = () => undefined;
  const warm = new Promise<'warm'>((resolve) => (onWarm = () => resolve('warm')));
  const listen = async (): Promise<void> => {
    for await (const { text } of running.lines) {
      if (text === warmLine) onWarm();
      else log.debug(`${spec.name}: ${text}`);
    }
  };
  void listen();
  try {
    const end = await Promise.race([warm, running.end]);
    if (end !== 'warm') {
      signal.throwIfAborted();
      const gone = new UserError('process-failed', 'The container for tests ended before it was ready.');
      throw end.kind === 'failed' ? end.error : gone;
    }
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
  return {
    exec: async (command, onNews, execSignal) =>
      await exec(
        program,
        {
          name: spec.name,
          workdir: spec.workdir,
          command: ['bash', '-l', '-c', inUtf8, 'sluice', ...command],
          onNews,
          ...(owner ? { owner } : {}),
        },
        execSignal,
      ),
    ended: running.end,
    stop: async () => {
      over.abort();
      await running.end;
    },
  };
}

interface Exec extends ContainerExec {
  readonly onNews: (news: TestNews) => void;
}

async function exec(
  program: EngineProgram,
  { onNews, ...inContainer }: Exec,
  signal: AbortSignal,
): Promise<number | undefined> {
  const child = spawnPiped({
    command: program.path,
    args: execArguments(inContainer, { hasTerminal: false }),
    env: engineEnvironment(program),
  });
  let onLate: () => void = () => undefined;
  const late = new Promise<void>((resolve) => (onLate = resolve));
  const end = (): void => {
    child.stdin.end();
    setTimeout(onLate, endMs).unref();
  };
  if (signal.aborted) end();
  signal.addEventListener('abort', end, { once: true });
  const reader = new TestEventReader();
  const [out, err] = [new StringDecoder('utf8'), new StringDecoder('utf8')];
  child.stdout.on('data', (chunk: Buffer) => {
    for (const news of reader.push(out.write(chunk))) onNews(news);
  });
  child.stderr.on('data', (chunk: Buffer) => onNews({ kind: 'output', text: err.write(chunk) }));
  try {
    return await Promise.race([child.exit, late.then(() => undefined)]);
  } finally {
    signal.removeEventListener('abort', end);
    child.kill();
  }
}

/** Without a locale Python takes what is not ASCII for an error. */
const inUtf8 = `
for name in C.UTF-8 C.utf8 en_US.UTF-8 en_US.utf8; do
  if locale -a 2>/dev/null | grep -qix "$name"; then export LC_ALL=$name LANG=$name; break; fi
done
exec "$@"`.trim();

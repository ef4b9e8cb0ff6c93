import { UserError } from '../../core/base/userError.ts';
import type { EngineChoice } from './engineChoice.ts';
import { askEngine, type EngineProgram } from './engineProgram.ts';

/** A container engine that answers. */
export interface Engine {
  readonly program: EngineProgram;
  readonly kind: 'docker' | 'podman';
  /** Of the engine, for instance `28.2.2`. */
  readonly version: string;
  /** `amd64`, `arm64`, … as images name it. */
  readonly architecture: string;
  /** Root in a container is this user. */
  readonly isRootless: boolean;
  /** It runs in a machine of its own that translates file owners: Docker Desktop, Podman machine, or another system. */
  readonly translatesOwners: boolean;
  /** It is on another machine, so that folders of this one cannot be mounted. */
  readonly isRemote: boolean;
  /** Where it listens, as Docker's contexts name it; empty where that is not told. */
  readonly host: string;
}

/** What was found of one program. */
export type EngineAnswer =
  | { readonly kind: 'engine'; readonly engine: Engine }
  | { readonly kind: 'missing' }
  | { readonly kind: 'silent'; readonly said: string };

/**
 * The container engine of this machine: Docker in its current context, else Podman. Rejects with `program-missing` where
 * neither is installed, and with `process-failed` where none answers.
 */
export async function findEngine(
  choice: EngineChoice,
  env: Readonly<Record<string, string | undefined>>,
  signal?: AbortSignal,
): Promise<Engine> {
  if (choice === 'none') {
    throw new UserError(
      'program-missing',
      'The setting sluice.localRun.engine says that nothing runs in containers.',
      'Change it, then try again.',
    );
  }
  const names = choice === 'auto' ? (['docker', 'podman'] as const) : ([choice] as const);
  const silent: string[] = [];
  for (const name of names) {
    const answer = await askProgram({ path: name, env }, signal);
    if (answer.kind === 'engine') return answer.engine;
    if (answer.kind === 'silent') silent.push(name);
  }
  if (silent.length > 0) {
    throw new UserError(
      'process-failed',
      `${silent.join(' and ')} ${silent.length === 1 ? 'is' : 'are'} installed, but no engine answers.`,
      'Start Docker Desktop, the docker service, or podman machine, then run again.',
    );
  }
  throw new UserError(
    'program-missing',
    `Running Glue scripts locally needs ${choice === 'auto' ? 'Docker or Podman' : choice}.`,
    'Install it so that its command is on PATH, then run again.',
  );
}

/** Asks a program for its engine. */
export async function askProgram(program: EngineProgram, signal?: AbortSignal): Promise<EngineAnswer> {
  let reply;
  let dockersHost = '';
  try {
    [reply, dockersHost] = await Promise.all([
      askEngine(program, ['info', '--format', '{{json .}}'], signal),
      dockerHost(program, signal),
    ]);
  } catch (error) {
    if (signal?.aborted) throw error;
    return { kind: 'missing' };
  }
  const facts = parseObject(reply.stdout);
  const isPodman = isObject(facts['host']);
  if (reply.exit.code !== 0 || (!isPodman && textOf(facts['ServerVersion']) === undefined)) {
    return { kind: 'silent', said: reply.stderr };
  }
  const host = isPodman ? (program.env['CONTAINER_HOST'] ?? '') : dockersHost;
  return { kind: 'engine', engine: engineOf(program, facts, host) };
}

/** The engine that `docker info` or `podman info` describes as JSON; `host` is where its program finds it. */
export function engineOf(program: EngineProgram, facts: Facts, host: string, platform = process.platform): Engine {
  return isObject(facts['host'])
    ? podmanEngine(program, facts, { host, platform })
    : dockerEngine(program, facts, { host, platform });
}

interface Where {
  readonly host: string;
  readonly platform: NodeJS.Platform;
}

function dockerEngine(program: EngineProgram, facts: Facts, { host, platform }: Where): Engine {
  const options = Array.isArray(facts['SecurityOptions']) ? facts['SecurityOptions'].map(String) : [];
  const system = textOf(facts['OperatingSystem']) ?? '';
  return {
    program,
    kind: 'docker',
    version: textOf(facts['ServerVersion']) ?? '',
    architecture: toImageArchitecture(textOf(facts['Architecture']) ?? ''),
    isRootless: options.some((option) => option.includes('rootless')),
    translatesOwners: platform !== 'linux' || /docker desktop|orbstack|rancher|colima/i.test(system),
    isRemote: isRemoteHost(host),
    host,
  };
}

function podmanEngine(program: EngineProgram, facts: Facts, { host, platform }: Where): Engine {
  const told = isObject(facts['host']) ? facts['host'] : {};
  const security = isObject(told['security']) ? told['security'] : {};
  const version = isObject(facts['version']) ? textOf(facts['version']['Version']) : undefined;
  return {
    program,
    kind: 'podman',
    version: version ?? '',
    architecture: toImageArchitecture(textOf(told['arch']) ?? ''),
    isRootless: security['rootless'] === true,
    translatesOwners: platform !== 'linux',
    // The machine of `podman machine` is remote to its program, and has the folders of this one.
    isRemote: platform === 'linux' && told['serviceIsRemote'] === true && !host.startsWith('unix:'),
    host,
  };
}

/** Address of the engine that the current context or DOCKER_HOST names; empty where it is not told. */
async function dockerHost(program: EngineProgram, signal?: AbortSignal): Promise<string> {
  const named = program.env['DOCKER_HOST'];
  if (named !== undefined && named !== '') return named;
  const { stdout } = await askEngine(program, ['context', 'inspect', '--format', '{{.Endpoints.docker.Host}}'], signal);
  return stdout.trim();
}

/** Whether an engine's address is another machine's. A forwarded port of this one looks like this machine, and is taken for it. */
export function isRemoteHost(host: string): boolean {
  const [, scheme = '', name = ''] = /^(\w+):\/\/(?:[^@/]*@)?(\[[^\]]*\]|[^:/]*)/.exec(host) ?? [];
  if (scheme === 'ssh') return true;
  return (scheme === 'tcp' || scheme.startsWith('http')) && !/^(localhost|127\.[\d.]+|\[::1\]|0\.0\.0\.0)?$/.test(name);
}

function toImageArchitecture(machine: string): string {
  return { x86_64: 'amd64', aarch64: 'arm64' }[machine] ?? machine;
}

type Facts = Readonly<Record<string, unknown>>;

function parseObject(text: string): Facts {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}

function isObject(value: unknown): value is Facts {
  return typeof value === 'object' && value !== null;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

import type { ContainerSpec, MountedFolder } from '../../core/glue/localRun/index.ts';

/** The arguments of `docker run` or `podman run` for a container, each as one word. */
export function containerArguments(spec: ContainerSpec): readonly string[] {
  return [
    ...['run', '--rm', '--init', '--pull', 'never', '--name', spec.name],
    // What it writes is read here: a log of the engine's own would fill its disk, and takes most of the time.
    ...['--log-driver', 'none'],
    ...Object.entries(spec.labels).flatMap(([name, value]) => ['--label', `${name}=${value}`]),
    ...spec.mounts.flatMap((mount) => ['--mount', mountText(mount)]),
    ...['--workdir', spec.workdir],
    ...Object.entries(spec.env).flatMap(([name, value]) => ['--env', `${name}=${value}`]),
    ...spec.secretEnv.flatMap((name) => ['--env', name]),
    // Podman takes no 0 for a port that is free; both take nothing.
    ...spec.ports.flatMap(({ hostPort, containerPort }) => [
      '--publish',
      `127.0.0.1:${hostPort === 0 ? '' : hostPort}:${containerPort}`,
    ]),
    ...(spec.user === undefined ? [] : ['--user', spec.user]),
    ...['--entrypoint', spec.entrypoint, spec.image, ...spec.command],
  ];
}

/** A program that is executed in a container. */
export interface ContainerExec {
  readonly name: string;
  readonly workdir: string;
  /** Instead of the user that the container was started as. */
  readonly owner?: { readonly uid: number; readonly gid: number };
  readonly command: readonly string[];
}

/** The arguments of `docker exec` or `podman exec` for a program with a stdin, or with a terminal. */
export function execArguments(
  { name, workdir, owner, command }: ContainerExec,
  { hasTerminal }: { readonly hasTerminal: boolean },
): readonly string[] {
  return [
    ...['exec', '--interactive', ...(hasTerminal ? ['--tty'] : []), '--workdir', workdir],
    ...(owner ? ['--user', `${owner.uid}:${owner.gid}`] : []),
    ...[name, ...command],
  ];
}

/** The value of `--mount`, which engines read as a line of CSV: a path with a comma or a quote has to be quoted. */
export function mountText({ source, target }: MountedFolder): string {
  return ['type=bind', `source=${source}`, `target=${target}`].map(csvField).join(',');
}

function csvField(text: string): string {
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

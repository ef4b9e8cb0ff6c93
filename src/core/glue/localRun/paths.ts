/** A folder of the machine and where the container has it. */
export interface MountedFolder {
  /** Absolute path of any system: `/home/me/jobs`, `C:\jobs`, `\\server\share`. */
  readonly source: string;
  readonly target: string;
}

/** A path of the machine as the container has it; undefined where no mounted folder holds it. Separators may be mixed. */
export function toContainerPath(path: string, mounts: readonly MountedFolder[]): string | undefined {
  for (const { source, target } of longestFirst(mounts, (mount) => mount.source)) {
    const rest = below(path, source, isWindows(source));
    if (rest !== undefined) return rest === '' ? target : `${target}/${rest}`;
  }
  return undefined;
}

/** A path in the container as the machine has it, in the machine's own separators; undefined where it is not mounted. */
export function toHostPath(path: string, mounts: readonly MountedFolder[]): string | undefined {
  for (const { source, target } of longestFirst(mounts, (mount) => mount.target)) {
    const rest = below(path, target, false);
    if (rest === undefined) continue;
    const separator = isWindows(source) ? '\\' : '/';
    const head = source.replace(/[\\/]+$/, '') || (separator === '/' ? '' : source);
    return rest === '' ? source : `${head}${separator}${rest.replaceAll('/', separator)}`;
  }
  return undefined;
}

function longestFirst<T>(items: readonly T[], text: (item: T) => string): readonly T[] {
  return items.toSorted((a, b) => text(b).length - text(a).length);
}

function isWindows(path: string): boolean {
  return /^[A-Za-z]:[\\/]?/.test(path) || path.startsWith('\\\\');
}

/** What of `path` lies below `folder`, with `/` between the parts. Windows does not tell capitals from small letters. */
function below(path: string, folder: string, windows: boolean): string | undefined {
  const whole = windows ? path.replaceAll('\\', '/') : path;
  const head = (windows ? folder.replaceAll('\\', '/') : folder).replace(/\/+$/, '');
  const [a, b] = windows ? [whole.toLowerCase(), head.toLowerCase()] : [whole, head];
  if (a === b) return '';
  return a.startsWith(`${b}/`) ? whole.slice(head.length + 1) : undefined;
}

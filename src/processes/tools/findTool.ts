import { access, constants, stat } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';

export interface ToolSearch {
  /** Names without an end such as `.exe`, the preferred one first. */
  readonly programs: readonly string[];
  /** The project: what npm put into it or into a folder above it comes before PATH. */
  readonly folder: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform?: NodeJS.Platform;
}

/** The path of a program, or undefined where neither the project nor PATH has it. */
export async function findTool({
  programs,
  folder,
  env,
  platform = process.platform,
}: ToolSearch): Promise<string | undefined> {
  const isWindows = platform === 'win32';
  const ends = isWindows ? (env['PATHEXT'] ?? '.EXE;.CMD;.BAT').split(';') : [''];
  const path = env['PATH'] ?? env['Path'] ?? '';
  const folders = [...foldersAbove(folder), ...path.split(delimiter).filter(Boolean)];
  for (const program of programs) {
    for (const each of folders) {
      for (const end of ends) {
        const candidate = join(each, `${program}${end.toLowerCase()}`);
        if (await isProgram(candidate, isWindows)) return candidate;
      }
    }
  }
  return undefined;
}

function foldersAbove(folder: string): readonly string[] {
  const found: string[] = [];
  for (let at = folder; ; at = dirname(at)) {
    found.push(join(at, 'node_modules', '.bin'));
    if (dirname(at) === at) return found;
  }
}

async function isProgram(path: string, isWindows: boolean): Promise<boolean> {
  try {
    await access(path, isWindows ? constants.F_OK : constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}

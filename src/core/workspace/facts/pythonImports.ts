import type { WorkspacePath } from '../workspaceFile.ts';

/** A Python file that is being read. */
export interface PythonReading {
  readonly path: WorkspacePath;
  readonly text: string;
}

/**
 * A name that a module takes from others: what it calls it, the module, and the name there; none for a whole module, `*` for
 * all that is in it.
 */
export interface Import {
  readonly as: string;
  readonly module: string;
  readonly name: string | undefined;
}

function importsOf(text: string): readonly Import[] {
  const found: Import[] = [];
  for (const [, module = '', list = ''] of text.matchAll(
    /^[ \t]*from[ \t]+([.\w]+)[ \t]+import[ \t]+(\([^)]*\)|[^\n#]+)/gm,
  )) {
    for (const part of list.replaceAll(/[()\\]|#.*$/gm, '').split(',')) {
      const [, name, as] = /^\s*(\w+|\*)(?:\s+as\s+(\w+))?\s*$/.exec(part) ?? [];
      if (name !== undefined) found.push({ as: as ?? name, module, name });
    }
  }
  for (const [, list = ''] of text.matchAll(/^[ \t]*import[ \t]+([^\n#]+)/gm)) {
    for (const part of list.split(',')) {
      const [, module, as] = /^\s*([.\w]+)(?:\s+as\s+(\w+))?\s*$/.exec(part) ?? [];
      if (module !== undefined) found.push({ as: as ?? module, module, name: undefined });
    }
  }
  return found;
}

/** A file is asked about once for each of its calls. */
const read = new WeakMap<PythonReading, readonly Import[]>();

export function importsIn(reading: PythonReading): readonly Import[] {
  const known = read.get(reading);
  if (known) return known;
  const found = importsOf(reading.text);
  read.set(reading, found);
  return found;
}

/**
 * Where a dotted name of a Python module comes from: `shared.names#JOB`; undefined for what is its own. `other.JOB` may be
 * a member of a module or of what is imported from one.
 */
export function importedName(name: string, reading: PythonReading): string | undefined {
  for (const { as, module, name: taken } of importsIn(reading)) {
    if (taken === '*') continue;
    if (taken === undefined && name.startsWith(`${as}.`)) return `${module}#${name.slice(as.length + 1)}`;
    if (taken === undefined || (name !== as && !name.startsWith(`${as}.`))) continue;
    return `${module}#${taken}${name.slice(as.length)}`;
  }
  return undefined;
}

/** Files of a workspace by the end of their path: the name of a module's file, or the folder and `__init__.py` of a package. */
export type FilesNamed = (ending: string) => readonly WorkspacePath[];

/** What to look modules up by: `names.py`, `shared/__init__.py`. */
export function moduleFileName(path: WorkspacePath): string {
  return /(?:^|\/)((?:[^/]+\/)?__init__\.py|[^/]+)$/.exec(path)?.[1] ?? path;
}

/** What a package hands on from its modules, in its `__init__.py`: `from .runner import start`. */
export function handedOn({ path, text }: PythonReading): readonly Import[] {
  if (!/(?:^|\/)__init__\.py$/.test(path) || !text.includes('import')) return [];
  const found = importsIn({ path, text }).filter(({ name }) => name !== undefined);
  return found.length > MAX_HANDED_ON ? [] : found;
}

/** A package hands on few names; one with thousands of them is generated. */
const MAX_HANDED_ON = 500;

/** Packages hand on what others hand on to them. */
const MAX_HANDS = 4;

/** Where to look for what modules mean. */
export interface Modules {
  readonly files: FilesNamed;
  readonly handedOnBy: (path: WorkspacePath) => readonly Import[];
}

/**
 * The places where an imported name may stand: files with the name that it has there, through packages that hand it on.
 * `from` is the file that imports it.
 */
export function* placesOf(
  imported: string,
  from: WorkspacePath,
  modules: Modules,
  hands = 0,
): Generator<{ readonly path: WorkspacePath; readonly name: string }> {
  const [module = '', name = ''] = imported.split('#');
  for (const path of modulePaths(module, from, modules.files)) {
    yield { path, name };
    if (hands === MAX_HANDS) continue;
    for (const { as, module: next, name: taken = '' } of modules.handedOnBy(path)) {
      if (taken === '*') yield* placesOf(`${next}#${name}`, path, modules, hands + 1);
      else if (name === as || name.startsWith(`${as}.`) || name === `${as}()`) {
        yield* placesOf(`${next}#${taken}${name.slice(as.length)}`, path, modules, hands + 1);
      }
    }
  }
  const [first = '', ...rest] = name.split('.');
  if (rest.length === 0) return;
  // What is imported may be a module as well: `from shared import names`.
  const inner = module.endsWith('.') ? `${module}${first}` : `${module}.${first}`;
  for (const path of modulePaths(inner, from, modules.files)) yield { path, name: rest.join('.') };
}

/** The files that a module's name may mean, seen from a file: the only one that ends so, or the one beside it. */
function modulePaths(module: string, from: WorkspacePath, files: FilesNamed): readonly WorkspacePath[] {
  const dots = /^\.*/.exec(module)?.[0].length ?? 0;
  const parts = module.slice(dots).split('.').filter(Boolean);
  const last = parts.at(-1);
  const folder = from.split('/').slice(0, -1);
  const base = dots > 0 ? folder.slice(0, folder.length - (dots - 1)) : folder;
  if (last === undefined) {
    const own = [...base, '__init__.py'].join('/');
    return dots > 0 ? files(moduleFileName(own)).filter((path) => path === own) : [];
  }
  const ends = [`${parts.join('/')}.py`, `${parts.join('/')}/__init__.py`];
  const all = [...files(`${last}.py`), ...files(`${last}/__init__.py`)];
  const beside = all.filter((path) => ends.some((end) => path === [...base, end].join('/')));
  if (dots > 0 || beside.length > 0) return beside;
  const found = all.filter((path) => ends.some((end) => path === end || path.endsWith(`/${end}`)));
  return found.length === 1 ? found : [];
}

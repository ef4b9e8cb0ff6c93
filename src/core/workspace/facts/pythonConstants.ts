import type { WorkspacePath } from '../workspaceFile.ts';
import type { Constant, Span } from './facts.ts';

/** A module holds few names; one with thousands of them is data. */
const MAX_CONSTANTS = 500;

const ASSIGNMENT =
  /^([ \t]*)([A-Za-z_]\w*)[ \t]*(?::[^=\n]+)?=[ \t]*(?:(["'])([\w .:/@-]{1,255})\3[ \t]*(?:#.*)?$)?|^class[ \t]+(\w+)|^\S/gm;

/**
 * Names that a Python module gives one text, `JOB = "load"`, and those of its classes, `Jobs.LOAD`. A name that is given
 * anything else as well, or that is a parameter too, is none.
 */
export function pythonConstants(text: string): readonly Constant[] {
  const found = new Map<string, Constant | undefined>();
  const others = new Set<string>();
  let inClass: string | undefined;
  for (const match of text.matchAll(ASSIGNMENT)) {
    const [whole, indent = '', name, quote, value, opened] = match;
    if (opened !== undefined) inClass = opened;
    if (name === undefined) {
      if (opened === undefined && !/^[#)\]}]/.test(whole)) inClass = undefined;
      continue;
    }
    if (indent === '') inClass = undefined;
    const isOwn = indent === '' || (inClass !== undefined && /^(?: {1,4}|\t)$/.test(indent));
    if (!isOwn) {
      others.add(name);
      continue;
    }
    const key = inClass === undefined ? name : `${inClass}.${name}`;
    if (value === undefined || found.has(key)) {
      found.set(key, undefined);
      continue;
    }
    const start = match.index + whole.indexOf(quote ?? '', indent.length + name.length) + 1;
    found.set(key, { name: key, spot: { text: value, start, end: start + value.length, isLiteral: true } });
  }
  const constants = [...found.values()].filter((one) => one !== undefined);
  const kept = constants.filter(({ name }) => name.includes('.') || !(others.has(name) || isParameter(name, text)));
  return kept.length > MAX_CONSTANTS ? [] : kept;
}

function isParameter(name: string, text: string): boolean {
  return new RegExp(`\\b(?:def\\s+\\w+\\s*\\([^)]*|for\\s+|as\\s+|global\\s+)\\b${name}\\b`).test(text);
}

/** Names that a module takes from others: what it calls them, the module, and the name there; none for a whole module. */
interface Import {
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
      const [, name, as] = /^\s*(\w+)(?:\s+as\s+(\w+))?\s*$/.exec(part) ?? [];
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

interface PythonReading {
  readonly path: WorkspacePath;
  readonly text: string;
}

/** A file is asked about once for each of its calls. */
const read = new WeakMap<PythonReading, readonly Import[]>();

function importsIn(reading: PythonReading): readonly Import[] {
  const known = read.get(reading);
  if (known) return known;
  const found = importsOf(reading.text);
  read.set(reading, found);
  return found;
}

/**
 * What a name of a Python module is known by in its workspace: `const:jobs/start.py#shared.names#JOB`, without a module
 * for what is its own. It may turn out to be no constant at all.
 */
export function constantReference(node: Span, reading: PythonReading): string | undefined {
  const { path, text } = reading;
  const written = text.slice(node.start, node.end).trim();
  const name = /^(?:[A-Za-z_]\w*\.)*[A-Za-z_]\w*$/.exec(written)?.[0].replace(/\.value$/, '');
  if (name === undefined || !/\.py$/i.test(path)) return undefined;
  const own = name.replace(/^(?:self|cls)\./, '');
  for (const { as, module, name: taken } of importsIn(reading)) {
    if (taken === undefined && name.startsWith(`${as}.`)) {
      return `const:${path}#${module}#${name.slice(as.length + 1)}`;
    }
    if (taken === undefined || (name !== as && !name.startsWith(`${as}.`))) continue;
    // What is imported may be a module as well: `from shared import names`.
    return `const:${path}#${module}#${taken}${name.slice(as.length)}`;
  }
  return `const:${path}##${own === name ? name : `?.${own}`}`;
}

/** The constant that a reference means; `fileOf` knows the constants of the files, `paths` which files there are. */
export function constantAt(
  reference: string,
  paths: (name: string) => readonly WorkspacePath[],
  constantsOf: (path: WorkspacePath) => readonly Constant[],
): { readonly path: WorkspacePath; readonly constant: Constant } | undefined {
  const [from = '', module = '', name = ''] = reference.slice('const:'.length).split('#');
  if (module === '') {
    const own = constantsOf(from).filter((one) =>
      name.startsWith('?.') ? one.name.endsWith(name.slice(1)) : one.name === name,
    );
    const [only] = own;
    return only !== undefined && own.length === 1 ? { path: from, constant: only } : undefined;
  }
  const [first = '', ...rest] = name.split('.');
  const candidates: readonly (readonly [string, string])[] =
    rest.length === 0
      ? [[module, name]]
      : [
          [module, name],
          [module.endsWith('.') ? `${module}${first}` : `${module}.${first}`, rest.join('.')],
        ];
  for (const [from2, wanted] of candidates) {
    for (const path of modulePaths(from2, from, paths)) {
      const constant = constantsOf(path).find((one) => one.name === wanted);
      if (constant) return { path, constant };
    }
  }
  return undefined;
}

/** The files that a module's name may mean, seen from a file: the only one that ends so, or the one beside it. */
function modulePaths(
  module: string,
  from: WorkspacePath,
  paths: (name: string) => readonly WorkspacePath[],
): readonly WorkspacePath[] {
  const dots = /^\.*/.exec(module)?.[0].length ?? 0;
  const parts = module.slice(dots).split('.').filter(Boolean);
  const last = parts.at(-1);
  if (last === undefined) return [];
  const folder = from.split('/').slice(0, -1);
  const ends = [`${parts.join('/')}.py`, `${parts.join('/')}/__init__.py`];
  const all = [...paths(`${last}.py`), ...paths('__init__.py')];
  if (dots > 0) {
    const base = folder.slice(0, folder.length - (dots - 1));
    return all.filter((path) => ends.some((end) => path === [...base, end].join('/')));
  }
  const found = all.filter((path) => ends.some((end) => path === end || path.endsWith(`/${end}`)));
  const beside = found.filter((path) => ends.some((end) => path === [...folder, end].join('/')));
  if (beside.length > 0) return beside;
  return found.length === 1 ? found : [];
}

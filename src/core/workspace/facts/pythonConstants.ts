import type { WorkspacePath } from '../workspaceFile.ts';
import type { Constant, Span } from './facts.ts';
import { importedName, placesOf, type Modules, type PythonReading } from './pythonImports.ts';

/** A module holds few names; one with thousands of them is data. */
const MAX_CONSTANTS = 500;

/** `JOB = "load"` and any other assignment, `class Jobs`, a function that does nothing but give a text. */
const LINES = new RegExp(
  [
    /^([ \t]*)([A-Za-z_]\w*)[ \t]*(?::[^=\n]+)?=(?!=)([ \t]*)(?:(?<quote>["'])([\w .:/@-]{1,255})\k<quote>[ \t]*(?:#.*)?$)?/,
    /^def[ \t]+(\w+)\([ \t]*\)[^\n]*:[ \t]*(?:#.*)?\n(?:[ \t]+"""[^"]*"""[ \t]*\n)?[ \t]+return[ \t]*(?<mark>["'])([\w .:/@-]{1,255})\k<mark>[ \t]*(?:#.*)?$/,
    /^([ \t]*)class[ \t]+(\w+)/,
    /^([ \t]*)[^\s#)\]}]/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'gm',
);

/**
 * Names that a Python module gives one text, `JOB = "load"`, those of its classes, `Jobs.LOAD`, and functions without
 * parameters that give one, `job_name()`. A name that is given anything else as well, or that is a parameter too, is none.
 */
export function pythonConstants(text: string): readonly Constant[] {
  const found = new Map<string, Constant | undefined>();
  const others = new Set<string>();
  let count = 0;
  // The class around a line, and how far its body is indented: its first line tells.
  let around: { readonly name: string; indent?: string } | undefined;
  const put = (name: string, value: string, start: number): void => {
    const isNew = !found.has(name);
    const constant = { name, spot: { text: value, start, end: start + value.length, isLiteral: true } };
    found.set(name, isNew ? constant : undefined);
    if (isNew) count++;
  };
  for (const match of text.matchAll(LINES)) {
    const [whole, indent = '', name, gap, , value, giver, , given, classIndent, opened, otherIndent] = match;
    if (giver !== undefined && given !== undefined) {
      around = undefined;
      put(`${giver}()`, given, match.index + whole.lastIndexOf(given));
    } else if (opened !== undefined) {
      if (classIndent === '') around = { name: opened };
      else if (around) around.indent ??= classIndent ?? '';
    } else if (name === undefined) {
      if (otherIndent === '') around = undefined;
      else if (around) around.indent ??= otherIndent ?? '';
    } else {
      if (indent === '') around = undefined;
      else if (around) around.indent ??= indent;
      const key = indent === '' ? name : around?.indent === indent ? `${around.name}.${name}` : undefined;
      // `name="load",` on a line of its own is an argument of a call.
      if (key === undefined && !(gap === '' && /,[ \t]*$/.test(lineFrom(text, match.index)))) others.add(name);
      if (key !== undefined && value === undefined) found.set(key, undefined);
      else if (key !== undefined && value !== undefined) put(key, value, match.index + whole.lastIndexOf(value));
    }
    if (count > MAX_CONSTANTS) return [];
  }
  if (count === 0) return [];
  const rebound = reboundIn(text);
  return [...found.values()].filter((one) => {
    if (one === undefined) return false;
    const member = one.name.slice(one.name.lastIndexOf('.') + 1);
    return member === one.name ? !others.has(member) && !rebound.names.has(member) : !rebound.members.has(member);
  }) as Constant[];
}

function lineFrom(text: string, start: number): string {
  const end = text.indexOf('\n', start);
  return text.slice(start, end < 0 ? undefined : end);
}

/** Names that a text gives a value by other means than an assignment of their own, and attributes that it assigns. */
function reboundIn(text: string): { readonly names: ReadonlySet<string>; readonly members: ReadonlySet<string> } {
  const names = new Set<string>();
  for (const [, parameters, targets, alias, augmented, several] of text.matchAll(
    /\bdef\s+\w+\s*\(([^)]*)|\b(?:for\s+(?=[\w, \t()]+\bin\b)|(?:global|nonlocal|del)\s+)([\w, \t]+?)(?=\bin\b|$)|\bas\s+(\w+)|\b(\w+)\s*(?:[-+*/%|&^@:]|\/\/)=|^[ \t]*(\w+[ \t]*,[\w, \t]*)=(?!=)/gm,
  )) {
    const list = parameters ?? targets ?? alias ?? augmented ?? several ?? '';
    for (const [name] of list.matchAll(/[A-Za-z_]\w*/g)) names.add(name);
  }
  const members = new Set<string>();
  for (const [, member = ''] of text.matchAll(/\.(\w+)[ \t]*(?:[-+*/%|&^@]|\/\/)?=(?!=)/g)) members.add(member);
  return { names, members };
}

/**
 * What a name of a Python module is known by in its workspace: `const:jobs/start.py#shared.names#JOB`, without a module
 * for what is its own. It may turn out to be no constant at all.
 */
export function constantReference(node: Span, reading: PythonReading): string | undefined {
  const { path, text } = reading;
  const written = text.slice(node.start, node.end).trim();
  const [, dotted, call = ''] = /^((?:[A-Za-z_]\w*\.)*[A-Za-z_]\w*)(\(\s*\))?$/.exec(written) ?? [];
  if (dotted === undefined || !/\.py$/i.test(path)) return undefined;
  const name = dotted.replace(/\.value$/, '');
  const end = call === '' ? '' : '()';
  const imported = importedName(name, reading);
  if (imported !== undefined) return `const:${path}#${imported}${end}`;
  const own = name.replace(/^(?:self|cls)\./, '');
  return `const:${path}##${own === name ? name : `?.${own}`}${end}`;
}

/** The constant that a reference means. */
export function constantAt(
  reference: string,
  modules: Modules,
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
  for (const { path, name: wanted } of placesOf(`${module}#${name}`, from, modules)) {
    const constant = constantsOf(path).find((one) => one.name === wanted);
    if (constant) return { path, constant };
  }
  return undefined;
}

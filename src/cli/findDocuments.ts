import { opendir, readFile, stat } from 'node:fs/promises';
import { basename, join, relative, sep } from 'node:path';
import { holdsDefinitions } from '../core/asl/index.ts';
import { openGlueDocument } from '../core/glue/index.ts';
import type { FileFacts } from '../core/workspace/facts/facts.ts';
import { isIndexed, readFacts } from '../core/workspace/facts/readFacts.ts';

export interface FoundDocument {
  readonly path: string;
  readonly text: string;
  /** Whether it holds definitions or Glue configs; others only have to do with those that do. */
  readonly isChecked: boolean;
  /** What it has to do with other files. */
  readonly facts: FileFacts | undefined;
}

const neverEntered: ReadonlySet<string> = new Set(['node_modules', '.git', '.venv', '__pycache__', '.terraform']);
/** Nothing that AWS takes is larger; what is, is data. */
const maxBytes = 4 * 1024 * 1024;

/**
 * The definitions and Glue configs at these paths: a file that was named is taken as one; in a folder, and
 * of named files where others are skipped, files whose name
 * says it (`.asl`, `.asl.json`, `.glue.json` and their YAML), JSON and YAML files that hold `StartAt` and `States` at
 * their top level, and those, templates, Python, TypeScript, JavaScript and Terraform files that hold a definition or a
 * Glue job, trigger or workflow; also scripts and programs that have to do with those. Rejects where a path that was named
 * cannot be read.
 */
export async function* findDocuments(
  paths: readonly string[],
  { exclude, skipsOthers }: { readonly exclude: readonly string[]; readonly skipsOthers: boolean },
): AsyncGenerator<FoundDocument> {
  const skipped = new Set([...neverEntered, ...exclude]);
  for (const path of paths) {
    if ((await stat(path)).isDirectory()) yield* inFolder(path, skipped, path);
    else if (!skipsOthers) {
      const text = await readFile(path, 'utf8');
      yield { path, text, isChecked: true, facts: factsOf(path, text, basename(path)) };
    } else {
      const found = await readDocument(path, basename(path));
      if (found) yield found;
    }
  }
}

async function* inFolder(folder: string, skipped: ReadonlySet<string>, root: string): AsyncGenerator<FoundDocument> {
  const names: { readonly name: string; readonly isFolder: boolean }[] = [];
  for await (const entry of await opendir(folder)) {
    if (entry.isDirectory()) names.push({ name: entry.name, isFolder: true });
    else if (entry.isFile()) names.push({ name: entry.name, isFolder: false });
  }
  for (const { name, isFolder } of names.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, name);
    if (isFolder) {
      if (!skipped.has(name)) yield* inFolder(path, skipped, root);
    } else {
      const found = await readDocument(path, relative(root, path));
      if (found) yield found;
    }
  }
}

async function readDocument(path: string, within: string): Promise<FoundDocument | undefined> {
  const isNamed = isDefinitionName(basename(path));
  const isData = /\.(?:json|ya?ml)$/i.test(path);
  if (!isNamed && !isData && !isProgram(path)) return undefined;
  if ((await stat(path)).size > maxBytes) return undefined;
  const text = await readFile(path, 'utf8');
  const name = { fileName: path };
  const isChecked =
    isNamed ||
    holdsDefinitions(text, name) ||
    (isData && looksLikeDefinition(text)) ||
    openGlueDocument(text, name) !== undefined;
  const facts = factsOf(path, text, within);
  return isChecked || facts !== undefined ? { path, text, isChecked, facts } : undefined;
}

/** `within` is the path from the folder that was named: what lies above it says nothing. */
function factsOf(path: string, text: string, within: string): FileFacts | undefined {
  return isIndexed(within.replaceAll(sep, '/')) ? readFacts(path.replaceAll(sep, '/'), text) : undefined;
}

function isProgram(path: string): boolean {
  return /\.(?:py|[cm]?[jt]sx?|tf|tofu|template)$/i.test(path) && !/\.d\.[cm]?ts$/i.test(path);
}

export function isDefinitionName(name: string): boolean {
  return /\.asl(?:\.json|\.ya?ml)?$/i.test(name);
}

/** Whether the two names that every definition has stand at the top level, in JSON or YAML. */
export function looksLikeDefinition(text: string): boolean {
  if (/^\s*\{/.test(text)) return topLevelKeys(text, ['StartAt', 'States']);
  return /^["']?StartAt["']?\s*:/m.test(text) && /^["']?States["']?\s*:/m.test(text);
}

function topLevelKeys(text: string, names: readonly string[]): boolean {
  if (!names.every((name) => text.includes(`"${name}"`))) return false;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && names.every((name) => Object.hasOwn(value, name));
  } catch {
    // Broken JSON with both names in it is most likely a definition with the very fault that is looked for.
    return true;
  }
}

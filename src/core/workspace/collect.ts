import { readDefinition, type DefinitionFile } from './definitions.ts';
import { readGlueConfigs, type FileProblem, type GlueConfig } from './glueConfigs.ts';
import { dataLocation, fileKind, fileOfLocation, type WorkspacePath } from './workspaceFile.ts';

/** A file and where in S3 it belongs. */
export interface WorkspaceObject {
  readonly location: string;
  readonly file: WorkspacePath;
  /** What asks for it: the config and line of a script; absent for data. */
  readonly askedBy?: { readonly file: WorkspacePath; readonly line: number };
}

/** What a folder holds that an account can be given. */
export interface WorkspaceContent {
  readonly definitions: readonly DefinitionFile[];
  readonly configs: readonly GlueConfig[];
  readonly objects: readonly WorkspaceObject[];
  readonly problems: readonly FileProblem[];
}

/**
 * Sorts a folder's files. `texts` holds those of kind definition and config; of the others the paths are enough. A
 * name that two files give is taken from the first, and a problem of the second.
 */
export function collectWorkspace(
  paths: readonly WorkspacePath[],
  texts: ReadonlyMap<WorkspacePath, string>,
): WorkspaceContent {
  const definitions: DefinitionFile[] = [];
  const configs: GlueConfig[] = [];
  const objects = new Map<string, WorkspaceObject>();
  const problems: FileProblem[] = [];
  const owners = new Map<string, WorkspacePath>();
  const isTaken = (kind: string, name: string, file: WorkspacePath, line: number): boolean => {
    const owner = owners.get(`${kind} ${name}`);
    if (owner === undefined) owners.set(`${kind} ${name}`, file);
    else problems.push({ file, line, message: `${owner} describes the ${kind} ${name} too.` });
    return owner !== undefined;
  };

  for (const file of paths.toSorted()) {
    const kind = fileKind(file);
    const text = texts.get(file);
    if (kind === 'data') {
      const location = dataLocation(file);
      if (location !== undefined) objects.set(location, { location, file });
    } else if (kind === 'definition' && text !== undefined) {
      const read = readDefinition(file, text);
      if ('message' in read) problems.push(read);
      else if (!isTaken('state machine', read.name, file, 1)) definitions.push(read);
    } else if (kind === 'glueConfig' && text !== undefined) {
      const read = readGlueConfigs(file, text);
      problems.push(...read.problems);
      configs.push(...read.configs.filter(({ kind: what, name, line }) => !isTaken(what, name, file, line)));
    }
  }
  for (const config of configs) {
    for (const found of scriptsOf(config, paths)) {
      if ('message' in found) problems.push(found);
      else objects.set(found.location, found);
    }
  }
  return { definitions, configs, objects: [...objects.values()], problems };
}

/** The files that a job runs: its script, and what it imports from S3 where the workspace has that. */
function scriptsOf(config: GlueConfig, paths: readonly WorkspacePath[]): (WorkspaceObject | FileProblem)[] {
  const { script, file } = config;
  if (!script) return [];
  const askedBy = { file, line: script.line };
  if (!/^s3[an]?:\/\/[^/${}]+\/[^${}]+$/.test(script.location)) {
    return [{ file, line: script.line, message: `ScriptLocation must be s3://bucket/key, not ${script.location}.` }];
  }
  const source = fileOfLocation(script.location, paths, file);
  const modules = extraLocations(config.input).flatMap((location): WorkspaceObject[] => {
    const module = fileOfLocation(location, paths, file);
    return module === undefined ? [] : [{ location, file: module, askedBy }];
  });
  if (source === undefined) {
    const name = script.location.split('/').at(-1) ?? '';
    return [
      { file, line: script.line, message: `No file ${name} in the workspace for ${script.location}.` },
      ...modules,
    ];
  }
  return [{ location: script.location, file: source, askedBy }, ...modules];
}

function extraLocations(input: Readonly<Record<string, unknown>>): readonly string[] {
  const defaults = input['DefaultArguments'];
  if (typeof defaults !== 'object' || defaults === null) return [];
  return ['--extra-py-files', '--extra-files'].flatMap((key) => {
    const value = (defaults as Record<string, unknown>)[key];
    const list = typeof value === 'string' ? value.split(',').map((part) => part.trim()) : [];
    return list.filter((part) => /^s3[an]?:\/\/[^/]+\/.*[^/]$/.test(part));
  });
}

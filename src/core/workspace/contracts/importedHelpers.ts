import type {
  FileFacts,
  GivenArguments,
  HelperFunction,
  ImportedCall,
  Mention,
  PassedValue,
  StartFacts,
} from '../facts/facts.ts';
import { passedTo } from '../facts/helperFacts.ts';
import { placesOf, type FilesNamed } from '../facts/pythonImports.ts';
import { mentionAt } from '../facts/reference.ts';
import type { WorkspacePath } from '../workspaceFile.ts';

type Facts = ReadonlyMap<WorkspacePath, FileFacts>;

/** The facts of a workspace, with what its files start through functions that they import from one another. */
export function withImportedHelpers(facts: Facts, files: FilesNamed): Facts {
  const modules = new Map<WorkspacePath, ReadonlyMap<string, HelperFunction>>();
  for (const { path, helpers } of facts.values()) {
    if (helpers.length > 0) modules.set(path, new Map(helpers.map((helper) => [helper.name, helper])));
  }
  if (modules.size === 0) return facts;
  const all = new Map(facts);
  for (const file of facts.values()) {
    const found = file.importedCalls.flatMap((call) => startedBy(call, file.path, { modules, files }) ?? []);
    if (found.length === 0) continue;
    all.set(file.path, {
      ...file,
      mentions: [...file.mentions, ...found.map(({ mention }) => mention)],
      starts: [...file.starts, ...found.flatMap(({ start }) => start ?? [])],
    });
  }
  return all;
}

interface Started {
  readonly mention: Mention;
  readonly start: StartFacts | undefined;
}

function startedBy(
  call: ImportedCall,
  from: WorkspacePath,
  {
    modules,
    files,
  }: { readonly modules: ReadonlyMap<WorkspacePath, ReadonlyMap<string, HelperFunction>>; readonly files: FilesNamed },
): Started | undefined {
  for (const { path, name } of placesOf(call.imported, from, files)) {
    const helper = modules.get(path)?.get(name);
    if (helper !== undefined) return startedThrough(helper, call);
  }
  return undefined;
}

function startedThrough(helper: HelperFunction, { positional, keywords, isOpen }: ImportedCall): Started | undefined {
  const passed = { positional, keyword: (name: string): PassedValue | undefined => keywords.get(name) };
  const { kind, nameParameter, given } = helper;
  const value = passedTo(helper, nameParameter, passed);
  const mention = value && mentionOf(kind, value);
  if (mention === undefined) return undefined;
  if (given === undefined) return { mention, start: undefined };
  const anchor = mention.span;
  const list = 'list' in given ? elsewhere(given.list) : passedTo(helper, given.parameter, passed)?.list;
  const read = list ?? { given: [], isOpen, anchor, addition: undefined };
  const start: StartFacts = { ...read, job: mention, by: 'operator', isOpen: read.isOpen || isOpen };
  return { mention, start: 'list' in given ? { ...start, anchor } : start };
}

/** Arguments that a function writes itself stand in another file: here they only tell that there are some. */
function elsewhere({ given, ...list }: GivenArguments): GivenArguments {
  return { ...list, given: [], isOpen: list.isOpen || given.length > 0 };
}

function mentionOf(kind: HelperFunction['kind'], { spot, span, constant }: PassedValue): Mention | undefined {
  if (spot !== undefined) return mentionAt(kind, spot, span);
  return constant === undefined ? undefined : { kind, reference: constant, spot: undefined, span };
}

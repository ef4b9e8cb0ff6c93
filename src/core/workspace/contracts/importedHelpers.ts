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
import { placesOf, type FilesNamed, type Modules } from '../facts/pythonImports.ts';
import { mentionAt } from '../facts/reference.ts';
import type { WorkspacePath } from '../workspaceFile.ts';

type Facts = ReadonlyMap<WorkspacePath, FileFacts>;

/** The facts of a workspace, with what its files start through functions that they import from one another. */
export function withImportedHelpers(facts: Facts, files: FilesNamed): Facts {
  const modules: Modules = { files, handedOnBy: (path) => facts.get(path)?.handedOn ?? [] };
  const helpers = new Map<WorkspacePath, ReadonlyMap<string, HelperFunction>>();
  for (const { path, helpers: own } of facts.values()) {
    if (own.length > 0) helpers.set(path, new Map(own.map((helper) => [helper.name, helper])));
  }
  if (helpers.size === 0) return facts;
  const all = new Map(facts);
  for (const file of facts.values()) {
    const found = file.importedCalls.flatMap((call) => startedBy(call, file.path, { helpers, modules }) ?? []);
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
    helpers,
    modules,
  }: {
    readonly helpers: ReadonlyMap<WorkspacePath, ReadonlyMap<string, HelperFunction>>;
    readonly modules: Modules;
  },
): Started | undefined {
  for (const { path, name } of placesOf(call.imported, from, modules)) {
    const helper = helpers.get(path)?.get(name);
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

import { basename } from 'node:path/posix';
import { hasPlaceholder } from '../../language/placeholders.ts';
import type {
  Definition,
  FileFacts,
  JobFacts,
  Mention,
  RoleTrust,
  ScriptFacts,
  StartFacts,
  ThingKind,
} from '../facts/facts.ts';
import { withValues, type Values } from '../../language/stages.ts';
import { activeStage, type StageChoice } from '../stages.ts';
import { constantAt } from '../facts/pythonConstants.ts';
import { moduleFileName, type Modules } from '../facts/pythonImports.ts';
import type { WorkspacePath } from '../workspaceFile.ts';
import { withImportedHelpers } from './importedHelpers.ts';

/** Something with the file that says it. */
export interface In<T> {
  readonly file: FileFacts;
  readonly it: T;
}

export interface LinkOptions {
  readonly stage?: StageChoice;
  /** Not all files of the workspace are known. */
  readonly isPartial?: boolean | undefined;
  /** Whether a file is there that is not among the known ones. */
  readonly exists?: ((path: WorkspacePath) => boolean) | undefined;
}

/** Who means whom in a workspace, at one moment: worked out when it is first asked for. */
export class Links {
  readonly #definitions = new Map<string, In<Definition>[]>();
  readonly #jobs = new Map<string, In<JobFacts>[]>();
  readonly #starts = new Map<string, In<StartFacts>[]>();
  readonly #mentions = new Map<string, In<Mention>[]>();
  readonly #roles = new Map<string, In<RoleTrust>[]>();
  /** What constants say where they stand, for things that other places name by them. */
  readonly #constants = new Map<WorkspacePath, Mention[]>();
  readonly #values: Values;
  readonly #unnamed = new Set<ThingKind>();
  readonly #mentionedNames = new Map<ThingKind, Set<string>>();
  readonly #names = new Map<ThingKind, Set<string>>();
  readonly #scripts = new Map<string, WorkspacePath[]>();
  readonly #jobsOfScript = new Map<WorkspacePath, In<JobFacts>[]>();
  readonly #scriptOfJob = new Map<JobFacts, WorkspacePath>();

  readonly #facts: ReadonlyMap<WorkspacePath, FileFacts>;
  /** Python files by what modules are looked up by. */
  readonly #modules = new Map<string, WorkspacePath[]>();
  /** The same name is meant at many places. */
  readonly #constantsMeant = new Map<string, ReturnType<typeof constantAt>>();

  constructor(
    facts: ReadonlyMap<WorkspacePath, FileFacts>,
    private readonly paths: ReadonlySet<WorkspacePath>,
    private readonly known: LinkOptions = {},
  ) {
    this.#values = activeStage(facts.values(), known.stage ?? {})?.values ?? {};
    for (const path of paths) {
      if (/\.(?:py|scala)$/.test(path)) add(this.#scripts, basename(path), path);
      if (path.endsWith('.py')) add(this.#modules, moduleFileName(path), path);
    }
    this.#facts = withImportedHelpers(facts, this.#modulesNamed);
    for (const file of this.#facts.values()) this.#addFile(file);
    for (const file of this.#facts.values()) for (const it of file.jobs) this.#linkScript({ file, it });
  }

  /** Whether more files belong to the workspace than are known, so that nothing can be called missing. */
  get isPartial(): boolean {
    return this.known.isPartial === true;
  }

  hasFile(path: WorkspacePath): boolean {
    return this.paths.has(path) || this.known.exists?.(path) === true;
  }

  /** Scripts whose file is called as that of a location. */
  scriptsNamed(location: string): readonly WorkspacePath[] {
    return this.#scripts.get(basename(location)) ?? [];
  }

  /** Every name of things of a kind that is written out where it is used. */
  mentionedNames(kind: ThingKind): ReadonlySet<string> {
    return this.#mentionedNames.get(kind) ?? NONE;
  }

  /** Whether something of the kind is defined under a name that the text does not tell. */
  hasUnnamed(kind: ThingKind): boolean {
    return this.#unnamed.has(kind);
  }

  /** What a file names, and what its constants name for others. */
  mentionsIn({ path, mentions }: FileFacts): readonly Mention[] {
    const constants = this.#constants.get(path);
    return constants === undefined ? mentions : [...mentions, ...constants];
  }

  /** Roles by what stands for them. */
  rolesAt(address: string): readonly In<RoleTrust>[] {
    return this.#roles.get(address) ?? [];
  }

  file(path: WorkspacePath): FileFacts | undefined {
    return this.#facts.get(path);
  }

  /** What a mention means: definitions of that name, or the one that stands for it in its file. */
  definitionsOf({ kind, reference }: Pick<Mention, 'kind' | 'reference'>): readonly In<Definition>[] {
    return this.#definitions.get(`${kind} ${this.#resolved(reference)}`) ?? [];
  }

  jobsOf({ reference }: Pick<Mention, 'reference'>): readonly In<JobFacts>[] {
    return this.#jobs.get(this.#resolved(reference)) ?? [];
  }

  startsOf(job: JobFacts): readonly In<StartFacts>[] {
    return unique(this.#referencesTo(job).flatMap((reference) => this.#starts.get(reference) ?? []));
  }

  mentionsOf(definition: Definition): readonly In<Mention>[] {
    return unique(
      this.#referencesTo(definition).flatMap((one) => this.#mentions.get(`${definition.kind} ${one}`) ?? []),
    );
  }

  /** Every mention of a name. */
  mentionsOfName(kind: ThingKind, name: string): readonly In<Mention>[] {
    return this.#mentions.get(`${kind} name:${name}`) ?? [];
  }

  /** The names that the workspace gives to things of a kind. */
  namesOf(kind: ThingKind): ReadonlySet<string> {
    return this.#names.get(kind) ?? NONE;
  }

  scriptPathOf(job: JobFacts): WorkspacePath | undefined {
    return this.#scriptOfJob.get(job);
  }

  scriptOf(job: JobFacts): In<ScriptFacts> | undefined {
    const path = this.#scriptOfJob.get(job);
    const file = path === undefined ? undefined : this.#facts.get(path);
    return file?.script === undefined ? undefined : { file, it: file.script };
  }

  jobsOfScript(path: WorkspacePath): readonly In<JobFacts>[] {
    return this.#jobsOfScript.get(path) ?? [];
  }

  #addFile(file: FileFacts): void {
    for (const it of file.roles) add(this.#roles, it.address, { file, it });
    for (const it of file.definitions) {
      for (const reference of this.#referencesTo(it)) add(this.#definitions, `${it.kind} ${reference}`, { file, it });
      if (it.name === undefined) {
        const resolved = it.pattern === undefined ? undefined : this.#resolved(it.pattern);
        if (resolved?.startsWith('name:') === true) addName(this.#names, it.kind, resolved.slice('name:'.length));
        else this.#unnamed.add(it.kind);
        continue;
      }
      addName(this.#names, it.kind, it.name);
    }
    for (const it of file.jobs)
      for (const reference of this.#referencesTo(it)) add(this.#jobs, reference, { file, it });
    for (const it of file.starts) add(this.#starts, this.#resolved(it.job.reference), { file, it });
    for (const it of file.mentions) {
      const reference = this.#resolved(it.reference);
      if (it.reference.startsWith('const:')) this.#addConstant(it);
      add(this.#mentions, `${it.kind} ${reference}`, { file, it });
      if (!reference.startsWith('name:')) continue;
      addName(this.#mentionedNames, it.kind, reference.slice('name:'.length));
    }
  }

  /** A constant names a thing where it stands as well: that is the place that a rename changes. */
  #addConstant({ kind, reference }: Mention): void {
    const found = this.#constantOf(reference);
    const file = found && this.#facts.get(found.path);
    if (found === undefined || file === undefined || found.constant.spot.text.startsWith('arn:')) return;
    const { spot } = found.constant;
    const known = this.#constants.get(found.path) ?? [];
    if (known.some((one) => one.kind === kind && one.span.start === spot.start)) return;
    const it: Mention = { kind, reference: `name:${spot.text}`, spot, span: spot };
    add(this.#constants, found.path, it);
    add(this.#mentions, `${kind} ${it.reference}`, { file, it });
  }

  readonly #modulesNamed = (name: string): readonly WorkspacePath[] => this.#modules.get(name) ?? [];
  readonly #lookUp: Modules = {
    files: this.#modulesNamed,
    handedOnBy: (path) => this.#facts.get(path)?.handedOn ?? [],
  };

  #constantOf(reference: string): ReturnType<typeof constantAt> {
    if (this.#constantsMeant.has(reference)) return this.#constantsMeant.get(reference);
    const found = constantAt(reference, this.#lookUp, (path) => this.#facts.get(path)?.constants ?? []);
    this.#constantsMeant.set(reference, found);
    return found;
  }

  /** What a definition is meant by: its name, and what stands for it in its file. */
  #referencesTo({ name, pattern, address }: Definition): readonly string[] {
    return [
      ...(name === undefined ? [] : [`name:${name}`]),
      ...(pattern === undefined ? [] : [this.#resolved(pattern)]),
      ...(address === undefined ? [] : [address]),
    ];
  }

  /** A name with placeholders becomes a name once the stage says what all of them are. */
  #resolved(reference: string): string {
    if (reference.startsWith('const:')) {
      const text = this.#constantOf(reference)?.constant.spot.text;
      return text === undefined || text.startsWith('arn:') ? reference : `name:${text}`;
    }
    if (!reference.startsWith('pattern:')) return reference;
    const name = withValues(reference.slice(reference.indexOf('#') + 1), this.#values);
    return hasPlaceholder(name) ? reference : `name:${name}`;
  }

  #linkScript({ file, it: job }: In<JobFacts>): void {
    if (job.script === undefined) return;
    const location = job.script.location.replace(/^s3[an]?:\/\/[^/]+\//, '').replaceAll('\\', '/');
    const path = nearestPath(location, this.#scripts.get(basename(location)) ?? [], file.path);
    if (path === undefined) return;
    this.#scriptOfJob.set(job, path);
    add(this.#jobsOfScript, path, { file, it: job });
  }
}

const NONE: ReadonlySet<string> = new Set();

function add<K, T>(map: Map<K, T[]>, key: K, value: T): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

function addName(names: Map<ThingKind, Set<string>>, kind: ThingKind, name: string): void {
  const known = names.get(kind);
  if (known) known.add(name);
  else names.set(kind, new Set([name]));
}

function unique<T>(all: readonly In<T>[]): readonly In<T>[] {
  if (all.length < 2) return all;
  const seen = new Set<T>();
  return all.filter(({ it }) => !seen.has(it) && seen.add(it));
}

/**
 * Of files of one name, the one whose path ends most like the location, and of those the one nearest to the file that
 * names it; undefined where several are as near.
 */
function nearestPath(
  location: string,
  candidates: readonly WorkspacePath[],
  near: WorkspacePath,
): WorkspacePath | undefined {
  const wanted = location.split('/').filter((part) => part !== '..' && part !== '.');
  const folders = near.split('/').slice(0, -1);
  const scored = candidates
    .map((path) => {
      const parts = path.split('/');
      const tail = sharedLength(parts.toReversed(), wanted.toReversed());
      return { path, score: tail * 100 + sharedLength(parts.slice(0, -1), folders) };
    })
    .sort((a, b) => b.score - a.score);
  const [first, second] = scored;
  return first !== undefined && first.score !== second?.score ? first.path : undefined;
}

function sharedLength(a: readonly string[], b: readonly string[]): number {
  const end = a.findIndex((part, at) => part !== b[at]);
  return end < 0 ? a.length : end;
}

import type {
  Definition,
  FileFacts,
  GivenArguments,
  JobFacts,
  ScriptFacts,
  Span,
  Spot,
  ThingKind,
} from '../facts/facts.ts';
import type { In, Links } from './links.ts';

/** A place in a file of the workspace that means a symbol. */
export interface Occurrence {
  readonly file: FileFacts;
  readonly span: Span;
  /** The name that a rename replaces; undefined for a reference that does not write it out. */
  readonly spot: Spot | undefined;
  /** Whether the symbol comes from here: the script that asks, the job that is described. */
  readonly isDefinition: boolean;
}

/** An argument that files of a workspace agree on, or a thing that they name, with every place that means it. */
export interface WorkspaceSymbol {
  readonly kind: 'argument' | ThingKind;
  readonly name: string;
  readonly occurrences: readonly Occurrence[];
  /** The place that was asked about. */
  readonly here: Occurrence;
}

/** What stands at an offset of a file; its end still counts. */
export function symbolAt(links: Links, file: FileFacts, offset: number): WorkspaceSymbol | undefined {
  return argumentAt(links, file, offset) ?? thingAt(links, file, offset);
}

/** The file of the script that a job names at an offset. */
export function scriptAt(links: Links, file: FileFacts, offset: number): string | undefined {
  const job = file.jobs.find(({ script }) => script !== undefined && holds(script.span, offset));
  return job && links.scriptPathOf(job);
}

function argumentAt(links: Links, file: FileFacts, offset: number): WorkspaceSymbol | undefined {
  const found = argumentSource(links, file, offset);
  if (found === undefined) return undefined;
  const { name, jobs, script } = found;
  const occurrences: Occurrence[] = [];
  const add = (where: FileFacts, spot: Spot, isDefinition: boolean): void => {
    if (!occurrences.some((one) => one.file === where && one.span.start === spot.start)) {
      occurrences.push({ file: where, span: spot, spot, isDefinition });
    }
  };
  if (script) {
    for (const option of script.it.options) if (option.name === name) add(script.file, option.spot, true);
    for (const { spot } of script.it.uses) if (spot.text === name) add(script.file, spot, false);
  }
  const addGiven = (where: FileFacts, { given }: GivenArguments, isDefinition: boolean): void => {
    for (const argument of given) if (argument.name === name) add(where, argument.spot, isDefinition);
  };
  const isAsked = occurrences.length > 0;
  for (const { file: where, it } of jobs) addGiven(where, it, !isAsked);
  for (const { it } of jobs) for (const start of links.startsOf(it)) addGiven(start.file, start.it, false);
  return symbol({ kind: 'argument', name, occurrences }, file, offset);
}

interface ArgumentSource {
  readonly name: string;
  readonly script: In<ScriptFacts> | undefined;
  readonly jobs: readonly In<JobFacts>[];
}

/** Which argument of which jobs an offset is on. */
function argumentSource(links: Links, file: FileFacts, offset: number): ArgumentSource | undefined {
  const spots = [...(file.script?.options ?? []), ...(file.script?.uses ?? [])].map(({ spot }) => spot);
  const inScript = spots.find((spot) => holds(spot, offset));
  if (inScript !== undefined && file.script !== undefined) {
    const jobs = links.jobsOfScript(file.path);
    return { name: inScript.text, script: { file, it: file.script }, jobs };
  }
  const nameIn = ({ given }: GivenArguments): string | undefined =>
    given.find(({ spot, key }) => holds(spot, offset) || holds(key, offset))?.name;
  for (const job of file.jobs) {
    const name = nameIn(job);
    if (name !== undefined) return { name, ...sharing(links, { file, it: job }) };
  }
  for (const start of file.starts) {
    const name = nameIn(start);
    const [job] = name === undefined ? [] : links.jobsOf(start.job);
    if (name !== undefined && job !== undefined) return { name, ...sharing(links, job) };
  }
  return undefined;
}

/** A job with those that run the same script. */
function sharing(links: Links, job: In<JobFacts>): Pick<ArgumentSource, 'script' | 'jobs'> {
  const path = links.scriptPathOf(job.it);
  if (path !== undefined) return { script: links.scriptOf(job.it), jobs: links.jobsOfScript(path) };
  return { script: undefined, jobs: [job] };
}

function thingAt(links: Links, file: FileFacts, offset: number): WorkspaceSymbol | undefined {
  const mention = links.mentionsIn(file).find(({ spot, span }) => holds(spot ?? span, offset) || holds(span, offset));
  const own = file.definitions.find(({ spot }) => spot !== undefined && holds(spot, offset));
  const definitions: readonly In<Definition>[] = mention
    ? links.definitionsOf(mention)
    : own === undefined
      ? []
      : sameName(links, { file, it: own });
  const kind = mention?.kind ?? own?.kind;
  const name = mention?.spot?.text ?? definitions[0]?.it.name ?? own?.name;
  if (kind === undefined || name === undefined) return undefined;
  const occurrences: Occurrence[] = definitions.map((one) => ({
    file: one.file,
    span: one.it.anchor,
    spot: one.it.spot,
    isDefinition: true,
  }));
  const mentions = [
    ...definitions.flatMap(({ it }) => links.mentionsOf(it)),
    ...(definitions.length === 0 ? links.mentionsOfName(kind, name) : []),
  ];
  for (const { file: where, it } of new Set(mentions)) {
    if (occurrences.some((one) => one.file === where && one.span === it.span)) continue;
    occurrences.push({ file: where, span: it.span, spot: it.spot, isDefinition: false });
  }
  return symbol({ kind, name, occurrences }, file, offset);
}

function sameName(links: Links, own: In<Definition>): readonly In<Definition>[] {
  const { kind, name } = own.it;
  return name === undefined ? [own] : links.definitionsOf({ kind, reference: `name:${name}` });
}

function symbol(
  { kind, name, occurrences }: Omit<WorkspaceSymbol, 'here'>,
  file: FileFacts,
  offset: number,
): WorkspaceSymbol | undefined {
  const here = occurrences.find(
    (one) => one.file.path === file.path && (holds(one.spot ?? one.span, offset) || holds(one.span, offset)),
  );
  // A key holds its dashes and quotes beside its name.
  const near = here ?? occurrences.find((one) => one.file.path === file.path && isNear(one.span, offset));
  return near && { kind, name, occurrences, here: near };
}

function holds({ start, end }: Span, offset: number): boolean {
  return start <= offset && offset <= end;
}

function isNear({ start, end }: Span, offset: number): boolean {
  return start - 4 <= offset && offset <= end + 4;
}

import type { Argument, GlueFile, Holding, Job, Trigger, Workflow } from '../../glue/model.ts';
import type { Part } from '../../glue/part.ts';
import { writtenText } from '../../glue/values.ts';
import { hasPlaceholder } from '../../language/placeholders.ts';
import { offsetsOf } from '../../language/rules/rule.ts';
import { UnknownNode, type Node, type Tree } from '../../language/tree.ts';
import { toTextChanges } from '../../language/write.ts';
import {
  ARGUMENT_NAME,
  type Addition,
  type Definition,
  type GivenArgument,
  type GivenArguments,
  type JobFacts,
  type Mention,
  type RoleUse,
  type ScriptPlace,
  type Span,
  type StartFacts,
  type ThingKind,
} from './facts.ts';
import { constantReference } from './pythonConstants.ts';
import { mentionOf, patternIn, scopedAddress, type Reading } from './reference.ts';
import { nameAddress } from './roleFacts.ts';
import { spanOf, spotIn } from './spot.ts';

export interface GlueFacts {
  readonly definitions: readonly Definition[];
  readonly jobs: readonly JobFacts[];
  readonly starts: readonly StartFacts[];
  readonly mentions: readonly Mention[];
  /** Of configs that stand by themselves; those of a host are among its own. */
  readonly roleUses: readonly RoleUse[];
}

/** What a document's jobs, triggers and workflows have to do with other files. `tree` is the document's own, where it has one. */
export function glueFacts(file: GlueFile, reading: Reading, tree: Tree | undefined): GlueFacts {
  const read = new Reader(reading, tree);
  for (const job of file.jobs) read.job(job);
  for (const trigger of file.triggers) read.trigger(trigger);
  for (const workflow of file.workflows) read.define('workflow', workflow);
  for (const holding of file.holdings) if (holding.kind === 'crawler') read.define('crawler', holding);
  return read;
}

class Reader implements GlueFacts {
  readonly definitions: Definition[] = [];
  readonly jobs: JobFacts[] = [];
  readonly starts: StartFacts[] = [];
  readonly mentions: Mention[] = [];
  readonly roleUses: RoleUse[] = [];

  constructor(
    private readonly reading: Reading,
    private readonly tree: Tree | undefined,
  ) {}

  job(job: Job): void {
    if (job.use === 'run') this.#start(job.part, job.arguments, job.dialect === 'program' ? 'program' : 'file');
    else this.jobs.push(this.#jobFacts(job));
    if (job.dialect === 'api' || job.dialect === 'git') this.#useRole(job.part.get('Role'));
  }

  #useRole(node: Node | undefined): void {
    const role = node?.kind === 'string' && !hasPlaceholder(node.value) ? nameAddress(node.value) : undefined;
    if (node !== undefined && role !== undefined) this.roleUses.push({ role, service: 'glue', span: spanOf(node) });
  }

  trigger(trigger: Trigger): void {
    this.define('trigger', trigger);
    this.#mention('workflow', trigger.part.get('WorkflowName'));
    for (const action of trigger.actions) {
      const nodes = action.get('Arguments');
      const given = trigger.arguments.filter(({ list }) => list.node === nodes);
      if (action.has('JobName')) this.#start(action, given, 'trigger');
      else this.#mention('crawler', action.get('CrawlerName'));
    }
    for (const condition of trigger.conditions) {
      const isJob = condition.has('JobName');
      this.#mention(isJob ? 'job' : 'crawler', condition.get(isJob ? 'JobName' : 'CrawlerName'));
    }
  }

  define(kind: ThingKind, resource: Trigger | Workflow | Holding): void {
    this.definitions.push(this.#definition(kind, resource));
  }

  #jobFacts(job: Job): JobFacts {
    const { part, command } = job;
    const definition = this.#definition('job', job);
    this.definitions.push(definition);
    const script = writtenScript(job);
    const bookmark = job.arguments.find(({ name }) => name === '--job-bookmark-option')?.text;
    const isOpen = job.argumentLists.length === 0 && part.isOpen;
    return {
      ...definition,
      kind: 'job',
      ...this.#arguments(job.arguments, job.argumentLists[0]?.node, definition.anchor),
      ...(isOpen && { isOpen }),
      glueVersion: job.glueVersion,
      script:
        script === undefined
          ? undefined
          : { location: script, span: this.#scriptSpan(command.script, definition), local: localReader(script, job) },
      isPythonShell: command.type === 'pythonshell',
      bookmark,
    };
  }

  /** Where a location is written in one piece, it stands within its quotes. */
  #scriptSpan(node: Node | undefined, { anchor }: Definition): Span {
    const spot = node?.kind === 'string' ? spotIn(node, this.reading.text) : undefined;
    return spanOf(spot?.isLiteral === true ? spot : (node ?? anchor));
  }

  #start(part: Part, given: readonly Argument[], by: StartFacts['by']): void {
    const job = this.#mention('job', part.get('JobName'));
    if (job === undefined) return;
    const list = part.get('Arguments');
    const read = this.#arguments(given, list, list === undefined ? job.span : spanOf(list));
    this.starts.push({ job, by, ...read, isOpen: read.isOpen || part.isOpen });
  }

  #mention(kind: ThingKind, node: Node | undefined): Mention | undefined {
    const mention = mentionOf(kind, node, this.reading);
    if (mention) this.mentions.push(mention);
    return mention;
  }

  #definition(kind: ThingKind, { part, name, address, anchor }: Job | Trigger | Workflow | Holding): Definition {
    // Calls that change something have its name beside what they change.
    const around = part.node.parent;
    const node =
      part.get('Name') ?? (around?.kind === 'object' ? (around.get('JobName') ?? around.get('Name')) : undefined);
    const { path, text } = this.reading;
    const spot = node?.kind === 'string' && node.value === name ? spotIn(node, text) : undefined;
    return {
      kind,
      name,
      spot,
      pattern: name === undefined ? patternOf(node, this.reading) : undefined,
      address: address === undefined ? undefined : scopedAddress(address, path),
      anchor: spot ?? offsetsOf(anchor),
    };
  }

  #arguments(given: readonly Argument[], list: Node | undefined, anchor: GivenArguments['anchor']): GivenArguments {
    const read = given.flatMap((argument) => this.#argument(argument) ?? []);
    const key = list?.parent === undefined ? undefined : offsetsOf({ kind: 'key', node: list });
    const isOpen =
      read.length < given.length ||
      list?.kind === 'unknown' ||
      (list?.kind === 'object' && list.issues?.unclosed === true);
    return { given: read, isOpen, anchor: key ?? anchor, addition: this.#addition(list) };
  }

  #argument({ name, nameNode, text }: Argument): GivenArgument | undefined {
    if (/[${<%]/.test(name)) return undefined;
    const from = /^-*/.exec(name)?.[0].length ?? 0;
    const spot = spotIn(nameNode, this.reading.text, from);
    return { name: name.slice(from), written: name, spot, key: spanOf(nameNode), value: text };
  }

  /** How one more argument is written; only where the list stands in the document's own tree. */
  #addition(list: Node | undefined): Addition | undefined {
    if (list?.kind !== 'object' || this.tree === undefined || this.tree.root instanceof UnknownNode) return undefined;
    const [change] = toTextChanges(
      [{ kind: 'addProperty', object: list, name: `--${ARGUMENT_NAME}`, value: '' }],
      this.tree,
    );
    return change;
  }
}

/** A name that is known only with the stage, or with the constants of other modules. */
function patternOf(node: Node | undefined, reading: Reading): string | undefined {
  if (node?.kind === 'string') return patternIn(node.value, reading.path);
  return node?.kind === 'unknown' ? constantReference(node, reading) : undefined;
}

/** Who uploads a script from a path of this machine. */
function localReader(location: string, { dialect, part, command }: Job): ScriptPlace['local'] {
  if (/^[a-z][a-z0-9+.-]*:|[${<]/i.test(location) || !/\.(?:py|scala)$/.test(location)) return undefined;
  if (dialect === 'cloudformation') return command.script?.kind === 'string' ? 'template' : undefined;
  if (dialect !== 'program') return undefined;
  const { start, end } = part.node;
  const assets = [...part.source.slice(start, end).matchAll(/\bfrom_?asset\(\s*["'`]([^"'`]+)["'`]/gi)];
  return assets.some(([, path]) => path === location) ? 'asset' : undefined;
}

/** A job's script as the text names it, in S3 or beside the file; what is filled in later as placeholders. */
export function writtenScript(job: Job): string | undefined {
  const { part, command } = job;
  return writtenText(command.script, part.source) ?? scriptInSource(command.script ?? part.node, job);
}

/** The script that a call names somewhere inside: `glue.Code.from_asset("jobs/load.py")`, a location that is put together. */
function scriptInSource(node: Node, { part, dialect }: Job): string | undefined {
  if (dialect !== 'program' && dialect !== 'cdk' && dialect !== 'terraform') return undefined;
  if (dialect === 'terraform' && node === part.node) return undefined;
  const source = part.source.slice(node.start, node.end);
  const found = new Set([...source.matchAll(/["'`]([^"'`\n]*\.(?:py|scala))["'`]/g)].map(([, path = '']) => path));
  const [only] = found;
  return found.size === 1 ? only : undefined;
}

import type { LineIndex } from '../../language/lineIndex.ts';
import type { StageMap, Values } from '../../language/stages.ts';
import type { WorkspacePath } from '../workspaceFile.ts';
import type { Import } from './pythonImports.ts';

/** A stretch of a file's text, in UTF-16 units. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A name as a file writes it: its quotes, dashes and what else stands around it left out. */
export interface Spot extends Span {
  readonly text: string;
  /** Whether the file holds the name letter by letter, so that another can be put in its place. */
  readonly isLiteral: boolean;
}

export const THING_KINDS = ['job', 'crawler', 'workflow', 'trigger', 'stateMachine', 'function'] as const;
export type ThingKind = (typeof THING_KINDS)[number];

/** Something that a file describes and others name. */
export interface Definition {
  readonly kind: ThingKind;
  readonly name: string | undefined;
  /** Its name; undefined where the name of the file is its name, or where it has none of its own. */
  readonly spot: Spot | undefined;
  /** A name with placeholders in it, as `mentionOf` writes it. */
  readonly pattern: string | undefined;
  /** What stands for it in its own file, or in a Terraform module: a logical id, `aws_glue_job.load`, a variable. */
  readonly address: string | undefined;
  /** Where to show it. */
  readonly anchor: Span;
}

/** A name of a Python module that stands for a text: `JOB`, `Jobs.LOAD`. */
export interface Constant {
  readonly name: string;
  readonly spot: Spot;
}

/** A function of a Python module that passes one of its parameters on as the name of what it starts. */
export interface HelperFunction {
  /** `start`, `Runner.start` for a method. */
  readonly name: string;
  readonly kind: ThingKind;
  readonly parameters: readonly string[];
  /** How many of them, from the first, a call may give by position. */
  readonly positionalCount: number;
  readonly nameParameter: string;
  /** What it starts a job's run with: by a parameter, or what it writes itself; undefined where it starts none. */
  readonly given: { readonly parameter: string } | { readonly list: GivenArguments } | undefined;
}

/** A call of a function that another module of the workspace may have. */
export interface ImportedCall {
  /** `shared.jobs#start`, `shared.jobs#Runner.start` for a method. */
  readonly imported: string;
  readonly positional: readonly PassedValue[];
  readonly keywords: ReadonlyMap<string, PassedValue>;
  /** Whether more may be given than the text shows. */
  readonly isOpen: boolean;
}

/** What a call gives a function, as far as a helper can make something of it. */
export interface PassedValue {
  readonly span: Span;
  /** A text. */
  readonly spot: Spot | undefined;
  /** `const:…` of a name. */
  readonly constant: string | undefined;
  /** What it would be as the arguments of a run. */
  readonly list: GivenArguments;
}

/** A value that names a thing: what a trigger starts, the JobName of a task. */
export interface Mention {
  readonly kind: ThingKind;
  /** `name:orders`, `ref:template.yaml#Orders`, `pattern:template.yaml#orders-${Env}`, or `const:start.py#names#JOB`. */
  readonly reference: string;
  /** Where the name is written out; undefined for references. */
  readonly spot: Spot | undefined;
  readonly span: Span;
}

/** One argument of a job or of the start of a run. */
export interface GivenArgument {
  /** Without its dashes. */
  readonly name: string;
  /** As it is written: `--source`. */
  readonly written: string;
  readonly spot: Spot;
  /** With its dashes and quotes. */
  readonly key: Span;
  /** The value where it is written out. */
  readonly value: string | undefined;
}

export interface GivenArguments {
  readonly given: readonly GivenArgument[];
  /** Whether there may be more than the text shows. */
  readonly isOpen: boolean;
  /** Where to say that one is missing. */
  readonly anchor: Span;
  /** How one more is written there, `ARGUMENT_NAME` standing for its name without dashes. */
  readonly addition: Addition | undefined;
}

/** Text to put in, in place of `length` units at `offset`. */
export interface Addition {
  readonly offset: number;
  readonly length: number;
  readonly text: string;
}

export interface JobFacts extends Definition, GivenArguments {
  readonly kind: 'job';
  readonly glueVersion: string | undefined;
  /** As the job says it, in S3 or beside the file; what is filled in later as placeholders. */
  readonly script: ScriptPlace | undefined;
  readonly isPythonShell: boolean;
  /** What `--job-bookmark-option` says. */
  readonly bookmark: string | undefined;
}

export interface ScriptPlace {
  readonly location: string;
  readonly span: Span;
  /** What reads it from this machine when it deploys; undefined where it is in S3, or where that is not known. */
  readonly local: 'template' | 'asset' | undefined;
}

/** A start of a job's run, with what it passes. */
export interface StartFacts extends GivenArguments {
  readonly job: Mention;
  /** `program` and `file` are configs of a start, `operator` other calls that start a job. */
  readonly by: 'trigger' | 'task' | 'operator' | 'program' | 'file';
}

/** A name that a script asks `getResolvedOptions` for. */
export interface ScriptOption {
  readonly name: string;
  readonly spot: Spot;
  /** Whether the script asks for it only under a condition. */
  readonly isConditional: boolean;
}

/** An argument that a script reads after it asked for it: `args['source']`. */
export interface OptionUse {
  readonly spot: Spot;
  /** Whether it is read as `args[…]`, which fails where there is none. */
  readonly isNeeded: boolean;
}

export interface ScriptFacts {
  readonly options: readonly ScriptOption[];
  /** Further places that name an option. */
  readonly uses: readonly OptionUse[];
  /** Whether the script may ask for more than its text shows, or read its arguments by other means. */
  readonly isOpen: boolean;
  /** The list of names of the last call. */
  readonly anchor: Span | undefined;
  readonly problems: readonly ScriptProblem[];
}

/** What the rules about scripts look at. */
export interface ScriptProblem {
  readonly kind: 'noInit' | 'noCommit' | 'noContext' | 'removed';
  readonly span: Span;
  /** Of a removed API: what it is, since when it is gone, what is there instead. */
  readonly api?: string;
  readonly since?: string;
  readonly instead?: string;
}

/** A role with the services that may assume it. */
export interface RoleTrust {
  readonly address: string;
  /** `glue.amazonaws.com`; all of them are known. */
  readonly services: readonly string[];
  readonly anchor: Span;
}

/** A role that is given to something of a service: `glue`, `lambda`, `states`. */
export interface RoleUse {
  readonly role: string;
  readonly service: string;
  readonly span: Span;
}

/** What a program writes into JSON before it is known. */
export interface JsonOutput {
  /** `job.name`. */
  readonly written: string;
  /** Whether it is a piece of a text. */
  readonly isInText: boolean;
  readonly span: Span;
}

/** A path that reads from the result of a Glue task what that does not have. */
export interface StrayMember {
  readonly path: string;
  readonly member: string;
  readonly task: string;
  readonly span: Span;
}

/** What a stage gives its jobs, in a file of stages. */
export interface StageFacts {
  readonly name: string;
  readonly key: Span;
  readonly jobs: readonly StageJob[];
  /** Every value of the stage by its path, `jobs.Load.input`, and those of its account: `awsAccountId`. */
  readonly values: Values;
}

export interface StageJob {
  readonly name: string;
  readonly spot: Spot;
  readonly parameters: readonly {
    readonly name: string;
    readonly spot: Spot;
    readonly value: string | undefined;
  }[];
}

/** What a file has to do with others. */
export interface FileFacts {
  readonly path: WorkspacePath;
  readonly lines: LineIndex;
  readonly definitions: readonly Definition[];
  readonly jobs: readonly JobFacts[];
  readonly starts: readonly StartFacts[];
  /** All of them, those of `starts` as well. */
  readonly mentions: readonly Mention[];
  readonly script: ScriptFacts | undefined;
  readonly roles: readonly RoleTrust[];
  readonly roleUses: readonly RoleUse[];
  readonly jsonOutputs: readonly JsonOutput[];
  readonly strayMembers: readonly StrayMember[];
  readonly constants: readonly Constant[];
  readonly helpers: readonly HelperFunction[];
  readonly importedCalls: readonly ImportedCall[];
  /** What a Python package hands on from its modules. */
  readonly handedOn: readonly Import[];
  readonly stages: readonly StageFacts[];
  /** What placeholders stand for in each stage, where the file says it: `sluice.json`. */
  readonly stageMap: StageMap | undefined;
}

/** Stands for a name in an `Addition`. */
export const ARGUMENT_NAME = 'SLUICE_ARGUMENT_NAME';

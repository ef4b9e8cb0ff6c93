import type { Place } from '../language/rules/rule.ts';
import type { Node, StringNode } from '../language/tree.ts';
import type { Dialect } from './dialect.ts';
import type { JobType } from './facts/commands.ts';
import type { Part } from './part.ts';

/** A job as a document describes it, a change of one, or the start of a run. */
export interface Job {
  readonly kind: 'job';
  /** `update` gives a whole new definition without a name, `run` only what replaces it for one run. */
  readonly use: 'create' | 'update' | 'run';
  readonly dialect: Dialect;
  readonly part: Part;
  /** Where to say that something is missing. */
  readonly anchor: Place;
  /** What stands for it in its document: a logical id, `aws_glue_job.load`, a variable. */
  readonly address: string | undefined;
  readonly name: string | undefined;
  readonly command: JobCommand;
  /** Undefined where it is absent or not known. */
  readonly glueVersion: string | undefined;
  readonly arguments: readonly Argument[];
  /** The objects that the arguments stand in. */
  readonly argumentLists: readonly ArgumentList[];
  /** Whether there may be more arguments than the text shows: a variable, a spread, a name that is filled in later. */
  readonly hasMoreArguments: boolean;
  /** A script that the document carries itself. */
  readonly script: StringNode | undefined;
  /** What stands around the job in a reply of the service: `Job`, or a list. */
  readonly isReply: boolean;
}

export interface JobCommand {
  /** Undefined where there is no command, or no object. */
  readonly part: Part | undefined;
  readonly typeNode: Node | undefined;
  readonly typeText: string | undefined;
  /** What runs the job, where it is known and one of those that there are. */
  readonly type: JobType | undefined;
  readonly script: Node | undefined;
  readonly pythonVersion: Node | undefined;
}

export interface ArgumentList {
  readonly field: 'DefaultArguments' | 'NonOverridableArguments' | 'Arguments';
  readonly node: Node;
}

/** One argument of a job, a run or an action of a trigger. */
export interface Argument {
  readonly list: ArgumentList;
  /** As it is written: `--TempDir`. */
  readonly name: string;
  readonly nameNode: StringNode;
  readonly value: Node;
  /** Undefined where the value is not known from the text. */
  readonly text: string | undefined;
  /** The value with what is filled in later as placeholders. */
  readonly written: string | undefined;
}

export interface Trigger {
  readonly kind: 'trigger';
  readonly use: 'create' | 'update';
  readonly dialect: Dialect;
  readonly part: Part;
  /** Where to say that something is missing. */
  readonly anchor: Place;
  /** What stands for it in its document: a logical id, `aws_glue_job.load`, a variable. */
  readonly address: string | undefined;
  readonly name: string | undefined;
  readonly type: string | undefined;
  readonly actions: readonly Part[];
  readonly conditions: readonly Part[];
  /** What the actions pass to their jobs. */
  readonly arguments: readonly Argument[];
}

export interface Workflow {
  readonly kind: 'workflow';
  readonly dialect: Dialect;
  readonly part: Part;
  /** Where to say that something is missing. */
  readonly anchor: Place;
  /** What stands for it in its document: a logical id, `aws_glue_job.load`, a variable. */
  readonly address: string | undefined;
  readonly name: string | undefined;
}

/** A crawler, a connection or a security configuration. */
export interface Holding {
  readonly kind: 'crawler' | 'connection' | 'securityConfiguration';
  /** `update` has no name of its own. */
  readonly use: 'create' | 'update';
  readonly dialect: Dialect;
  /** Of a connection its `ConnectionInput`, wherever its fields stand. */
  readonly part: Part;
  /** Of a crawler the object that holds its targets, where there is one. */
  readonly targets: Part | undefined;
  /** Where to say that something is missing. */
  readonly anchor: Place;
  /** What stands for it in its document: a logical id, `aws_glue_crawler.raw`, a variable. */
  readonly address: string | undefined;
  readonly name: string | undefined;
}

export type Resource = Job | Trigger | Workflow | Holding;

/** What a document holds of Glue. */
export interface GlueFile {
  readonly jobs: readonly Job[];
  readonly triggers: readonly Trigger[];
  readonly workflows: readonly Workflow[];
  /** Crawlers, connections and security configurations. */
  readonly holdings: readonly Holding[];
}

/** Everything that a document holds of Glue. */
export function resourcesOf({ jobs, triggers, workflows, holdings }: GlueFile): readonly Resource[] {
  return [...jobs, ...triggers, ...workflows, ...holdings];
}

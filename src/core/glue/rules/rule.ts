import type { Fix, FixEdit, Rule } from '../../language/rules/rule.ts';
import type { Node } from '../../language/tree.ts';
import type { Tree } from '../../language/tree.ts';
import type { Argument, GlueFile, Holding, Job, Resource, Trigger } from '../model.ts';

/** A rule about one job, one change of a job, or one start of a run. */
export interface JobRule extends Rule<Job> {
  readonly subject: 'job';
}

/** A rule about one trigger. */
export interface TriggerRule extends Rule<Trigger> {
  readonly subject: 'trigger';
}

/** A rule about one crawler, connection or security configuration. */
export interface HoldingRule extends Rule<Holding> {
  readonly subject: Holding['kind'];
}

/** A rule about whatever Glue has. */
export interface ResourceRule extends Rule<Resource> {
  readonly subject: 'resource';
}

/** A rule about the arguments that a job, a run or a trigger gives. */
export interface ArgumentRule extends Rule<ArgumentSubject> {
  readonly subject: 'argument';
}

export interface ArgumentSubject {
  readonly argument: Argument;
  /** The job whose argument it is; undefined where a trigger passes it to a job. */
  readonly job: Job | undefined;
  /** Whether numbers and booleans become text by themselves. */
  readonly isCoerced: boolean;
}

/** A rule about everything in a document. */
export interface FileRule extends Rule<FileSubject> {
  readonly subject: 'file';
}

export interface FileSubject {
  readonly tree: Tree;
  /** The path as far as it is known; empty where it is not. */
  readonly fileName: string;
  readonly languageId: string;
  readonly file: GlueFile;
}

export type GlueRule = JobRule | TriggerRule | HoldingRule | ResourceRule | ArgumentRule | FileRule;

/** A fix of one edit. */
export function fix(title: string, edit: FixEdit, isSafe = false): Fix {
  return { title, isSafe, edits: [edit] };
}

/** Takes another text for a scalar, however it is written. */
export function replaceText(node: Node, value: string, isSafe = false): Fix {
  const edit: FixEdit =
    node.kind === 'string' ? { kind: 'replaceString', node, value } : { kind: 'replaceValue', node, value };
  return fix(`Change to "${value}"`, edit, isSafe);
}

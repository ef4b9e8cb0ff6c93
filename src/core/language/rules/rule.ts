import type { LineIndex } from '../lineIndex.ts';
import type { Node } from '../tree.ts';
import { propertyOf } from '../treeQueries.ts';
import type { Severity } from './severity.ts';

/** What `docs/rules.md` says of a rule. Markdown, sentences; examples are JSON of the part in question. */
export interface RuleDocs {
  readonly what: string;
  readonly why: string;
  readonly bad: string;
  readonly good: string;
  /** What AWS does with the bad example: its message, or when it shows. */
  readonly aws: string;
}

/** The description of a rule, apart from how it checks. */
export interface RuleInfo {
  /** Readable, with its room: `asl/unknown-next`. */
  readonly id: string;
  readonly severity: Severity;
  /** Ids in the rule catalogue that it covers. */
  readonly sources: readonly string[];
  readonly docs: RuleDocs;
}

/** A rule over one subject: a state, a scope, a machine, a job. `check` reports and never throws on any text. */
export interface Rule<Subject> extends RuleInfo {
  check(subject: Subject, report: Report): void;
}

/** A node, the key of the property whose value a node is, or units `from` to `to` of a string's decoded value. */
export type Place = Node | KeyOf | Within | TextSpan;

/** A stretch of the host document that belongs to no node. */
export interface TextSpan {
  readonly kind: 'text';
  readonly start: number;
  readonly end: number;
}

/** A place that stays right when the text around the value changes, where the key's own node is replaced. */
export interface KeyOf {
  readonly kind: 'key';
  readonly node: Node;
}

export interface Within {
  readonly kind: 'within';
  readonly node: Node;
  readonly from: number;
  readonly to: number;
}

export interface RelatedPlace {
  readonly at: Place;
  readonly message: string;
  /** The file that the place is in, where that is another one. */
  readonly file?: OtherFile;
}

/** Another file of the workspace, by its path from the workspace's folder. */
export interface OtherFile {
  readonly path: string;
  readonly lines: LineIndex;
}

export interface Problem {
  readonly at: Place;
  /** What is wrong and what would be right, in one or two sentences. */
  readonly message: string;
  readonly related?: readonly RelatedPlace[];
  /** A way to put it right; the first is the obvious one. */
  readonly fixes?: readonly Fix[];
  /** Lower than the rule's own where a case is milder. */
  readonly severity?: Severity;
}

/** A quick fix as data. */
export interface Fix {
  /** Starts with a verb: `Change to "Transform"`. */
  readonly title: string;
  /** Whether it may be applied to a whole document without asking. */
  readonly isSafe: boolean;
  readonly edits: readonly FixEdit[];
}

/** What a fix does to the tree; a host turns it into text of its own syntax. */
export type FixEdit =
  | { readonly kind: 'replaceString'; readonly node: Node; readonly value: string }
  | { readonly kind: 'replaceValue'; readonly node: Node; readonly value: unknown }
  | { readonly kind: 'renameKey'; readonly node: Node; readonly name: string }
  | { readonly kind: 'removeProperty'; readonly key: Node }
  | { readonly kind: 'addProperty'; readonly object: Node; readonly name: string; readonly value: unknown }
  /** A stretch of the host document as it is, for what is no node. */
  | { readonly kind: 'replaceText'; readonly start: number; readonly end: number; readonly text: string };

export type Report = (problem: Problem) => void;

/** A problem with the rule that found it, before severities and positions are settled. */
export interface RuleProblem extends Problem {
  readonly rule: RuleInfo;
}

/** Units `from` to `to` of a string's decoded value. */
export function within(node: Node, from: number, to: number): Within {
  return { kind: 'within', node, from, to };
}

/** The name of a property, given its value; the start of the value where it has no name. */
export function keyOf(node: Node): KeyOf {
  return { kind: 'key', node };
}

export function textSpan(start: number, end: number): TextSpan {
  return { kind: 'text', start, end };
}

/** Start and end of a place in the host document. */
export function offsetsOf(place: Place): { readonly start: number; readonly end: number } {
  if (place.kind === 'key') {
    const { start, end } = propertyOf(place.node)?.key ?? place.node;
    const opening = place.node.kind === 'object' || place.node.kind === 'array' ? start + 1 : end;
    return { start, end: propertyOf(place.node) === undefined ? Math.min(opening, end) : end };
  }
  if (place.kind !== 'within') return { start: place.start, end: place.end };
  const { node, from, to } = place;
  if (node.kind !== 'string') return { start: node.start, end: node.end };
  return { start: node.at(from), end: node.at(to) };
}

/** The node that a place is in. */
export function nodeOf(place: Place): Node | undefined {
  if (place.kind === 'text') return undefined;
  return place.kind === 'within' || place.kind === 'key' ? place.node : place;
}

import { hasPlaceholder, isOpaque } from '../language/placeholders.ts';
import type { RuleProblem } from '../language/rules/rule.ts';
import type { Node, ObjectNode, Property, StringNode } from '../language/tree.ts';
import { visitState, type Visit } from './fields/visit.ts';
import { newKept, type Memory } from './ofState.ts';

export const STATE_TYPES = ['Task', 'Pass', 'Choice', 'Wait', 'Succeed', 'Fail', 'Parallel', 'Map'] as const;
export type StateType = (typeof STATE_TYPES)[number];

export const QUERY_LANGUAGES = ['JSONPath', 'JSONata'] as const;
export type QueryLanguage = (typeof QUERY_LANGUAGES)[number];

export type MachineType = 'STANDARD' | 'EXPRESS';

/** A definition with all its scopes and states, outer ones before inner ones. */
export interface Machine {
  readonly node: ObjectNode;
  readonly queryLanguage: QueryLanguage;
  /** As the caller, or a `sluice: express` in the definition's Comment, says; undefined when nobody knows. */
  readonly type: MachineType | undefined;
  readonly root: Scope;
  readonly scopes: readonly Scope[];
  readonly states: readonly State[];
  /** The states of this name, nested ones included. */
  statesNamed(name: string): readonly State[];
  /** The states that share a name with another one, together. */
  repeatedNames(): readonly (readonly State[])[];
}

export type ScopeKind = 'machine' | 'branch' | 'processor';

/** What has `StartAt` and `States`: the machine, a branch of a Parallel, the processor of a Map. */
export interface Scope {
  readonly kind: ScopeKind;
  readonly node: ObjectNode;
  /** The Parallel or Map that it belongs to. */
  readonly owner: State | undefined;
  readonly startAt: Transition | undefined;
  /** Values of `States` that are objects, in the order of the text. */
  readonly states: readonly State[];
  /** Values of `States` that are not. */
  readonly strays: readonly Property[];
  find(name: string): State | undefined;
  /** A distributed Map's processor runs as executions of its own, of this type; others run in their owner's. */
  readonly childType: MachineType | 'unknown' | undefined;
}

export type TransitionKind = 'StartAt' | 'Next' | 'Default' | 'Choice' | 'Catch';

/** A mention of a state by its name. */
export interface Transition {
  readonly kind: TransitionKind;
  readonly node: Node;
  /** Undefined where the text does not say: a placeholder, or no string. */
  readonly target: string | undefined;
  /** The state of the same scope that it leads to; kept up to date as the scope changes. */
  to: State | undefined;
}

/**
 * One state. It lives as long as its text, name and surroundings stay the same, so that what was worked out for it is
 * worked out once; `key` and `scope` are replaced when the text around it changes.
 */
export class State {
  readonly name: string;
  readonly type: StateType | undefined;
  readonly queryLanguage: QueryLanguage;
  readonly transitions: readonly Transition[];
  readonly scopes: readonly Scope[];
  /** Whether an execution ends here: `End` true, Succeed, Fail. */
  readonly isTerminal: boolean;
  /** Whether it may do so once everything is filled in: a placeholder or a missing Type may stand for anything. */
  readonly mayEnd: boolean;
  /** Whether its name and all its transitions are written out. */
  readonly isSettled: boolean;
  /** Its place in its scope, kept up to date as the scope changes. */
  index = 0;
  /** What the rules about single states said of it. */
  problems: readonly RuleProblem[] | undefined;
  /** What `ofState` keeps. */
  memory: Memory | undefined;
  /** What `keptOfState` keeps. */
  readonly kept: Memory = newKept();
  #visit: Visit | undefined;

  constructor(
    public key: StringNode,
    readonly node: ObjectNode,
    readonly surroundings: Surroundings,
    innerScopes: (owner: State) => readonly Scope[],
  ) {
    this.name = key.value;
    const type = node.get('Type');
    this.type = type?.kind === 'string' ? STATE_TYPES.find((known) => known === type.value) : undefined;
    const own = node.get('QueryLanguage');
    this.queryLanguage =
      own?.kind === 'string' && isQueryLanguage(own.value) ? own.value : surroundings.machineLanguage;
    this.transitions = transitionsOf(node);
    this.scopes = innerScopes(this);
    const end = node.get('End');
    const isEnd = end?.kind === 'boolean' && end.value && this.type !== 'Choice';
    this.isTerminal = isEnd || this.type === 'Succeed' || this.type === 'Fail';
    const isOpen = node.issues?.unclosed === true;
    this.mayEnd = this.isTerminal || this.type === undefined || isOpen || (end !== undefined && isOpaque(end));
    this.isSettled =
      !isOpen && !hasPlaceholder(this.name) && this.transitions.every(({ target }) => target !== undefined);
  }

  /** Every field of the state by its meaning, nested objects such as retriers and readers included. */
  get visit(): Visit {
    this.#visit ??= visitState(this);
    return this.#visit;
  }

  /** Lets go what was worked out for the rules, nearly half of a document's memory: few states are asked again. */
  forget(): void {
    this.#visit = undefined;
    this.memory = undefined;
  }

  get isJsonata(): boolean {
    return this.queryLanguage === 'JSONata';
  }
}

/** What a state takes over from around it. */
export interface Surroundings {
  readonly machineLanguage: QueryLanguage;
  /** The type of the execution that the state runs in. */
  readonly workflowType: MachineType | undefined;
  /** Whether it runs inside a Map's processor, at any depth. */
  readonly isInMap: boolean;
  /** Whether it runs in a child execution of a distributed Map. */
  readonly isInChild: boolean;
  readonly depth: number;
}

export function isQueryLanguage(value: string): value is QueryLanguage {
  return value === 'JSONPath' || value === 'JSONata';
}

export { hasPlaceholder, isOpaque };

function transitionsOf(node: ObjectNode): Transition[] {
  const found: Transition[] = [];
  addTransition(found, 'Next', node.get('Next'));
  addTransition(found, 'Default', node.get('Default'));
  addTransitions(found, 'Choice', node.get('Choices'));
  addTransitions(found, 'Catch', node.get('Catch'));
  // A list that was filled one by one has room for many more.
  return found.slice();
}

function addTransitions(found: Transition[], kind: TransitionKind, list: Node | undefined): void {
  if (list?.kind !== 'array') return;
  for (const item of list.items) if (item.kind === 'object') addTransition(found, kind, item.get('Next'));
}

function addTransition(found: Transition[], kind: TransitionKind, node: Node | undefined): void {
  if (node !== undefined) found.push(transition(kind, node));
}

export function transition(kind: TransitionKind, node: Node): Transition {
  const isKnown = node.kind === 'string' && !hasPlaceholder(node.value);
  return { kind, node, target: isKnown ? node.value : undefined, to: undefined };
}

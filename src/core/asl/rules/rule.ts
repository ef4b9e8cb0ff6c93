import type { Rule } from '../../language/rules/rule.ts';
import type { HostFile } from '../../language/hosts/host.ts';
import type { Tree } from '../../language/tree.ts';
import type { FoundDefinition } from '../hosts/found.ts';
import type { Machine, QueryLanguage, Scope, State, StateType } from '../model.ts';

/** A rule about one state by itself: what it says follows from the state's text, name and surroundings. */
export interface StateRule extends Rule<State> {
  readonly subject: 'state';
  /** The only query language that it is about. */
  readonly language?: QueryLanguage;
  /** The only state types that it is about. */
  readonly types?: readonly StateType[];
  /**
   * It has nothing to say of a state that has none of these fields, itself or in its retriers, rules and the like
   * (see StateForm); of fields in a list of their own it must have all. Every state where missing; states without a known
   * Type are asked in any case.
   */
  readonly fields?: readonly (string | readonly string[])[] | undefined;
  /** It has nothing to say of a state for which this list is empty. Rules that share one are asked together. */
  readonly among?: ((state: State) => readonly unknown[]) | undefined;
}

/** A rule about the states of one scope together. */
export interface ScopeRule extends Rule<ScopeSubject> {
  readonly subject: 'scope';
}

export interface ScopeSubject {
  readonly scope: Scope;
  readonly machine: Machine;
}

/** A rule about the definition as a whole. */
export interface MachineRule extends Rule<Machine> {
  readonly subject: 'machine';
}

/** A rule about the text, whether or not there is a definition in it. */
export interface DocumentRule extends Rule<DocumentSubject> {
  readonly subject: 'document';
}

export interface DocumentSubject {
  readonly tree: Tree;
  readonly machine: Machine | undefined;
}

/** A rule about how a template, program or Terraform file and the definitions in it fit together. */
export interface HostRule extends Rule<HostSubject> {
  readonly subject: 'host';
}

export interface HostSubject {
  readonly host: HostFile;
  /** Definitions that the file holds or refers to. */
  readonly found: readonly FoundDefinition[];
  /** Those that it holds, as trees and models. */
  readonly definitions: readonly HeldDefinition[];
  /** As in the options of a document. */
  readonly readFile: ((path: string) => string | null | undefined) | undefined;
}

export interface HeldDefinition {
  readonly found: FoundDefinition;
  readonly tree: Tree;
  readonly machine: Machine | undefined;
}

export type AslRule = StateRule | ScopeRule | MachineRule | DocumentRule | HostRule;

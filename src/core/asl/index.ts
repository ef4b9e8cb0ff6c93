/**
 * The Amazon States Language: what editors, the command line and the interpreter may ask about a definition. All of it is
 * a function of the text: nothing here waits, reads a file, or throws on any input.
 *
 * | ask | for |
 * | --- | --- |
 * | `validate` | findings of a text, once |
 * | `openDocument` | the same while the text is edited: `edit`, `findings`, and `tree`, `machine`, `lines` to build on |
 * | `ASL_RULES`, `codeToRule` | the rules with their documentation |
 */
import type { Finding } from '../language/rules/findings.ts';
import { AslDocument, type DocumentOptions } from './document.ts';

export type { Finding } from '../language/rules/findings.ts';
export type { DocumentOptions } from './document.ts';
export { AslDocument } from './document.ts';
export { buildMachine, type BuildOptions } from './build.ts';
export type { Machine, MachineType, QueryLanguage, Scope, State, StateType, Transition } from './model.ts';
export { ASL_RULES, codeToRule } from './rules/index.ts';

/** What is wrong with a definition, in the order of the text. */
export function validate(text: string, options: DocumentOptions = {}): Finding[] {
  return new AslDocument(text, options).findings();
}

/** A definition whose findings are wanted again after each edit. */
export function openDocument(text: string, options: DocumentOptions = {}): AslDocument {
  return new AslDocument(text, options);
}

/**
 * The Amazon States Language: what editors, the command line and the interpreter may ask about a definition. All of it is
 * a function of the text: nothing here waits, reads a file, or throws on any input.
 *
 * | ask | for |
 * | --- | --- |
 * | `validate` | findings of a text, once |
 * | `openHosted` | the same for a template or a program, which may hold several: `definitions`, `definitionAt` |
 * | `definitionsIn` | the definitions of any of them, as trees and models |
 * | `openDocument` | the same while the text is edited: `edit`, `findings`, and `tree`, `machine`, `lines` to build on |
 * | `ASL_RULES`, `codeToRule` | the rules with their documentation |
 */
import type { Finding } from '../language/rules/findings.ts';
import type { DocumentName } from '../language/edit.ts';
import { hostKindOf } from '../language/hosts/hostKind.ts';
import type { AslDefinition } from './definition.ts';
import { AslDocument } from './document.ts';
import { mayHoldDefinitions } from './hosts/find.ts';
import type { HostedOptions } from './hosts/hostedDefinition.ts';
import { HostedDocument } from './hosts/hostedDocument.ts';

export type { Finding } from '../language/rules/findings.ts';
export type { HostedOptions as DocumentOptions } from './hosts/hostedDefinition.ts';
export { AslDocument } from './document.ts';
export { HostedDocument } from './hosts/hostedDocument.ts';
export type { AslDefinition } from './definition.ts';
export { buildMachine, type BuildOptions } from './build.ts';
export type { Machine, MachineType, QueryLanguage, Scope, State, StateType, Transition } from './model.ts';
export { ASL_RULES, codeToRule } from './rules/index.ts';

/** What is wrong with a definition, or with those in a template, program or Terraform file, in the order of the text. */
export function validate(text: string, options: HostedOptions = {}): Finding[] {
  return (openHosted(text, options) ?? new AslDocument(text, options)).findings();
}

/** Whether a template, program or Terraform file holds a definition or says where one is; a quick look for most others. */
export function holdsDefinitions(text: string, name: DocumentName): boolean {
  if (!mayHoldDefinitions(text, name)) return false;
  const { definitions, filePaths } = new HostedDocument(text, name);
  return definitions.length > 0 || filePaths.length > 0;
}

/** Every definition that a text is or holds, in the order of the text. */
export function definitionsIn(text: string, options: HostedOptions): readonly AslDefinition[] {
  return openHosted(text, options)?.definitions ?? [new AslDocument(text, options)];
}

/** A definition whose findings are wanted again after each edit. */
export function openDocument(text: string, options: HostedOptions = {}): AslDocument {
  return new AslDocument(text, options);
}

/**
 * A file of another kind with the definitions in it. Undefined for what is taken as a definition by itself: by its name,
 * its language, or because it is JSON or YAML and no template with a state machine.
 */
export function openHosted(text: string, options: HostedOptions): HostedDocument | undefined {
  const kind = hostKindOf(options);
  if (kind === undefined) return undefined;
  const document = new HostedDocument(text, options);
  return kind === 'template' && !document.isHost ? undefined : document;
}

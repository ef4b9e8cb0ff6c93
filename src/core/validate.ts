import {
  definitionsIn,
  openHosted,
  validate as validateDefinition,
  type DocumentOptions,
  type Finding,
} from './asl/index.ts';
import { existenceFindings } from './existence/findings.ts';
import type { InventorySnapshot } from './existence/inventory.ts';
import { openGlueDocument } from './glue/index.ts';
import { hostKindOf } from './language/hosts/hostKind.ts';
import { readHost } from './language/hosts/readHost.ts';
import { fileKind, machineName } from './workspace/workspaceFile.ts';

/**
 * What is wrong with a document, in the order of the text. A template, program or Terraform file may hold definitions and
 * Glue configs; any other document is a Glue config by name or content, else a definition.
 */
export function validate(text: string, options: ValidateOptions = {}): Finding[] {
  const { inventory, ...own } = options;
  const found = findings(text, own);
  return inventory === undefined ? found : [...found, ...missingNames(text, inventory, own)].sort(inOrder);
}

/** What a document names and the account has not. */
export function missingNames(text: string, inventory: InventorySnapshot, own: DocumentOptions): Finding[] {
  const glue = openGlueDocument(text, own);
  const definitions = glue !== undefined && !glue.isHosted ? [] : definitionsIn(text, own);
  const { fileName = '' } = own;
  const isMachine = fileKind(fileName) === 'definition';
  return existenceFindings(
    { definitions, glue, machineName: isMachine ? machineName(fileName) : undefined },
    inventory,
    own,
  );
}

export interface ValidateOptions extends DocumentOptions {
  /** What an account has: then what is named and not there is told of as well. */
  readonly inventory?: InventorySnapshot | undefined;
}

function findings(text: string, options: DocumentOptions): Finding[] {
  const glue = openGlueDocument(text, options);
  if (glue !== undefined && !glue.isHosted) return glue.findings();
  const hosted = openHosted(text, options);
  if (glue === undefined && hosted === undefined && isTemplate(text, options)) return [];
  if (glue === undefined && hosted === undefined) return validateDefinition(text, options);
  return [...(hosted?.findings() ?? []), ...(glue?.findings() ?? [])].sort(inOrder);
}

/** A template without any definition or Glue config, which has nothing of ours. */
function isTemplate(text: string, options: DocumentOptions): boolean {
  return hostKindOf(options) === 'template' && readHost(text, options) !== undefined;
}

function inOrder({ range: { start: a } }: Finding, { range: { start: b } }: Finding): number {
  return a.line - b.line || a.character - b.character;
}

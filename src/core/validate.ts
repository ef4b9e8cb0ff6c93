import { openHosted, validate as validateDefinition, type DocumentOptions, type Finding } from './asl/index.ts';
import { openGlueDocument } from './glue/index.ts';
import { hostKindOf } from './language/hosts/hostKind.ts';
import { readHost } from './language/hosts/readHost.ts';

/**
 * What is wrong with a document, in the order of the text. A template, program or Terraform file may hold definitions and
 * Glue configs; any other document is a Glue config by name or content, else a definition.
 */
export function validate(text: string, options: DocumentOptions = {}): Finding[] {
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

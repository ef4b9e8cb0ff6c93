import { openHosted, validate as validateDefinition, type DocumentOptions, type Finding } from './asl/index.ts';
import { openGlueDocument } from './glue/index.ts';

/**
 * What is wrong with a document, in the order of the text: with the Glue configs and the definitions that a file of
 * another kind holds, else with the definition that it is.
 */
export function validate(text: string, options: DocumentOptions = {}): Finding[] {
  const glue = openGlueDocument(text, options);
  const hosted = openHosted(text, options);
  if (glue === undefined) return hosted?.findings() ?? validateDefinition(text, options);
  return hosted === undefined ? glue.findings() : [...glue.findings(), ...hosted.findings()].sort(byPlace);
}

function byPlace({ range: { start: a } }: Finding, { range: { start: b } }: Finding): number {
  return a.line - b.line || a.character - b.character;
}

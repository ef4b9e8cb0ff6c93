import { validate as validateDefinition, type DocumentOptions, type Finding } from './asl/index.ts';
import { openGlueDocument } from './glue/index.ts';

/** What is wrong with a document, in the order of the text: a Glue config by name or content, else a definition. */
export function validate(text: string, options: DocumentOptions = {}): Finding[] {
  return openGlueDocument(text, options)?.findings() ?? validateDefinition(text, options);
}

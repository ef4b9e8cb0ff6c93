import { parseAllDocuments, type Document } from 'yaml';

/** The documents of a text that is not too deep. */
export function readDocuments(text: string): readonly Document.Parsed[] {
  const documents = parseAllDocuments(text, { prettyErrors: false, uniqueKeys: false, logLevel: 'silent' });
  return 'empty' in documents ? [] : documents;
}

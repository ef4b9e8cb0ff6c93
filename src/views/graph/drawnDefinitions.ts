import { definitionsIn, openHosted, type AslDefinition } from '../../core/asl/index.ts';
import { openGlueDocument } from '../../core/glue/index.ts';
import type { DocumentName } from '../../core/language/edit.ts';

/**
 * The state machines of a text that has graphs, in its order; its Glue workflows are counted behind them. A template or
 * program with Glue in it is no definition as a whole.
 */
export function drawnDefinitions({
  text,
  ...name
}: DocumentName & { readonly text: string }): readonly AslDefinition[] {
  const glue = openGlueDocument(text, name);
  if (glue === undefined) return definitionsIn(text, name);
  return glue.isHosted ? (openHosted(text, name)?.definitions ?? []) : [];
}

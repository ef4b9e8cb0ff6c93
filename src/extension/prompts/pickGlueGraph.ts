import type { TextDocument } from 'vscode';
import { UserError } from '../../core/base/userError.ts';
import { glueSiblings } from '../workspace/glueSiblings.ts';
import { pickOne } from './pickOne.ts';

export interface PickedGlueGraph {
  /** Its place among the document's Glue graphs. */
  readonly index: number;
  /** Empty where there is one only, which is called like its file. */
  readonly name: string;
}

/**
 * Of the Glue workflows of a document the one that was named, the only one, or the one that the user picks; undefined where
 * the user left. Rejects with `bad-input` where the document has none.
 */
export async function pickGlueGraph(document: TextDocument, named?: number): Promise<PickedGlueGraph | undefined> {
  const { glueGraphs } = await import('../../core/glue/index.ts');
  const { languageId, fileName, uri } = document;
  const own = { text: document.getText(), uri: uri.toString(), languageId, fileName };
  const graphs = glueGraphs([own, ...(await glueSiblings(document))]);
  if (graphs.length === 0) {
    const what = 'There is neither a state machine definition nor a Glue workflow in this file.';
    throw new UserError('bad-input', what, 'A definition has StartAt and States, a workflow triggers.');
  }
  const titles = graphs.map(({ name }) => (name === '' ? 'Triggers of no workflow' : name));
  const only = graphs.length === 1 ? 0 : undefined;
  const index =
    named ??
    only ??
    (await pickOne(
      'Graph',
      titles.map((label, value) => ({ label, value })),
    ));
  return index === undefined ? undefined : { index, name: graphs.length === 1 ? '' : (titles[index] ?? '') };
}

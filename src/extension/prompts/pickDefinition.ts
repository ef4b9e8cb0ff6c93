import type { TextDocument, TextEditor } from 'vscode';
import type { AslDefinition } from '../../core/asl/index.ts';
import { UserError } from '../../core/base/userError.ts';
import { pickOne } from './pickOne.ts';

export interface PickedDefinition {
  /** Its place among the document's definitions. */
  readonly index: number;
  readonly definition: AslDefinition;
}

/**
 * Of a document's definitions the one that was named, the only one, the one around the cursor, or the one that the user
 * picks; undefined where the user left. Rejects with `bad-input` where the document has none.
 */
export async function pickDefinition(
  title: string,
  { document, editor, named }: PickedFrom,
): Promise<PickedDefinition | undefined> {
  const { definitionsIn } = await import('../../core/asl/index.ts');
  const { languageId, fileName } = document;
  const definitions = definitionsIn(document.getText(), { languageId, fileName });
  if (definitions.length === 0) {
    const what = 'There is no state machine definition in this file.';
    throw new UserError('bad-input', what, 'An object with StartAt and States is one, also as text.');
  }
  const cursor = editor?.document === document ? document.offsetAt(editor.selection.active) : -1;
  const around = definitions.findIndex(({ tree: { root } }) => root.start <= cursor && cursor <= root.end);
  const only = definitions.length === 1 ? 0 : undefined;
  const index = named ?? only ?? (around < 0 ? await ask(title, definitions) : around);
  const definition = index === undefined ? undefined : definitions[index];
  return index === undefined || definition === undefined ? undefined : { index, definition };
}

export interface PickedFrom {
  readonly document: TextDocument;
  /** The editor in front, which may show another document. */
  readonly editor: TextEditor | undefined;
  readonly named?: number | undefined;
}

async function ask(title: string, definitions: readonly AslDefinition[]): Promise<number | undefined> {
  return await pickOne(
    title,
    definitions.map(({ name, lines, tree, machine }, value) => ({
      label: name === '' ? `State machine at line ${lines.positionAt(tree.root.start).line + 1}` : name,
      description: `${machine?.states.length ?? 0} states`,
      value,
    })),
  );
}

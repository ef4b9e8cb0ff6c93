import { CodeActionKind } from 'vscode-languageserver';
import type { ClientCapabilities, CodeActionParams, Connection } from 'vscode-languageserver';
import type { AccountInventory } from './accountInventory.ts';
import { codeActions, wantsOf } from './features/codeActions.ts';
import { convertFile, refactorings } from './features/refactorings.ts';
import { guard } from './guard.ts';
import type { ServedParts } from './servedParts.ts';

export interface CodeActionParts extends ServedParts {
  readonly account: AccountInventory;
  readonly client: () => ClientCapabilities;
  /** Whether the editor renames files with a change of text. */
  readonly canRename: () => boolean;
}

/** Answers quick fixes of what is found in a document, and changes of the definition at the place. */
export function serveCodeActions(
  connection: Connection,
  { documents, contracts, account, settings, readFile, log, client, canRename }: CodeActionParts,
): void {
  connection.onCodeAction(
    guard(log, 'code actions', async (params: CodeActionParams) => {
      const current = await settings();
      const document = documents.get(params.textDocument.uri);
      const texts = document ? [...document.checked(current, readFile), contracts.checked(document, current)] : [];
      const wants = wantsOf(params);
      const own = document?.definition(current);
      const offset = document?.lines.offsetAt(params.range.start) ?? 0;
      const around = own ?? document?.hosted(current, readFile)?.definitionAt(offset);
      const canConvert =
        own && canRename() && wants(CodeActionKind.RefactorRewrite) && !params.textDocument.uri.startsWith('untitled:');
      const actions = [
        ...codeActions(texts, params),
        ...codeActions(document?.names(current, account.get(), readFile) ?? [], params),
        ...(around ? refactorings(around, params, wants) : []),
        ...(canConvert ? convertFile(own, params.textDocument.uri) : []),
      ];
      return client().textDocument?.codeAction?.disabledSupport ? actions : actions.filter(({ disabled }) => !disabled);
    }),
  );
}

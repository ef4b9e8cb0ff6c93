import type { Connection, Hover, InlayHintParams } from 'vscode-languageserver';
import { inlayHints } from './features/hints.ts';
import { stageChanged, stageHover, withStageHints } from './features/stages.ts';
import { guard } from './guard.ts';
import type { AtPlace } from './serveNames.ts';
import type { ServedParts } from './servedParts.ts';

export interface StageParts extends ServedParts {
  /** The user chose another stage. */
  readonly onChosen: () => void;
}

/** Answers inlay hints, of definitions and of the stage that counts; the result answers hovers over placeholders. */
export function serveStages(
  connection: Connection,
  { documents, contracts, settings, readFile, log, onChosen }: StageParts,
): (params: AtPlace) => Promise<Hover | undefined> {
  connection.onNotification(stageChanged, () => {
    onChosen();
    connection.languages.inlayHint.refresh().catch((error: unknown) => log(`No new inlay hints: ${String(error)}`));
  });
  connection.languages.inlayHint.on(
    guard(log, 'inlay hints', async ({ textDocument: { uri }, range }: InlayHintParams) => {
      const current = await settings();
      const document = documents.get(uri);
      if (document === undefined) return [];
      const own = inlayHints(document.definitions(current, readFile), range);
      return withStageHints(own, contracts.staged(document, current), range);
    }),
  );
  return async ({ textDocument: { uri }, position }) => {
    const document = documents.get(uri);
    return document && stageHover(contracts.staged(document, await settings()), position);
  };
}

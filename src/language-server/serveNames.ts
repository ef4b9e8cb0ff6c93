import type { Connection, Location } from 'vscode-languageserver';
import type { AslDefinition } from '../core/asl/index.ts';
import type { Position } from '../core/language/lineIndex.ts';
import {
  contractDefinition,
  contractReferences,
  contractRename,
  contractRenameRange,
  type PlacedAt,
} from './features/contracts.ts';
import { definitionAt, referencesAt, renameAt, renameRangeAt } from './features/navigation.ts';

export interface OfDocument {
  readonly textDocument: { readonly uri: string };
}

export interface AtPlace extends OfDocument {
  readonly position: Position;
}

/** Makes a handler that asks the definition at a place first, then what the place has to do with other files. */
export type OnName = <Params extends AtPlace, Result>(
  name: string,
  answer: (definition: AslDefinition, params: Params) => Result | undefined,
  between: (at: PlacedAt, params: Params) => Result | undefined,
) => (params: Params) => Promise<Result | null>;

/** Where a name comes from, where else it is used, and another name for it: states, arguments, jobs and the like. */
export function serveNames(connection: Connection, onName: OnName): void {
  connection.onDefinition(
    onName<AtPlace, Location | Location[]>(
      'definition',
      (document, { textDocument, position }) => definitionAt(document, textDocument.uri, position),
      contractDefinition,
    ),
  );
  connection.onReferences(
    onName(
      'references',
      (document, { textDocument, position }) => referencesAt(document, textDocument.uri, position),
      contractReferences,
    ),
  );
  connection.onPrepareRename(
    onName('prepare rename', (document, { position }) => renameRangeAt(document, position), contractRenameRange),
  );
  connection.onRenameRequest(
    onName(
      'rename',
      (document, params) => renameAt(document, params.textDocument.uri, params),
      (at, { newName }) => contractRename(at, newName),
    ),
  );
}

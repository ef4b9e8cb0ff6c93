import type { Documents, DocumentSettings, ReadFile } from './documents.ts';
import type { WorkspaceContracts } from './workspaceContracts.ts';

/** What answers about documents are made from. */
export interface ServedParts {
  readonly documents: Documents;
  readonly contracts: WorkspaceContracts;
  readonly settings: () => Promise<DocumentSettings>;
  readonly readFile: ReadFile;
  readonly log: (message: string) => void;
}

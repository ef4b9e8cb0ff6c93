import { WatchKind, type Connection, type FileSystemWatcher } from 'vscode-languageserver';
import { silentLog } from '../core/base/log.ts';
import type { Documents, ReadFile } from './documents.ts';
import { indexedFiles, listFilesRequest, readFilesRequest, WorkspaceContracts } from './workspaceContracts.ts';

/** What the editor is asked to tell of; a folder that goes takes its files with it without a word of them. */
export const contractWatchers: FileSystemWatcher[] = [
  { globPattern: indexedFiles, kind: WatchKind.Create | WatchKind.Change },
  { globPattern: '**', kind: WatchKind.Delete },
];

/** The contracts of the editor's folders, whose files come over the connection. */
export function serveContracts(
  connection: Connection,
  {
    documents,
    readFile,
    onSettled,
    log,
  }: {
    readonly documents: Documents;
    readonly readFile: ReadFile;
    readonly onSettled: () => void;
    readonly log: (message: string) => void;
  },
): WorkspaceContracts {
  return new WorkspaceContracts({
    listFiles: async () => await connection.sendRequest(listFilesRequest),
    readFiles: async (uris) => await connection.sendRequest(readFilesRequest, { uris }),
    openDocuments: () => documents.all(),
    readFile,
    onSettled,
    log: { ...silentLog, error: (message) => log(String(message)) },
  });
}

import { RelativePattern, Uri, workspace } from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { madeFolders } from '../workspace/madeFolders.ts';

/** The files that may have to do with others. */
const sought = '**/*.{asl,json,yaml,yml,template,py,ts,tsx,mts,cts,js,jsx,mjs,cjs,tf,tofu,scala}';
const maxFiles = 20_000;
/** What is larger is data. */
const maxBytes = 1024 * 1024;

/** Answers the language server, which reads no file itself, about the files of the open folders. */
export function serveWorkspaceFiles(client: LanguageClient): void {
  client.onRequest(
    'sluice/listFiles',
    async () =>
      await Promise.all(
        (workspace.workspaceFolders ?? []).map(async (folder) => ({
          folder: folder.uri.toString().replace(/\/$/, ''),
          uris: (await workspace.findFiles(new RelativePattern(folder, sought), madeFolders, maxFiles)).map(String),
        })),
      ),
  );
  client.onRequest(
    'sluice/readFiles',
    async ({ uris }: { readonly uris: readonly string[] }) =>
      await Promise.all(uris.map(async (uri) => await readText(Uri.parse(uri)))),
  );
}

async function readText(uri: Uri): Promise<string | null> {
  try {
    const bytes = await workspace.fs.readFile(uri);
    return bytes.byteLength > maxBytes ? null : new TextDecoder().decode(bytes);
  } catch {
    // It went between being listed and being read, or nobody may read it: there is nothing to say about it.
    return null;
  }
}

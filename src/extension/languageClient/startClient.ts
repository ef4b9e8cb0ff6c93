import type { InventorySource } from '../inventory/inventorySource.ts';
import { Disposable, Uri, workspace, type CancellationToken, type LogOutputChannel } from 'vscode';
import {
  CloseAction,
  DidOpenTextDocumentNotification,
  ErrorAction,
  LanguageClient,
  TransportKind,
  vsdiag,
  type DocumentSelector,
  type MessageSignature,
  type Middleware,
} from 'vscode-languageclient/node';
import { projectRules } from './projectRules.ts';
import type { StageChoice } from '../stages/stageChoice.ts';
import { showStageStatus, type StageConnections } from '../stages/stageStatus.ts';
import type { MissedFiles } from '../workspace/missedFiles.ts';
import { ServedDocuments } from './servedDocuments.ts';
import { serveWorkspaceFiles } from './serveWorkspaceFiles.ts';

/** Kinds of documents that may hold something for the language server, whatever they lie on; `ServedDocuments` chooses. */
export const languageSelector = [
  { language: 'asl' },
  { language: 'asl-yaml' },
  { language: 'json' },
  { language: 'jsonc' },
  { language: 'yaml' },
  { language: 'cloudformation' },
  { language: 'python' },
  { language: 'typescript' },
  { language: 'javascript' },
  { language: 'typescriptreact' },
  { language: 'javascriptreact' },
  { language: 'terraform' },
  { language: 'opentofu' },
  { language: 'hcl' },
  { pattern: '**/*.{tf,tofu,template}' },
] satisfies DocumentSelector;

export interface ClientOptions {
  /** Absolute path of dist/languageServer.js. */
  readonly serverModule: string;
  readonly channel: LogOutputChannel;
  /** Whether definitions in this document are checked at all. */
  readonly areChecksOn: (document: Uri) => boolean;
  /** What the server may ask of the account. */
  readonly inventory: InventorySource;
  /** The stage whose values placeholders have. */
  readonly stages: StageChoice;
  readonly connections: StageConnections;
  /** Files of the workspace that VS Code does not tell of. */
  readonly missedFiles: MissedFiles;
  /** The server's process ended by itself; says whether to start it again. */
  readonly onEnded: () => 'restart' | 'give-up';
}

/** The client, which outlives the processes of its server. */
export interface StartedClient {
  readonly client: LanguageClient;
  /** Ends the server, and tells it nothing more. */
  dispose(): Promise<void>;
}

/** Starts the language server as a process of its own. Rejects where it does not come up. */
export async function startClient(options: ClientOptions): Promise<StartedClient> {
  const { serverModule, channel, areChecksOn, inventory, onEnded } = options;
  const client: LanguageClient = new LanguageClient(
    'sluice',
    'Sluice Language Server',
    { module: serverModule, transport: TransportKind.ipc },
    {
      documentSelector: languageSelector,
      outputChannel: channel,
      diagnosticPullOptions: { onChange: true },
      initializationOptions: { readsFiles: true, listsFiles: true, showsLenses: true, knowsInventory: true },
      middleware: {
        ...servingOnly(new ServedDocuments(), () => client),
        workspace: {
          configuration: async (params, token, next) => {
            const values: unknown = await next(params, token);
            if (!Array.isArray(values)) return [];
            const rules = await projectRules((message) => channel.warn(message));
            return values.map((value: unknown, index) => {
              if (params.items[index]?.section !== 'sluice' || !isRecord(value)) return value;
              // What the user set for himself goes before what the project says.
              const own = { ...rules, ...(isRecord(value['rules']) && value['rules']) };
              return { ...value, rules: own, stage: options.stages.chosen };
            });
          },
        },
        provideDiagnostics: async (document, previousResultId, token, next) => {
          const report = await next(document, previousResultId, token);
          const uri = 'uri' in document ? document.uri : document;
          if (report?.kind !== vsdiag.DocumentDiagnosticReportKind.full || areChecksOn(uri)) return report;
          return {
            ...report,
            items: report.items.filter(({ code }) => !(typeof code === 'string' && code.startsWith('asl/'))),
          };
        },
      },
      errorHandler: {
        error: () => ({ action: ErrorAction.Continue, handled: true }),
        closed: () => ({
          action: onEnded() === 'restart' ? CloseAction.Restart : CloseAction.DoNotRestart,
          handled: true,
        }),
      },
    },
  );
  client.onRequest('sluice/readFile', async ({ uri }: { readonly uri: string }) => await readText(Uri.parse(uri)));
  serveWorkspaceFiles(client);
  client.onRequest('sluice/inventory', async () => await inventory.read());
  await client.start();
  const tell = (notification: string) => () => {
    if (client.isRunning()) void client.sendNotification(notification);
  };
  const told = Disposable.from(
    inventory.onDidChange(tell('sluice/inventoryChanged')),
    options.missedFiles.onDidMiss(tell('sluice/filesMissed')),
    options.missedFiles.onDidFind((folders) => {
      for (const { folder, files } of folders) {
        const listed = { folder: folder.toString(), files: files.map((uri) => uri.toString()) };
        if (client.isRunning()) void client.sendNotification('sluice/folderListed', listed);
      }
    }),
    options.stages.onDidChange(tell('sluice/stageChanged')),
    showStageStatus(options.stages, options.connections, options.missedFiles, (error) =>
      channel.warn(`The stages cannot be read: ${String(error)}`),
    ),
  );
  const dispose = async (): Promise<void> => {
    told.dispose();
    await client.dispose();
  };
  return { client, dispose };
}

/** Keeps documents without anything for the server from it, and asks it nothing about them. */
function servingOnly(served: ServedDocuments, client: () => LanguageClient): Middleware {
  return {
    didOpen: async (document, next) => {
      if (served.open(document)) await next(document);
    },
    didChange: async (event, next) => {
      const { document } = event;
      const opening = client().getFeature(DidOpenTextDocumentNotification.method);
      switch (served.change(event)) {
        case 'known':
          await next(event);
          break;
        case 'new':
          await opening.getProvider(document)?.send(document);
          break;
        case 'none':
          break;
      }
    },
    didClose: async (document, next) => {
      if (served.close(document)) await next(document);
    },
    sendRequest: async <P, R>(
      type: string | MessageSignature,
      param: P | undefined,
      token: CancellationToken | undefined,
      next: (type: string | MessageSignature, param?: P, token?: CancellationToken) => Promise<R>,
    ): Promise<R> => {
      const uri = documentOf(param);
      // What there is to say about nothing is nothing, for every request about a document.
      if (uri !== undefined && !served.has(uri)) return null as R;
      return await next(type, param, token);
    },
  };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function documentOf(param: unknown): string | undefined {
  if (typeof param !== 'object' || param === null || !('textDocument' in param)) return undefined;
  const { textDocument } = param;
  if (typeof textDocument !== 'object' || textDocument === null || !('uri' in textDocument)) return undefined;
  return typeof textDocument.uri === 'string' ? textDocument.uri : undefined;
}

/** Definitions are at most 1 MiB; what is much larger is none. */
const maxFileBytes = 4 * 1024 * 1024;

/** The text of a file on any file system of the editor; null where there is none. */
async function readText(uri: Uri): Promise<string | null> {
  try {
    const { size } = await workspace.fs.stat(uri);
    return size > maxFileBytes ? '' : new TextDecoder().decode(await workspace.fs.readFile(uri));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'FileNotFound') return null;
    throw error;
  }
}

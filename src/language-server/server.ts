import {
  DidChangeConfigurationNotification,
  DocumentDiagnosticReportKind,
  TextDocumentSyncKind,
  type Connection,
  type DocumentDiagnosticReport,
  type InitializeResult,
} from 'vscode-languageserver';
import { Documents, LanguageDocument, type DocumentSettings } from './documents.ts';
import { toDiagnostic } from './features/diagnostics.ts';
import { guard } from './guard.ts';
import { readSettings } from './settings.ts';

/**
 * Serves one editor over `connection`: keeps its documents, answers when the editor pulls diagnostics. Holds no
 * credentials, reads no file and makes no network call.
 */
export function startServer(connection: Connection): void {
  const documents = new Documents();
  const log = (message: string): void => connection.console.error(message);
  const inBackground = (work: Promise<unknown>): void => {
    work.catch((error: unknown) => log(`Background work failed: ${String(error)}`));
  };
  let canPullSettings = false;
  let canRegister = false;
  let canRefresh = false;
  let settings: Promise<DocumentSettings> | undefined;

  const currentSettings = async (): Promise<DocumentSettings> => {
    settings ??= canPullSettings
      ? connection.workspace.getConfiguration('sluice').then(readSettings)
      : Promise.resolve(readSettings(undefined));
    return await settings;
  };

  connection.onInitialize(({ capabilities, initializationOptions }): InitializeResult => {
    canPullSettings = capabilities.workspace?.configuration === true;
    canRegister = capabilities.workspace?.didChangeConfiguration?.dynamicRegistration === true;
    canRefresh = capabilities.workspace?.diagnostics?.refreshSupport === true;
    if (!canPullSettings) settings = Promise.resolve(readSettings(initializationOptions));
    return {
      capabilities: {
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
        diagnosticProvider: { identifier: 'sluice', interFileDependencies: false, workspaceDiagnostics: false },
      },
      serverInfo: { name: 'sluice' },
    };
  });

  connection.onInitialized(() => {
    if (canRegister)
      inBackground(connection.client.register(DidChangeConfigurationNotification.type, { section: 'sluice' }));
  });

  connection.onDidChangeConfiguration((change) => {
    settings = canPullSettings ? undefined : Promise.resolve(readSettings(sectionOf(change.settings)));
    documents.forgetAnalyses();
    if (canRefresh) inBackground(connection.languages.diagnostics.refresh());
  });

  connection.onDidOpenTextDocument(({ textDocument: { uri, languageId, version, text } }) => {
    documents.open(new LanguageDocument(uri, languageId, version, text));
  });
  connection.onDidChangeTextDocument(({ textDocument, contentChanges }) => {
    documents.get(textDocument.uri)?.apply(contentChanges, textDocument.version);
  });
  connection.onDidCloseTextDocument(({ textDocument }) => {
    documents.close(textDocument.uri);
  });

  connection.languages.diagnostics.on(
    guard(log, 'diagnostics', async ({ textDocument }): Promise<DocumentDiagnosticReport> => {
      const current = await currentSettings();
      const document = documents.get(textDocument.uri);
      const findings = document?.analysis(current).findings() ?? [];
      return {
        kind: DocumentDiagnosticReportKind.Full,
        items: findings.map((finding) => toDiagnostic(finding, textDocument.uri)),
      };
    }),
  );

  connection.listen();
}

function sectionOf(settings: unknown): unknown {
  return typeof settings === 'object' && settings !== null && 'sluice' in settings ? settings.sluice : undefined;
}

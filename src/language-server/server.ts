import {
  CodeActionKind,
  DidChangeConfigurationNotification,
  DocumentDiagnosticReportKind,
  TextDocumentSyncKind,
  type ClientCapabilities,
  type CodeActionParams,
  type Connection,
  type DocumentDiagnosticReport,
  type InitializeResult,
} from 'vscode-languageserver';
import type { AslDocument } from '../core/asl/index.ts';
import { Documents, LanguageDocument, type DocumentSettings } from './documents.ts';
import { codeActions } from './features/codeActions.ts';
import { completions, completionTriggers, hover } from './features/assistance.ts';
import { toDiagnostic } from './features/diagnostics.ts';
import { foldingRanges, formatting, selectionRanges, semanticTokens } from './features/layout.ts';
import { definitionAt, documentSymbols, referencesAt, renameAt, renameRangeAt } from './features/navigation.ts';
import { guard } from './guard.ts';
import { ownLanguageCapabilities, registerOwnLanguages } from './ownLanguages.ts';
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
  let client: ClientCapabilities = {};
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
    client = capabilities;
    canPullSettings = capabilities.workspace?.configuration === true;
    canRegister = capabilities.workspace?.didChangeConfiguration?.dynamicRegistration === true;
    canRefresh = capabilities.workspace?.diagnostics?.refreshSupport === true;
    if (!canPullSettings) settings = Promise.resolve(readSettings(initializationOptions));
    return {
      capabilities: {
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
        completionProvider: { triggerCharacters: completionTriggers },
        hoverProvider: true,
        documentSymbolProvider: true,
        definitionProvider: true,
        referencesProvider: true,
        renameProvider: { prepareProvider: true },
        codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, CodeActionKind.SourceFixAll] },
        ...ownLanguageCapabilities(capabilities),
        diagnosticProvider: { identifier: 'sluice', interFileDependencies: false, workspaceDiagnostics: false },
      },
      serverInfo: { name: 'sluice' },
    };
  });

  connection.onInitialized(() => {
    if (canRegister)
      inBackground(connection.client.register(DidChangeConfigurationNotification.type, { section: 'sluice' }));
    inBackground(registerOwnLanguages(connection, client));
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
      const findings = document?.checked(current).flatMap((text) => text.findings()) ?? [];
      return {
        kind: DocumentDiagnosticReportKind.Full,
        items: findings.map((finding) => toDiagnostic(finding, textDocument.uri)),
      };
    }),
  );

  /** Answers from the definition that the document is; null where it is none, or not open. */
  const onDocument = <Params extends { readonly textDocument: { readonly uri: string } }, Result>(
    name: string,
    answer: (document: AslDocument, params: Params) => Result | undefined,
  ): ((params: Params) => Promise<Result | null>) =>
    guard(log, name, async (params: Params) => {
      const current = await currentSettings();
      const definition = documents.get(params.textDocument.uri)?.definition(current);
      return (definition && answer(definition, params)) ?? null;
    });

  connection.onCompletion(onDocument('completion', (document, { position }) => completions(document, position)));
  connection.onHover(onDocument('hover', (document, { position }) => hover(document, position)));
  connection.onDocumentSymbol(onDocument('symbols', documentSymbols));
  connection.onDefinition(
    onDocument('definition', (document, { textDocument, position }) =>
      definitionAt(document, textDocument.uri, position),
    ),
  );
  connection.onReferences(
    onDocument('references', (document, { textDocument, position }) =>
      referencesAt(document, textDocument.uri, position),
    ),
  );
  connection.onPrepareRename(
    onDocument('prepare rename', (document, { position }) => renameRangeAt(document, position)),
  );
  connection.onRenameRequest(
    onDocument('rename', (document, params) => renameAt(document, params.textDocument.uri, params)),
  );
  connection.onCodeAction(
    guard(log, 'code actions', async (params: CodeActionParams) => {
      const texts = documents.get(params.textDocument.uri)?.checked(await currentSettings()) ?? [];
      return texts.flatMap((text) => codeActions(text, params));
    }),
  );
  connection.onFoldingRanges(onDocument('folding', foldingRanges));
  connection.onSelectionRanges(
    onDocument('selection', (document, { positions }) => selectionRanges(document, positions)),
  );
  connection.onDocumentFormatting(onDocument('formatting', (document, { options }) => formatting(document, options)));
  connection.languages.semanticTokens.on(
    guard(log, 'semantic tokens', async ({ textDocument }) => {
      const definition = documents.get(textDocument.uri)?.definition(await currentSettings());
      return definition ? semanticTokens(definition) : { data: [] };
    }),
  );

  connection.listen();
}

function sectionOf(settings: unknown): unknown {
  return typeof settings === 'object' && settings !== null && 'sluice' in settings ? settings.sluice : undefined;
}

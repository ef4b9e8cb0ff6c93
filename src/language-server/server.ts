import {
  CodeActionKind,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  DocumentDiagnosticReportKind,
  FileChangeType,
  TextDocumentSyncKind,
  type ClientCapabilities,
  type Connection,
  type DocumentDiagnosticReport,
  type Hover,
  type InitializeResult,
} from 'vscode-languageserver';
import { oncePerFact } from '../core/existence/oncePerFact.ts';
import type { AslDefinition } from '../core/asl/index.ts';
import type { GlueDocument } from '../core/glue/index.ts';
import { Documents, LanguageDocument, type DocumentSettings, type ReadFile } from './documents.ts';
import { contractLinks, type PlacedAt } from './features/contracts.ts';
import { completions, completionTriggers, glueCompletions, glueHover, hover } from './features/assistance.ts';
import { toDiagnostic } from './features/diagnostics.ts';
import { definitionLinks } from './features/hints.ts';
import { serveStages } from './serveStages.ts';
import { foldingRanges, formatting, selectionRanges, semanticTokens } from './features/layout.ts';
import { documentSymbols, hostedLenses, hostedSymbols, workflowLenses } from './features/navigation.ts';
import { isOn, sectionOf } from './clientOptions.ts';
import { guard } from './guard.ts';
import { ownLanguageCapabilities, registerOwnLanguages } from './ownLanguages.ts';
import { AccountInventory, inventoryChanged, inventoryRequest } from './accountInventory.ts';
import { readFileRequest, ReferencedFiles } from './referencedFiles.ts';
import { readSettings } from './settings.ts';
import { serveCodeActions } from './serveCodeActions.ts';
import { contractWatchers, serveContracts } from './serveContracts.ts';
import { filesMissed, folderListed } from './workspaceContracts.ts';
import { namesOfFields, namesOfParameters, serveQuestions, withAge } from './serveInventory.ts';
import { serveNames, type AtPlace, type OfDocument } from './serveNames.ts';

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
  let canReadFiles = false;
  let canAskAccount = false;
  let canRename = false;
  let canListFiles = false;
  let settings: Promise<DocumentSettings> | undefined;

  const refresh = (): void => {
    if (canRefresh) inBackground(connection.languages.diagnostics.refresh());
  };
  const files = new ReferencedFiles({
    open: (uri) => documents.get(uri)?.text,
    request: async (uri) => (canReadFiles ? await connection.sendRequest(readFileRequest, { uri }) : undefined),
    onArrived: refresh,
  });
  const account = new AccountInventory({
    request: async () => (canAskAccount ? await connection.sendRequest(inventoryRequest) : null),
    onArrived: refresh,
  });
  connection.onNotification(inventoryChanged, () => account.forget());
  connection.onNotification(filesMissed, () => {
    files.forgetAll();
    inBackground(contracts.onMissed());
  });
  connection.onNotification(folderListed, ({ folder, files: listed }) => {
    files.forgetAll();
    inBackground(contracts.onFolder(folder, listed));
  });
  const readFile: ReadFile = (path, uri) => files.read(path, uri);
  const contracts = serveContracts(connection, { documents, readFile, onSettled: refresh, log });

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
    canRename = capabilities.workspace?.workspaceEdit?.resourceOperations?.includes('rename') === true;
    canReadFiles = isOn(initializationOptions, 'readsFiles');
    canListFiles = isOn(initializationOptions, 'listsFiles');
    canAskAccount = isOn(initializationOptions, 'knowsInventory');
    if (!canPullSettings) settings = Promise.resolve(readSettings(initializationOptions));
    return {
      capabilities: {
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
        completionProvider: { triggerCharacters: completionTriggers },
        hoverProvider: true,
        documentSymbolProvider: true,
        definitionProvider: true,
        referencesProvider: true,
        documentLinkProvider: {},
        inlayHintProvider: true,
        renameProvider: { prepareProvider: true },
        codeActionProvider: {
          codeActionKinds: [CodeActionKind.QuickFix, CodeActionKind.RefactorRewrite, CodeActionKind.SourceFixAll],
        },
        ...ownLanguageCapabilities(capabilities),
        ...(isOn(initializationOptions, 'showsLenses') && { codeLensProvider: {} }),
        ...(canListFiles && { workspace: { workspaceFolders: { supported: true, changeNotifications: true } } }),
        diagnosticProvider: { identifier: 'sluice', interFileDependencies: canListFiles, workspaceDiagnostics: false },
      },
      serverInfo: { name: 'sluice' },
    };
  });

  connection.onInitialized(() => {
    if (canRegister)
      inBackground(connection.client.register(DidChangeConfigurationNotification.type, { section: 'sluice' }));
    inBackground(registerOwnLanguages(connection, client));
    if (client.workspace?.didChangeWatchedFiles?.dynamicRegistration === true) {
      const definitions = [{ globPattern: '**/*.{asl,asl.json,asl.yaml,asl.yml}' }];
      const watchers = [...(canListFiles ? contractWatchers : definitions), { globPattern: '**/sluice.json' }];
      inBackground(connection.client.register(DidChangeWatchedFilesNotification.type, { watchers }));
    }
    if (!canListFiles) return;
    inBackground(contracts.readAll());
    if (client.workspace?.workspaceFolders === true)
      connection.workspace.onDidChangeWorkspaceFolders(() => inBackground(contracts.readAll()));
  });

  const onSettings = (changed: Promise<DocumentSettings> | undefined): void => {
    settings = changed;
    documents.forgetAnalyses();
    refresh();
  };
  connection.onDidChangeConfiguration((change) => {
    onSettings(canPullSettings ? undefined : Promise.resolve(readSettings(sectionOf(change.settings))));
  });

  connection.onDidOpenTextDocument(({ textDocument: { uri, languageId, version, text } }) => {
    documents.open(new LanguageDocument(uri, languageId, version, text));
    files.forget(uri);
  });
  connection.onDidChangeTextDocument(({ textDocument, contentChanges }) => {
    documents.get(textDocument.uri)?.apply(contentChanges, textDocument.version);
  });
  connection.onDidCloseTextDocument(({ textDocument }) => {
    documents.close(textDocument.uri);
    inBackground(contracts.onClosed(textDocument.uri));
  });
  connection.onDidChangeWatchedFiles(({ changes }) => {
    for (const { uri } of changes) files.forget(uri);
    // The editor puts the rules of the project's file into the settings.
    if (canPullSettings && changes.some(({ uri }) => uri.endsWith('/sluice.json'))) onSettings(undefined);
    const isDeleted = ({ type }: { type: FileChangeType }): boolean => type === FileChangeType.Deleted;
    const changed = changes.filter((change) => !isDeleted(change)).map(({ uri }) => uri);
    inBackground(
      contracts.onFiles(
        changed,
        changes.filter(isDeleted).map(({ uri }) => uri),
      ),
    );
  });

  connection.languages.diagnostics.on(
    guard(log, 'diagnostics', async ({ textDocument }): Promise<DocumentDiagnosticReport> => {
      const current = await currentSettings();
      const document = documents.get(textDocument.uri);
      const named = (document?.names(current, account.get(), readFile) ?? []).flatMap((text) => text.findings());
      const between = document ? contracts.findings(document, current) : [];
      const findings = oncePerFact([...(document?.findings(current, readFile) ?? []), ...named, ...between]);
      const uriOf = document && between.length > 0 ? contracts.placed(document, current).uriOf : undefined;
      const items = findings.map((finding) => toDiagnostic(finding, textDocument.uri, uriOf));
      return { kind: DocumentDiagnosticReportKind.Full, items };
    }),
  );

  /** Answers from the definition at the place, which the document is or holds; null where there is none. */
  const onDefinition = <Params extends AtPlace, Result>(
    name: string,
    answer: (definition: AslDefinition, params: Params) => Result | undefined,
  ): ((params: Params) => Promise<Result | null>) =>
    guard(log, name, async (params: Params) => {
      const current = await currentSettings();
      const document = documents.get(params.textDocument.uri);
      const offset = document?.lines.offsetAt(params.position) ?? 0;
      const found = document?.definition(current) ?? document?.hosted(current, readFile)?.definitionAt(offset);
      return (found && answer(found, params)) ?? null;
    });

  /** As `onDefinition`, and from the Glue configs of a document that has no definition at the place. */
  const onAny = <Params extends AtPlace, Result>(
    name: string,
    answer: (definition: AslDefinition, params: Params) => Result | undefined,
    ofGlue: (glue: GlueDocument, params: Params) => Result | undefined,
  ): ((params: Params) => Promise<Result | null>) => {
    const first = onDefinition(name, answer);
    return guard(log, name, async (params: Params) => {
      const found = await first(params);
      const glue = found === null ? documents.get(params.textDocument.uri)?.glue(await currentSettings()) : undefined;
      return (glue && ofGlue(glue, params)) ?? found;
    });
  };

  /** Answers from the definition that the document is; null where it is none. */
  const onOwn = <Params extends OfDocument, Result>(
    name: string,
    answer: (definition: AslDefinition, params: Params) => Result,
  ): ((params: Params) => Promise<Result | null>) =>
    guard(log, name, async (params: Params) => {
      const definition = documents.get(params.textDocument.uri)?.definition(await currentSettings());
      return definition ? answer(definition, params) : null;
    });

  connection.onCompletion(
    onAny(
      'completion',
      (document, { position }) => completions(document, position, namesOfParameters(account)),
      (glue, { position }) => glueCompletions(glue, position, namesOfFields(account)),
    ),
  );
  const ownHover = onAny<AtPlace, Hover>(
    'hover',
    (document, { position }) => hover(document, position),
    (glue, { position }) => glueHover(glue, position),
  );
  const inventory = { documents, account, settings: currentSettings, readFile, log };
  serveQuestions(connection, inventory);
  // Only the editor tells of another stage, and it gives its settings.
  const onChosen = (): void => onSettings(undefined);
  const hoverStage = serveStages(connection, { ...inventory, contracts, onChosen });
  connection.onHover(
    guard(log, 'hover', async (params: AtPlace) => {
      const document = documents.get(params.textDocument.uri);
      const staged = await hoverStage(params);
      if (staged) return staged;
      const found = await ownHover(params);
      return document ? await withAge(found, params, document, inventory) : found;
    }),
  );
  connection.onDocumentSymbol(
    guard(log, 'symbols', async ({ textDocument: { uri } }: OfDocument) => {
      const current = await currentSettings();
      const document = documents.get(uri);
      const own = document?.definition(current);
      return own ? documentSymbols(own) : hostedSymbols(document?.hosted(current, readFile)?.definitions ?? []);
    }),
  );
  connection.onDocumentLinks(
    guard(log, 'links', async ({ textDocument: { uri } }: OfDocument) => {
      const current = await currentSettings();
      // An editor asks once for a text, however much of its folder is known by then.
      await contracts.whenRead();
      const document = documents.get(uri);
      const hosted = document?.hosted(current, readFile);
      return [
        ...(hosted ? definitionLinks(hosted, uri) : []),
        ...(document ? contractLinks(contracts.placed(document, current)) : []),
      ];
    }),
  );
  connection.onCodeLens(
    guard(log, 'lenses', async ({ textDocument: { uri } }: OfDocument) => {
      const current = await currentSettings();
      const document = documents.get(uri);
      const definitions = document?.hosted(current, readFile)?.definitions ?? [];
      const glue = document?.glue(current);
      return [...hostedLenses(definitions, uri), ...(glue ? workflowLenses(glue, uri, definitions.length) : [])];
    }),
  );
  /** Answers from the definition at the place, else from what the place has to do with other files. */
  const onName = <Params extends AtPlace, Result>(
    name: string,
    answer: (definition: AslDefinition, params: Params) => Result | undefined,
    between: (at: PlacedAt, params: Params) => Result | undefined,
  ): ((params: Params) => Promise<Result | null>) => {
    const first = onDefinition(name, answer);
    return guard(log, name, async (params: Params) => {
      const found = await first(params);
      const isNone = found === null || (Array.isArray(found) && found.length === 0);
      const document = isNone ? documents.get(params.textDocument.uri) : undefined;
      if (document === undefined) return found;
      const placed = contracts.placed(document, await currentSettings());
      return between({ ...placed, offset: document.lines.offsetAt(params.position) }, params) ?? found;
    });
  };

  serveNames(connection, onName);
  serveCodeActions(connection, { ...inventory, contracts, canRename: () => canRename, client: () => client });
  connection.onFoldingRanges(onOwn('folding', foldingRanges));
  connection.onSelectionRanges(onOwn('selection', (document, { positions }) => selectionRanges(document, positions)));
  connection.onDocumentFormatting(onOwn('formatting', (document, { options }) => formatting(document, options)));
  connection.languages.semanticTokens.on(
    guard(log, 'semantic tokens', async ({ textDocument }) => {
      const definition = documents.get(textDocument.uri)?.definition(await currentSettings());
      return definition ? semanticTokens(definition) : { data: [] };
    }),
  );

  connection.listen();
}

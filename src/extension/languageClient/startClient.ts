import type { LogOutputChannel, TextDocument, Uri } from 'vscode';
import {
  CloseAction,
  ErrorAction,
  LanguageClient,
  TransportKind,
  vsdiag,
  type DocumentSelector,
} from 'vscode-languageclient/node';

/** The documents that the language server looks at, whatever they lie on; it tells by itself which hold a Glue config. */
export const languageSelector = [
  { language: 'asl' },
  { language: 'asl-yaml' },
  { language: 'json' },
  { language: 'yaml' },
] satisfies DocumentSelector;

export interface ClientOptions {
  /** Absolute path of dist/languageServer.js. */
  readonly serverModule: string;
  readonly channel: LogOutputChannel;
  /** Whether this definition is checked at all. */
  readonly areChecksOn: (document: Uri) => boolean;
  /** The server's process ended by itself; says whether to start it again. */
  readonly onEnded: () => 'restart' | 'give-up';
}

/** Starts the language server as a process of its own. Rejects where it does not come up. */
export async function startClient(options: ClientOptions): Promise<LanguageClient> {
  const { serverModule, channel, areChecksOn, onEnded } = options;
  const client = new LanguageClient(
    'sluice',
    'Sluice Language Server',
    { module: serverModule, transport: TransportKind.ipc },
    {
      documentSelector: languageSelector,
      outputChannel: channel,
      diagnosticPullOptions: { onChange: true },
      middleware: {
        provideDiagnostics: async (document, previousResultId, token, next) =>
          isConfig(document) || areChecksOn('uri' in document ? document.uri : document)
            ? await next(document, previousResultId, token)
            : { kind: vsdiag.DocumentDiagnosticReportKind.full, items: [] },
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
  await client.start();
  return client;
}

/** Glue configs have no other extension that checks them, so that the setting is about definitions alone. */
function isConfig(document: TextDocument | Uri): boolean {
  return 'languageId' in document && !/^asl(?:-yaml)?$/.test(document.languageId);
}

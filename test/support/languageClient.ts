import { PassThrough } from 'node:stream';
import {
  createProtocolConnection,
  DidChangeTextDocumentNotification,
  DidOpenTextDocumentNotification,
  DocumentDiagnosticRequest,
  ExitNotification,
  InitializedNotification,
  ShutdownRequest,
  type ClientCapabilities,
  type Diagnostic,
  type ProtocolConnection,
} from 'vscode-languageserver-protocol/node';

/** An editor as the protocol has it: the parts that tests need. */
export class TestLanguageClient {
  #version = 1;

  constructor(readonly connection: ProtocolConnection) {
    connection.listen();
  }

  /** Over a server's standard output and input. */
  static over(reader: NodeJS.ReadableStream, writer: NodeJS.WritableStream): TestLanguageClient {
    return new TestLanguageClient(createProtocolConnection(reader, writer));
  }

  async initialize(capabilities: ClientCapabilities = {}, initializationOptions?: unknown): Promise<void> {
    await this.connection.sendRequest('initialize', {
      processId: null,
      workspaceFolders: null,
      capabilities,
      initializationOptions,
    });
    await this.connection.sendNotification(InitializedNotification.type, {});
  }

  async open(uri: string, languageId: string, text: string): Promise<void> {
    await this.connection.sendNotification(DidOpenTextDocumentNotification.type, {
      textDocument: { uri, languageId, version: this.#version, text },
    });
  }

  /** Replaces what stands between two positions, each `[line, character]`. */
  async change(
    uri: string,
    [start, end]: readonly [readonly [number, number], readonly [number, number]],
    text: string,
  ): Promise<void> {
    const at = ([line, character]: readonly [number, number]): { line: number; character: number } => ({
      line,
      character,
    });
    await this.connection.sendNotification(DidChangeTextDocumentNotification.type, {
      textDocument: { uri, version: ++this.#version },
      contentChanges: [{ range: { start: at(start), end: at(end) }, text }],
    });
  }

  async diagnostics(uri: string): Promise<readonly Diagnostic[]> {
    const report = await this.connection.sendRequest(DocumentDiagnosticRequest.type, { textDocument: { uri } });
    return 'items' in report ? report.items : [];
  }

  async shutdown(): Promise<void> {
    await this.connection.sendRequest(ShutdownRequest.type);
    await this.connection.sendNotification(ExitNotification.type);
  }

  dispose(): void {
    this.connection.dispose();
  }
}

/** Two streams that are each other's other end. */
export function streamPair(): { readonly toServer: PassThrough; readonly toClient: PassThrough } {
  return { toServer: new PassThrough(), toClient: new PassThrough() };
}

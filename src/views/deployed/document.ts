import { Uri, type CancellationToken, type TextDocumentContentProvider } from 'vscode';
import { UserError } from '../../core/base/userError.ts';
import { parseConnectionId } from '../../core/connections/connection.ts';
import type { Connections } from '../connections.ts';
import { deployedScheme, deployedUriParts, parseDeployedQuery, type DeployedSource } from './deployedUri.ts';

/** Read-only documents with deployed scripts and definitions, read again each time one is opened. */
export class DeployedDocuments implements TextDocumentContentProvider {
  /** Read ahead by `prepare`, so that a failure is told by the command that opens. */
  readonly #prepared = new Map<string, string>();

  constructor(private readonly connections: Pick<Connections, 'account'>) {}

  /** Reads the content, and gives the address of its document. Rejects with UserError. */
  async prepare(source: DeployedSource, name: string, signal?: AbortSignal): Promise<Uri> {
    const uri = Uri.from({ scheme: deployedScheme, ...deployedUriParts(source, name) });
    this.#prepared.set(uri.toString(), await this.#read(source, signal));
    return uri;
  }

  async provideTextDocumentContent(uri: Uri, token: CancellationToken): Promise<string> {
    const key = uri.toString();
    const prepared = this.#prepared.get(key);
    this.#prepared.delete(key);
    if (prepared !== undefined) return prepared;
    const source = parseDeployedQuery(uri.query);
    if (!source) throw new UserError('bad-input', 'This is not the address of a script or a definition.');
    const abort = new AbortController();
    const subscription = token.onCancellationRequested(() => abort.abort());
    try {
      return await this.#read(source, abort.signal);
    } finally {
      subscription.dispose();
    }
  }

  async #read({ connectionId, kind, resource }: DeployedSource, signal?: AbortSignal): Promise<string> {
    const connection = parseConnectionId(connectionId);
    if (!connection) throw new UserError('not-found', 'The connection of this document is not known.');
    const account = await this.connections.account(connection, signal);
    if (kind === 'script') return await account.s3.getText(resource, signal);
    const { definition } = await account.stepFunctions.describeStateMachine(resource, signal);
    return pretty(definition);
  }
}

function pretty(definition: string): string {
  try {
    return `${JSON.stringify(JSON.parse(definition), undefined, 2)}\n`;
  } catch {
    return definition;
  }
}

import { workspace, type LogOutputChannel, type TextDocument, type Uri } from 'vscode';
import { DisposableStore, type Disposable } from '../../core/base/disposable.ts';
import type { Questions } from '../../core/existence/questions.ts';
import type { Log } from '../../core/base/log.ts';
import type { InventorySource } from '../inventory/inventorySource.ts';
import type { StageChoice } from '../stages/stageChoice.ts';
import type { StageConnections } from '../stages/stageStatus.ts';
import type { MissedFiles } from '../workspace/missedFiles.ts';
import { restartLimits, RestartPolicy } from './restartPolicy.ts';
import { isWorthServing } from './servedDocuments.ts';
import type { StartedClient } from './startClient.ts';

export interface LanguageFeaturesOptions {
  readonly serverModule: string;
  readonly channel: LogOutputChannel;
  readonly log: Log;
  readonly now: () => number;
  /** Whether definitions in a document are checked at all, by the user's setting. */
  readonly areChecksOn: (document: Uri) => boolean;
  /** What the server may ask of the account. */
  readonly inventory: InventorySource;
  /** The stage whose values placeholders have. */
  readonly stages: StageChoice;
  readonly connections: StageConnections;
  /** Files of the workspace that VS Code does not tell of. */
  readonly missedFiles: MissedFiles;
  /** The server ended by itself and comes back. */
  readonly onRestarted: () => void;
  /** The server ended too often, or never came up: validation is off until somebody restarts it. */
  readonly onGaveUp: () => void;
}

/**
 * Owns the language server: nothing is loaded before the first definition or Glue config, or a file with one inside, is
 * open, and an ended one comes back.
 */
export class LanguageFeatures implements Disposable {
  readonly #listeners = new DisposableStore();
  readonly #policy = new RestartPolicy(restartLimits);
  #client: Promise<StartedClient | undefined> | undefined;
  #isDisposed = false;

  constructor(private readonly options: LanguageFeaturesOptions) {
    this.#listeners.add(workspace.onDidOpenTextDocument((document) => this.#onOpen(document)));
    for (const document of workspace.textDocuments) this.#onOpen(document);
  }

  /** Ends the server, if it runs, and starts it anew. */
  async restart(): Promise<void> {
    this.#policy.reset();
    const before = await this.#client;
    this.#client = undefined;
    await before?.dispose();
    await this.#start();
  }

  /** What a document wants to know of the account; undefined while the server is away. */
  async questions(uri: string): Promise<Questions | undefined> {
    const { client } = (await this.#client) ?? {};
    if (client?.isRunning() !== true) return undefined;
    return (await client.sendRequest<Questions | null>('sluice/questions', { uri })) ?? undefined;
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#listeners.dispose();
    void this.#stop();
  }

  #onOpen(document: TextDocument): void {
    if (isWorthServing(document)) void this.#start();
  }

  async #start(): Promise<void> {
    this.#client ??= this.#load();
    await this.#client;
  }

  async #load(): Promise<StartedClient | undefined> {
    const { serverModule, channel, log, areChecksOn, inventory, stages, connections, missedFiles, onGaveUp } =
      this.options;
    try {
      const { startClient } = await import('./startClient.ts');
      return await startClient({
        serverModule,
        channel,
        areChecksOn,
        inventory,
        stages,
        connections,
        missedFiles,
        onEnded: () => this.#onEnded(),
      });
    } catch (error) {
      log.error(new Error('The language server did not start', { cause: error }));
      if (!this.#isDisposed) onGaveUp();
      return undefined;
    }
  }

  #onEnded(): 'restart' | 'give-up' {
    if (this.#isDisposed) return 'give-up';
    const decision = this.#policy.onEnd(this.options.now());
    if (decision === 'restart') this.options.onRestarted();
    else this.options.onGaveUp();
    return decision;
  }

  async #stop(): Promise<void> {
    try {
      await (await this.#client)?.dispose();
    } catch (error) {
      this.options.log.debug(`The language server was gone already: ${String(error)}`);
    }
  }
}

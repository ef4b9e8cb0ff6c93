import {
  debug,
  DebugAdapterServer,
  DebugConfigurationProviderTriggerKind,
  Uri,
  window,
  type CancellationToken,
  type DebugAdapterDescriptor,
  type DebugAdapterDescriptorFactory,
  type DebugAdapterTracker,
  type DebugAdapterTrackerFactory,
  type DebugConfiguration,
  type DebugConfigurationProvider,
  type DebugSession,
  type WorkspaceFolder,
} from 'vscode';
import { DisposableStore, type Disposable } from '../../core/base/disposable.ts';
import { UserError } from '../../core/base/userError.ts';
import { baseName } from '../../core/runs/traceback.ts';
import type { Boundary } from '../boundary.ts';
import type { App } from '../app.ts';
import type { LocalRunParts } from '../localRuns/startLocalRun.ts';

export const debugType = 'sluice';

/**
 * F5 on a Glue script: it starts on this machine and waits; VS Code talks to debugpy itself, which speaks its protocol.
 * `launch` of a user's configuration becomes debugpy's `attach`.
 */
export function registerScriptDebugging(
  app: () => LocalRunParts & Pick<App, 'settings'>,
  boundary: Boundary,
): Disposable {
  const parts = new DisposableStore();
  const configurations = new ScriptConfigurations(app, boundary);
  const adapters = new ScriptAdapters((id) => app().localRuns.stop(id));
  parts.add(debug.registerDebugConfigurationProvider(debugType, configurations));
  const dynamic = DebugConfigurationProviderTriggerKind.Dynamic;
  parts.add(debug.registerDebugConfigurationProvider(debugType, new LocalRunConfigurations(app), dynamic));
  parts.add(debug.registerDebugAdapterDescriptorFactory(debugType, adapters));
  parts.add(debug.registerDebugAdapterTrackerFactory(debugType, adapters));
  return parts;
}

class ScriptConfigurations implements DebugConfigurationProvider {
  /** Scripts, and what they run as, that are on their way to the debugger: a second click on the lens is no second run. */
  readonly #starting = new Set<string>();

  constructor(
    private readonly app: () => LocalRunParts,
    private readonly boundary: Boundary,
  ) {}

  /** F5 without a configuration debugs the script in front. */
  resolveDebugConfiguration(
    _folder: WorkspaceFolder | undefined,
    configuration: DebugConfiguration,
  ): DebugConfiguration | undefined {
    if (typeof configuration['script'] === 'string' || isWaitedFor(configuration)) return configuration;
    const { document } = window.activeTextEditor ?? {};
    if (document?.languageId !== 'python') return undefined;
    const name = configuration.name === '' ? `Debug ${baseName(document.uri.path)}` : configuration.name;
    return { ...configuration, type: debugType, request: 'launch', name, script: document.uri.fsPath };
  }

  async resolveDebugConfigurationWithSubstitutedVariables(
    _folder: WorkspaceFolder | undefined,
    configuration: DebugConfiguration,
    token?: CancellationToken,
  ): Promise<DebugConfiguration | undefined> {
    if (isWaitedFor(configuration)) return configuration;
    const { script, run, justMyCode } = configuration as Readonly<Record<string, unknown>>;
    if (typeof script !== 'string') return undefined;
    const variant = typeof run === 'string' ? run : undefined;
    const start = JSON.stringify([script, variant]);
    if (this.#starting.has(start)) return undefined;
    this.#starting.add(start);
    const unwanted = new AbortController();
    const abort = (): void => unwanted.abort(new UserError('aborted', 'Cancelled.'));
    const listener = token?.onCancellationRequested(abort);
    if (token?.isCancellationRequested === true) abort();
    const waiting = await this.boundary.run('Debug Script Locally', async () => {
      const { startForDebugger } = await import('./startForDebugger.ts');
      const waitingRun = await startForDebugger(this.app(), Uri.file(script), variant, unwanted.signal);
      const { port, folder, remoteFolder, key } = waitingRun;
      return {
        ...configuration,
        request: 'attach',
        connect: { host: '127.0.0.1', port },
        ...(folder === remoteFolder ? {} : { pathMappings: [{ localRoot: folder, remoteRoot: remoteFolder }] }),
        justMyCode: justMyCode !== false,
        redirectOutput: true,
        // Spark starts Python processes of its own, which nobody would attach to.
        subProcess: false,
        sluiceRun: key.id,
      };
    });
    listener?.dispose();
    this.#starting.delete(start);
    return waiting as DebugConfiguration | undefined;
  }
}

/** Of tests, whose debugpy listens before the session starts. */
function isWaitedFor({ request, sluiceTests }: DebugConfiguration): boolean {
  return request === 'attach' && typeof sluiceTests === 'string';
}

/** What `sluice.localRuns` holds, in the list of Run and Debug. */
class LocalRunConfigurations implements DebugConfigurationProvider {
  constructor(private readonly app: () => Pick<App, 'settings'>) {}

  provideDebugConfigurations(folder: WorkspaceFolder | undefined): DebugConfiguration[] {
    if (!folder) return [];
    return this.app()
      .settings.get('localRuns', folder.uri)
      .map(({ script, name }) => ({
        type: debugType,
        request: 'launch',
        name: `Debug ${script}${name === undefined ? '' : ` (${name})`}`,
        script: Uri.joinPath(folder.uri, script).fsPath,
        ...(name === undefined ? {} : { run: name }),
      }));
  }
}

/** Connects to debugpy, and ends the run when the user ends the session before the script did. */
class ScriptAdapters implements DebugAdapterDescriptorFactory, DebugAdapterTrackerFactory {
  constructor(private readonly stop: (runId: string) => unknown) {}

  createDebugAdapterDescriptor({ configuration }: DebugSession): DebugAdapterDescriptor | undefined {
    const { connect } = configuration as { readonly connect?: { readonly port?: unknown } };
    return typeof connect?.port === 'number' ? new DebugAdapterServer(connect.port, '127.0.0.1') : undefined;
  }

  createDebugAdapterTracker({ configuration }: DebugSession): DebugAdapterTracker {
    const runId: unknown = configuration['sluiceRun'];
    let hasEnded = false;
    return {
      onDidSendMessage: (message: unknown) => {
        if (isMessage(message) && message.type === 'event' && message.event === 'terminated') hasEnded = true;
      },
      onWillReceiveMessage: (message: unknown) => {
        if (!isMessage(message) || hasEnded || typeof runId !== 'string') return;
        if (message.command === 'disconnect' || message.command === 'terminate') this.stop(runId);
      },
    };
  }
}

function isMessage(
  message: unknown,
): message is { readonly type?: unknown; readonly event?: unknown; readonly command?: unknown } {
  return typeof message === 'object' && message !== null;
}

import { CodeLens, EventEmitter, Range, type CodeLensProvider, type Event, type TextDocument } from 'vscode';
import { DisposableStore, type Disposable } from '../../core/base/disposable.ts';
import { machineName } from '../../core/workspace/workspaceFile.ts';
import type { Connections } from '../../views/connections.ts';
import { deployedScheme } from '../../views/deployed/deployedUri.ts';
import type { CommandId } from '../commands.ts';
import type { Drifts } from '../deploy/drifts.ts';

/** On the first line of a definition: what can be done with it. */
export class DefinitionLenses implements CodeLensProvider, Disposable {
  readonly #parts = new DisposableStore();
  readonly #changed = this.#parts.add(new EventEmitter<void>());
  readonly onDidChangeCodeLenses: Event<void> = this.#changed.event;

  constructor(
    private readonly connections: Pick<Connections, 'active' | 'onDidChange'>,
    private readonly drifts: Drifts,
  ) {
    this.#parts.add(connections.onDidChange(() => this.#changed.fire()));
    this.#parts.add(drifts.onDidChange(() => this.#changed.fire()));
  }

  async provideCodeLenses(document: TextDocument): Promise<CodeLens[]> {
    if (document.uri.scheme === deployedScheme) return [];
    const lens = (title: string, command: CommandId): CodeLens =>
      new CodeLens(new Range(0, 0, 0, 0), { title, command, arguments: [document.uri] });
    const { active } = this.connections;
    const drift = await this.#drift(document);
    return [
      lens('$(play) Start Execution…', 'sluice.startExecution'),
      lens('Graph', 'sluice.showGraph'),
      lens('Test State…', 'sluice.testState'),
      lens(drift === undefined ? 'Deploy…' : `Deploy… (${drift})`, 'sluice.deploy'),
      ...(active && active.kind !== 'local' ? [lens('Validate on AWS', 'sluice.validateOnAws')] : []),
    ];
  }

  async #drift(document: TextDocument): Promise<string | undefined> {
    if (document.uri.scheme !== 'file') return undefined;
    const { openDocument } = await import('../../core/asl/index.ts');
    const definition = openDocument(document.getText(), { fileName: document.fileName });
    return await this.drifts.describe({ kind: 'machine', name: machineName(document.uri.path), definition });
  }

  dispose(): void {
    this.#parts.dispose();
  }
}

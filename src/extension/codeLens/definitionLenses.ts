import { CodeLens, EventEmitter, Range, type CodeLensProvider, type Event, type TextDocument } from 'vscode';
import { DisposableStore, type Disposable } from '../../core/base/disposable.ts';
import type { Connections } from '../../views/connections.ts';
import { deployedScheme } from '../../views/deployed/deployedUri.ts';
import type { CommandId } from '../commands.ts';

/** On the first line of a definition: what can be done with it. */
export class DefinitionLenses implements CodeLensProvider, Disposable {
  readonly #parts = new DisposableStore();
  readonly #changed = this.#parts.add(new EventEmitter<void>());
  readonly onDidChangeCodeLenses: Event<void> = this.#changed.event;

  constructor(private readonly connections: Pick<Connections, 'active' | 'onDidChange'>) {
    this.#parts.add(connections.onDidChange(() => this.#changed.fire()));
  }

  provideCodeLenses(document: TextDocument): CodeLens[] {
    if (document.uri.scheme === deployedScheme) return [];
    const lens = (title: string, command: CommandId): CodeLens =>
      new CodeLens(new Range(0, 0, 0, 0), { title, command, arguments: [document.uri] });
    const { active } = this.connections;
    return [
      lens('$(play) Start Execution…', 'sluice.startExecution'),
      lens('Graph', 'sluice.showGraph'),
      lens('Test State…', 'sluice.testState'),
      lens('Deploy…', 'sluice.deploy'),
      ...(active && active.kind !== 'local' ? [lens('Validate on AWS', 'sluice.validateOnAws')] : []),
    ];
  }

  dispose(): void {
    this.#parts.dispose();
  }
}

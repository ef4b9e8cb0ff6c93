import { EventEmitter, type Event } from 'vscode';
import type { Disposable } from '../../core/base/disposable.ts';
import type { ExtensionState } from '../state.ts';

/** The stage that the user chose for this workspace; undefined where `sluice.json` says which one counts. */
export class StageChoice implements Disposable {
  readonly #changed = new EventEmitter<void>();
  readonly onDidChange: Event<void> = this.#changed.event;

  constructor(private readonly state: ExtensionState) {}

  get chosen(): string | undefined {
    return this.state.workspace.get('stage') || undefined;
  }

  async choose(stage: string | undefined): Promise<void> {
    await this.state.workspace.set('stage', stage ?? '');
    this.#changed.fire();
  }

  dispose(): void {
    this.#changed.dispose();
  }
}

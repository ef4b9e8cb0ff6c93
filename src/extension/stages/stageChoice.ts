import { EventEmitter, type Event } from 'vscode';
import type { Disposable } from '../../core/base/disposable.ts';
import type { ExtensionState } from '../state.ts';

/** The stage that the user chose for this workspace; undefined where `sluice.json` says which one counts. */
export class StageChoice implements Disposable {
  readonly #changed = new EventEmitter<void>();
  readonly onDidChange: Event<void> = this.#changed.event;

  readonly #accepted = new Set<string>();
  readonly #told = new Set<string>();

  constructor(private readonly state: ExtensionState) {}

  get chosen(): string | undefined {
    return this.state.workspace.get('stage') || undefined;
  }

  async choose(stage: string | undefined): Promise<void> {
    await this.state.workspace.set('stage', stage ?? '');
    this.#changed.fire();
  }

  /** Whether the user went on in this session although a stage and a connection differ in account, as the words say. */
  isAccepted(difference: string): boolean {
    return this.#accepted.has(difference);
  }

  accept(difference: string): void {
    this.#accepted.add(difference);
  }

  /** Whether the user has not been told of a difference yet in this session; afterwards they have. */
  isNews(difference: string): boolean {
    const isNews = !this.#told.has(difference);
    this.#told.add(difference);
    return isNews;
  }

  dispose(): void {
    this.#changed.dispose();
  }
}

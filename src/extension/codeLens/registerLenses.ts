import {
  EventEmitter,
  languages,
  type CodeLens,
  type CodeLensProvider,
  type DocumentSelector,
  type Event,
  type TextDocument,
} from 'vscode';
import { DisposableStore, type Disposable } from '../../core/base/disposable.ts';
import type { App } from '../app.ts';
import { lensSelectors } from './selectors.ts';

/** What a document shows above its lines. */
export interface Lenses {
  readonly onDidChangeCodeLenses?: Event<void>;
  provideCodeLenses(document: TextDocument): Promise<CodeLens[]> | CodeLens[];
  dispose?(): void;
}

export type LensParts = Pick<App, 'connections' | 'drifts' | 'hosts' | 'inputEditors' | 'jobIndex'>;

/** The lenses of every kind of document; what makes them is read when the first of its kind is shown. */
export function registerLenses(with_: LensParts): Disposable {
  const parts = new DisposableStore();
  const add = (selector: DocumentSelector, load: () => Promise<Lenses>): void => {
    parts.add(languages.registerCodeLensProvider(selector, parts.add(new LensesOnUse(load))));
  };
  const { connections, drifts, hosts, inputEditors, jobIndex } = with_;
  add(
    lensSelectors.definitions,
    async () => new (await import('./definitionLenses.ts')).DefinitionLenses(connections, drifts),
  );
  add(lensSelectors.configs, async () => new (await import('./configLenses.ts')).ConfigLenses(jobIndex, drifts));
  add(
    lensSelectors.scripts,
    async () => new (await import('./scriptLenses.ts')).ScriptLenses(jobIndex, connections, drifts, hosts),
  );
  add(lensSelectors.hosts, async () => new (await import('./hostLenses.ts')).HostLenses(hosts, drifts));
  add(lensSelectors.inputs, async () => new (await import('./inputLenses.ts')).InputLenses(inputEditors));
  return parts;
}

class LensesOnUse implements CodeLensProvider, Disposable {
  readonly #parts = new DisposableStore();
  readonly #changed = this.#parts.add(new EventEmitter<void>());
  readonly onDidChangeCodeLenses: Event<void> = this.#changed.event;
  #lenses: Promise<Lenses> | undefined;

  constructor(private readonly load: () => Promise<Lenses>) {}

  async provideCodeLenses(document: TextDocument): Promise<CodeLens[]> {
    this.#lenses ??= this.#open();
    return await (await this.#lenses).provideCodeLenses(document);
  }

  dispose(): void {
    this.#parts.dispose();
  }

  async #open(): Promise<Lenses> {
    const lenses = await this.load();
    this.#parts.add({ dispose: () => lenses.dispose?.() });
    if (lenses.onDidChangeCodeLenses) this.#parts.add(lenses.onDidChangeCodeLenses(() => this.#changed.fire()));
    return lenses;
  }
}

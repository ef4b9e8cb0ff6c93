import { DisposableStore, type Disposable } from '../../core/base/disposable.ts';
import { Emitter, type Event } from '../../core/base/emitter.ts';
import type { RunSummary } from '../../core/runs/model.ts';
import type { RunSnapshot } from '../../core/runs/snapshot.ts';
import type { RunStore } from '../../core/runs/store.ts';
import type { TrackedRuns } from '../../views/pipelines/loadPipelines.ts';

/** The run store as the Pipelines tree asks for it: a change of state counts there, not every line of a log. */
export class StoredRuns implements TrackedRuns, Disposable {
  readonly #parts = new DisposableStore();
  readonly #changes = this.#parts.add(new Emitter<RunSummary>());
  readonly #told = new WeakMap<RunSnapshot, string>();

  readonly onDidChange: Event<RunSummary> = this.#changes.event;

  constructor(private readonly store: Pick<RunStore, 'list' | 'onDidChange' | 'onDidChangeList'>) {
    this.#parts.add(store.onDidChange((snapshot) => this.#tell(snapshot)));
    this.#parts.add(store.onDidChangeList(() => store.list().forEach((snapshot) => this.#tell(snapshot))));
  }

  of(connectionId: string, resource: string): readonly RunSummary[] {
    return this.store
      .list()
      .filter(({ key }) => key.connectionId === connectionId && key.resource === resource)
      .map(toSummary);
  }

  dispose(): void {
    this.#parts.dispose();
  }

  #tell(snapshot: RunSnapshot): void {
    const { awsState, startedMs, endedMs } = snapshot.outcome;
    const state = `${awsState} ${startedMs ?? ''} ${endedMs ?? ''}`;
    if (this.#told.get(snapshot) === state) return;
    this.#told.set(snapshot, state);
    this.#changes.fire(toSummary(snapshot));
  }
}

/** An execution's name is the end of its ARN; an Express one has an id of its own after it. */
function toSummary({ key, outcome }: RunSnapshot): RunSummary {
  const parts = key.id.split(':');
  const name = key.kind === 'execution' ? (parts[7] ?? key.id) : key.id;
  return { ...outcome, key, name };
}

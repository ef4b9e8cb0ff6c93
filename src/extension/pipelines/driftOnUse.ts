import { DisposableStore, type Disposable } from '../../core/base/disposable.ts';
import type { Log } from '../../core/base/log.ts';
import type { ItemNode } from '../../views/pipelines/node.ts';
import type { Drifts } from '../deploy/drifts.ts';
import type { LocalParts } from './readLocals.ts';
import type { TreeDrifts } from './treeDrifts.ts';

interface Parts extends LocalParts {
  readonly drifts: Drifts;
  readonly log: Log;
  /** Draws these rows again. */
  readonly redraw: (nodes: readonly ItemNode[]) => void;
}

/** How a row differs from the workspace; what compares is read when the first row is drawn. */
export class DriftOnUse implements Disposable {
  readonly #parts = new DisposableStore();
  /** Rows that were drawn meanwhile. */
  readonly #waiting = new Set<ItemNode>();
  #drifts: TreeDrifts | undefined;

  constructor(private readonly with_: Parts) {}

  of(node: ItemNode): string | undefined {
    if (this.#drifts) return this.#drifts.of(node);
    this.#waiting.add(node);
    if (this.#waiting.size === 1) void this.#load();
    return undefined;
  }

  dispose(): void {
    this.#parts.dispose();
  }

  async #load(): Promise<void> {
    const { jobIndex, hosts, drifts, log, redraw } = this.with_;
    const [{ TreeDrifts }, { readLocals }] = await Promise.all([import('./treeDrifts.ts'), import('./readLocals.ts')]);
    const onDidChangeLocals = (listener: () => void): Disposable => {
      const both = new DisposableStore();
      both.add(jobIndex.onDidChange(listener));
      both.add(hosts.onDidChange(listener));
      return both;
    };
    const locals = async (): ReturnType<typeof readLocals> => await readLocals({ jobIndex, hosts });
    this.#drifts = this.#parts.add(new TreeDrifts({ drifts, log, redraw, locals, onDidChangeLocals }));
    redraw([...this.#waiting]);
  }
}

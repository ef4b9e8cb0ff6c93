import type { Log } from '../../core/base/log.ts';
import { DisposableStore, type Disposable } from '../../core/base/disposable.ts';
import { itemName, type ItemNode } from '../../views/pipelines/node.ts';
import type { Drifts, Local } from '../deploy/drifts.ts';

/** `job orders`, `machine orders`. */
export type LocalKey = `${'job' | 'machine'} ${string}`;

export interface TreeDriftParts {
  readonly drifts: Pick<Drifts, 'describe' | 'onDidChange'>;
  /** What the workspace has, by name. */
  readonly locals: () => Promise<ReadonlyMap<LocalKey, Local>>;
  /** The workspace has something else now. */
  readonly onDidChangeLocals: (listener: () => void) => Disposable;
  readonly log: Log;
  /** Draws these rows again. */
  readonly redraw: (nodes: readonly ItemNode[]) => void;
}

/**
 * How the rows of the tree differ from the workspace, as far as it has them. A list of jobs says what a job is; a state
 * machine that the workspace has is described once, and the script of a job looked at, one after the other.
 */
export class TreeDrifts implements Disposable {
  readonly #parts = new DisposableStore();
  readonly #words = new Map<ItemNode, string>();
  /** What was compared: a row stays the same object when the list is read anew. */
  readonly #seen = new Map<ItemNode, ItemNode['item']>();
  readonly #wanted = new Set<ItemNode>();
  #locals: Promise<ReadonlyMap<LocalKey, Local>> | undefined;
  #isWorking = false;
  #isOver = false;

  constructor(private readonly with_: TreeDriftParts) {
    const again = (): void => this.#again();
    const anew = (): void => {
      this.#locals = undefined;
      this.#again();
    };
    this.#parts.add(with_.drifts.onDidChange(again));
    this.#parts.add(with_.onDidChangeLocals(anew));
  }

  /** In words, as far as it is known; what is not is looked at, and drawn when it is. */
  of(node: ItemNode): string | undefined {
    if (node.item.kind !== 'workflow' && this.#seen.get(node) !== node.item) {
      this.#seen.set(node, node.item);
      this.#wanted.add(node);
      void this.#work();
    }
    return this.#words.get(node);
  }

  dispose(): void {
    this.#isOver = true;
    this.#parts.dispose();
  }

  #again(): void {
    for (const node of this.#seen.keys()) this.#wanted.add(node);
    void this.#work();
  }

  async #work(): Promise<void> {
    if (this.#isWorking) return;
    this.#isWorking = true;
    try {
      while (this.#wanted.size > 0 && !this.#isOver) {
        const nodes = [...this.#wanted];
        this.#wanted.clear();
        this.#locals ??= this.with_.locals();
        const locals = await this.#locals;
        const others: ItemNode[] = [];
        for (const node of nodes) if (await this.#compare(node, locals)) others.push(node);
        if (others.length > 0) this.with_.redraw(others);
      }
    } catch (error) {
      this.#locals = undefined;
      this.with_.log.warn(`The tree was not compared with the workspace: ${String(error)}`);
    } finally {
      this.#isWorking = false;
    }
  }

  /** Whether a row says something else now. */
  async #compare(node: ItemNode, locals: ReadonlyMap<LocalKey, Local>): Promise<boolean> {
    const { item, connection } = node;
    if (item.kind === 'workflow') return false;
    const local = locals.get(`${item.kind} ${itemName(item)}`);
    const reply = item.kind === 'job' ? item.job.members : undefined;
    const given = local?.kind === 'job' && reply ? { ...local, reply } : local;
    const words = given && (await this.with_.drifts.describe(given, connection));
    if (words === this.#words.get(node)) return false;
    if (words === undefined) this.#words.delete(node);
    else this.#words.set(node, words);
    return true;
  }
}

import type { Account } from '../../aws/account.ts';
import type { GlueTrigger } from '../../aws/glue/api.ts';
import { toUserError, type UserError } from '../../core/base/userError.ts';
import { isTerminal, runKeyText, type RunSummary } from '../../core/runs/model.ts';
import { listRuns, listTriggers } from './loadSource.ts';
import { nodeId, type ItemNode, type PipelineNode, type RunNode } from './node.ts';

export interface RunRowsPorts {
  account(signal: AbortSignal): Promise<Account>;
  /** Runs of this item that Sluice watches or has watched, newest first. */
  tracked(): readonly RunSummary[];
  changed(node: ItemNode): void;
}

const firstRuns = 10;
const moreRuns = 25;
/** Glue gives no more in a page. https://docs.aws.amazon.com/glue/latest/webapi/API_GetJobRuns.html */
const mostRuns = 200;

/** What is under an item: its triggers, then its runs, newest first. Read when it is opened, and kept until reload. */
export class RunRows {
  readonly #rows = new Map<string, RunNode>();
  #listed: RunSummary[] | undefined;
  #nextToken: string | undefined;
  #triggers: readonly GlueTrigger[] = [];
  #errors: readonly UserError[] = [];
  #areErrorsShown = false;
  /** So many runs the next reading asks for. */
  #wanted = firstRuns;
  #loading: Promise<void> | undefined;
  #abort = new AbortController();

  constructor(
    readonly node: ItemNode,
    private readonly ports: RunRowsPorts,
  ) {}

  async children(): Promise<readonly PipelineNode[]> {
    if (!this.#listed || (this.#errors.length > 0 && this.#areErrorsShown)) this.#loading ??= this.#load();
    await this.#loading;
    return this.#present();
  }

  /** Reads the next runs and announces them; a failure becomes a row. */
  async loadMore(): Promise<void> {
    const { signal } = this.#abort;
    try {
      const account = await this.ports.account(signal);
      const token = this.#nextToken;
      if (token === undefined) return;
      const page = await listRuns(account, this.node.item, { nextToken: token, pageSize: moreRuns }, signal);
      if (signal.aborted) return;
      this.#listed = [...(this.#listed ?? []), ...page.items];
      this.#nextToken = page.nextToken;
      this.#wanted = Math.min(this.#listed.length, mostRuns);
    } catch (thrown) {
      if (signal.aborted) return;
      this.#errors = [toUserError(thrown)];
      this.#areErrorsShown = false;
    }
    this.ports.changed(this.node);
  }

  /** The next look reads anew, from the newest run on. */
  reload(): void {
    this.#wanted = firstRuns;
    this.renew();
  }

  /** The same, as far as it had been read: nobody asked for fewer rows. */
  renew(): void {
    this.#abort.abort();
    this.#abort = new AbortController();
    this.#loading = undefined;
    this.#listed = undefined;
    // It leads on from runs that are no longer listed.
    this.#nextToken = undefined;
    this.#errors = [];
  }

  get isOpen(): boolean {
    return this.#listed !== undefined;
  }

  /** Rows of runs that are under way. */
  get active(): readonly RunNode[] {
    return [...this.#rows.values()].filter(({ run }) => !isTerminal(run.state));
  }

  findById(id: string): RunNode | undefined {
    return [...this.#rows.values()].find((row) => row.id === id);
  }

  async #load(): Promise<void> {
    const { signal } = this.#abort;
    const { item } = this.node;
    const account = this.ports.account(signal);
    const [triggers, runs] = await Promise.allSettled([
      account.then(async (made) => await listTriggers(made, item, signal)),
      account.then(async (made) => await listRuns(made, item, { pageSize: this.#wanted }, signal)),
    ]);
    if (signal.aborted) return;
    const errors = [triggers, runs].flatMap((result) =>
      result.status === 'rejected' ? [toUserError(result.reason)] : [],
    );
    this.#errors = errors.filter(
      (error, index) => errors.findIndex(({ message }) => message === error.message) === index,
    );
    this.#areErrorsShown = false;
    if (triggers.status === 'fulfilled') this.#triggers = triggers.value;
    this.#listed = runs.status === 'fulfilled' ? [...runs.value.items] : [];
    this.#nextToken = runs.status === 'fulfilled' ? runs.value.nextToken : undefined;
    this.#loading = undefined;
    if (runs.status === 'fulfilled') {
      const newest = this.#merged()[0] ?? null;
      const wasRun = this.node.lastRun;
      this.node.recent = this.#merged().slice(0, firstRuns);
      this.node.lastRun = newest;
      if (wasRun?.awsState !== newest?.awsState || wasRun?.name !== newest?.name) this.ports.changed(this.node);
    }
  }

  /** Listed and watched runs, each once, with the newer knowledge of the two. */
  #merged(): readonly RunSummary[] {
    const runs = new Map((this.#listed ?? []).map((run) => [runKeyText(run.key), run]));
    const oldest = this.#nextToken === undefined ? 0 : (this.#listed?.at(-1)?.startedMs ?? 0);
    for (const run of this.ports.tracked()) {
      const key = runKeyText(run.key);
      const listed = runs.get(key);
      if (!listed && (run.startedMs ?? Infinity) < oldest) continue;
      if (!listed || isTerminal(run.state) || !isTerminal(listed.state)) runs.set(key, run);
    }
    return [...runs.values()].sort((a, b) => (b.startedMs ?? Infinity) - (a.startedMs ?? Infinity));
  }

  #present(): readonly PipelineNode[] {
    const { node } = this;
    const { connection, id, item } = node;
    const rows: PipelineNode[] = this.#triggers.map((trigger) => ({
      kind: 'trigger',
      id: nodeId(id, 'trigger', trigger.name),
      connection,
      trigger,
      item: node,
    }));
    const isExpress = item.kind === 'machine' && item.machine.type === 'EXPRESS';
    if (isExpress)
      rows.push({ kind: 'note', id: nodeId(id, 'express'), connection, parent: node, note: 'expressUnlisted' });
    const runs = this.#merged().map((run) => this.#runNode(run));
    const shown = new Set(runs);
    for (const [key, row] of this.#rows) if (!shown.has(row)) this.#rows.delete(key);
    rows.push(...runs);
    for (const [index, error] of this.#errors.entries()) {
      this.#areErrorsShown = true;
      rows.push({ kind: 'error', id: nodeId(id, 'error', String(index)), connection, parent: node, error });
    }
    if (this.#errors.length > 0) return rows;
    if (this.#nextToken !== undefined) rows.push({ kind: 'more', id: nodeId(id, 'more'), connection, parent: node });
    else if (this.#listed && runs.length === 0 && !isExpress) {
      rows.push({ kind: 'note', id: nodeId(id, 'neverRan'), connection, parent: node, note: 'neverRan' });
    }
    return rows;
  }

  #runNode(run: RunSummary): RunNode {
    const key = runKeyText(run.key);
    const known = this.#rows.get(key);
    if (known) {
      known.run = run;
      return known;
    }
    const made: RunNode = {
      kind: 'run',
      id: nodeId(this.node.id, key),
      connection: this.node.connection,
      item: this.node,
      run,
    };
    this.#rows.set(key, made);
    return made;
  }
}

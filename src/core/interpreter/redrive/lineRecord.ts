import type { LineProgress, MapRunResume } from '../execution.ts';
import type { Json, JsonObject } from '../json.ts';
import type { Scope } from './scopes.ts';

/** What the history tells of one line of states: the trunk, a Parallel branch, or a Map iteration. */
export class LineRecord {
  #open: { readonly name: string; readonly input: Json } | undefined;
  #last: { readonly name: string; readonly input: Json; readonly output: Json; readonly byCatch: boolean } | undefined;
  #variables: JsonObject = {};
  #inner: ContainerRecord | undefined;
  #mapRun: MapRunResume | undefined;
  /** A redrive goes on with this line: its next state is the one that it ended in. */
  #isResuming = false;

  constructor(private readonly scopes: ReadonlyMap<string, Scope>) {}

  /** What runs inside the state that is open. */
  get inner(): ContainerRecord | undefined {
    return this.#inner;
  }

  get isResuming(): boolean {
    return this.#isResuming;
  }

  resume(): void {
    this.#isResuming = true;
  }

  enter(name: string, input: Json): void {
    if (this.#isResuming && this.#open?.name === name) this.#inner?.resume();
    else {
      this.#inner = new ContainerRecord(this.scopes);
      this.#mapRun = undefined;
    }
    this.#isResuming = false;
    this.#open = { name, input };
  }

  /** The open state, a distributed Map, began a Map Run or went on with one. */
  mapRun(arn: string, now: number): void {
    const known = this.#mapRun?.arn === arn ? this.#mapRun : { arn, startedAt: now, redriveCount: 0 };
    this.#mapRun = { ...known, redriveCount: known.redriveCount + 1 };
  }

  /** `byCatch`: it was left by a catcher, so that its own Next does not count. */
  exit(name: string, output: Json, left: { readonly assigned: JsonObject; readonly byCatch: boolean }): void {
    const input = this.#open?.name === name ? this.#open.input : output;
    this.#last = { name, input, output, byCatch: left.byCatch };
    this.#variables = { ...this.#variables, ...left.assigned };
    this.#open = undefined;
    this.#inner = undefined;
    this.#mapRun = undefined;
  }

  /** Where a redrive finds this line; undefined where no state of it was entered. */
  get progress(): LineProgress | undefined {
    const variables = this.#variables;
    if (this.#open) {
      const inner = this.#inner?.progress;
      const at = { stateName: this.#open.name, input: this.#open.input, variables };
      return { kind: 'open', ...at, ...(inner && { inner }), ...(this.#mapRun && { mapRun: this.#mapRun }) };
    }
    if (!this.#last) return undefined;
    const { name, input, output, byCatch } = this.#last;
    const state = this.scopes.get(name)?.state ?? {};
    const next = state['Next'];
    if (!byCatch && (state['End'] === true || state['Type'] === 'Succeed')) return { kind: 'done', output };
    if (!byCatch && typeof next === 'string') return { kind: 'open', stateName: next, input: output, variables };
    // Which way it went the history does not say: it chooses once more.
    return { kind: 'open', stateName: name, input, variables };
  }
}

/** What the history tells of the lines inside a Parallel or an inline Map, by branch or iteration. */
export class ContainerRecord {
  readonly #lines = new Map<number, LineRecord>();
  /** Id of the event with which the lines began. */
  #startId: number | undefined;
  #isResuming = false;

  constructor(private readonly scopes: ReadonlyMap<string, Scope>) {}

  resume(): void {
    this.#isResuming = true;
    for (const line of this.#lines.values()) line.resume();
  }

  /** A line begins: those of an attempt before are forgotten, unless a redrive goes on with them. */
  begin(index: number, startId: number): LineRecord {
    if (this.#startId !== startId && !this.#isResuming) this.#lines.clear();
    this.#isResuming = false;
    this.#startId = startId;
    const known = this.#lines.get(index);
    if (known?.isResuming) return known;
    const line = new LineRecord(this.scopes);
    this.#lines.set(index, line);
    return line;
  }

  line(index: number): LineRecord | undefined {
    return this.#lines.get(index);
  }

  get progress(): ReadonlyMap<number, LineProgress> | undefined {
    const known = [...this.#lines].flatMap(([index, line]) => {
      const progress = line.progress;
      return progress ? [[index, progress] as const] : [];
    });
    return known.length === 0 ? undefined : new Map(known);
  }
}

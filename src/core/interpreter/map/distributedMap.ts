import { leave, type Exit } from '../dataFlow.ts';
import { objectField } from '../fields.ts';
import { takeMapRun } from '../frame.ts';
import type { HistoryEventDetails, HistoryEventType } from '../history.ts';
import type { Json, JsonObject } from '../json.ts';
import { isTooLarge, MAX_DISTRIBUTED_CONCURRENCY, MAX_PAYLOAD_BYTES } from '../limits.ts';
import { StateError, Stopped } from '../stateError.ts';
import { StopGroup } from '../stopGroup.ts';
import { tooLarge } from '../states/task.ts';
import type { Visit } from '../visit.ts';
import { childAsBefore, runChild, type Child } from './childExecution.ts';
import { resultsOf, transformationOf, type Transformation } from './childResult.ts';
import { selectItem } from './inlineMap.ts';
import { batchingOf, childInputs, type ChildInput } from './itemBatcher.ts';
import { openItems } from './itemReader.ts';
import { itemContext, type MapItem } from './items.ts';
import { MapRun } from './mapRun.ts';
import { ResultWriter } from './resultWriter.ts';
import { inputItems, tolerance } from './settings.ts';

interface Given {
  readonly data: Json;
  readonly concurrency: number;
}

/** Distributed Map: a child execution per item or batch, a Map Run that counts them. Items are read as they are needed. */
export async function runDistributedMap(visit: Visit, processor: JsonObject, given: Given): Promise<Exit> {
  const { frame, name } = visit;
  const { recorder } = frame.execution;
  const reader = objectField(visit.state, 'ItemReader');
  const known = reader ? undefined : await inputItems(visit, given.data);
  recorder.record(frame, 'MapStateStarted', {
    stateName: name,
    details: { length: known?.length ?? 0 },
  });
  const before = takeMapRun(frame);
  const mapRun = new MapRun(visit, {
    tolerance: await tolerance(visit, given.data),
    concurrency: given.concurrency,
    ...(known && { knownItems: known.length }),
    ...(before && { before }),
  });
  const record = (what: string, details?: HistoryEventDetails): void =>
    void recorder.record(frame, `MapRun${what}` as HistoryEventType, {
      stateName: name,
      details,
    });
  if (before) record('Redriven', { mapRunArn: mapRun.arn, redriveCount: before.redriveCount });
  else record('Started', { mapRunArn: mapRun.arn });
  mapRun.report('RUNNING');
  let result: Json;
  try {
    const items = reader ? await openItems(visit, reader, given.data) : each(known ?? []);
    const batcher = objectField(visit.state, 'ItemBatcher');
    const inputs = childInputs(
      selected(visit, items, given.data),
      batcher && (await batchingOf(visit, batcher, given.data)),
    );
    result = await new Children(visit, processor, mapRun, before !== undefined).run(inputs, given);
  } catch (error) {
    mapRun.report(error instanceof StateError ? 'FAILED' : 'ABORTED');
    if (error instanceof StateError) record('Failed', { ...failure(error) });
    else if (error instanceof Stopped) record('Aborted');
    throw error;
  }
  mapRun.report('SUCCEEDED');
  record('Succeeded');
  recorder.record(frame, 'MapStateSucceeded', { stateName: name });
  return await leave(visit, result, { hasSelector: true });
}

function failure(error: StateError): HistoryEventDetails {
  return {
    ...(error.error !== undefined && { error: error.error }),
    ...(error.cause !== undefined && { cause: error.cause }),
  };
}

async function* selected(visit: Visit, items: AsyncIterable<MapItem>, data: Json): AsyncGenerator<Json> {
  let index = 0;
  for await (const item of items) yield await selectItem(visit, item, { data, map: itemContext(index++, item) });
}

async function* each(items: readonly MapItem[]): AsyncGenerator<MapItem> {
  await Promise.resolve();
  for (const item of items) yield { ...item, source: 'STATE_DATA' };
}

/** The child executions of one Map Run, so many at a time. */
class Children {
  readonly #group = new StopGroup();
  readonly #results = new Map<number, readonly Json[]>();
  readonly #transformation: Transformation;
  #resultBytes = 0;
  #started = 0;
  #stopping: { readonly reason: unknown } | undefined;

  constructor(
    private readonly visit: Visit,
    private readonly processor: JsonObject,
    private readonly mapRun: MapRun,
    private readonly isRedriven: boolean,
  ) {
    const writer = objectField(visit.state, 'ResultWriter');
    this.#transformation = transformationOf((writer && objectField(writer, 'WriterConfig')) ?? {}, false);
  }

  async run(inputs: AsyncGenerator<ChildInput>, given: Given): Promise<Json> {
    const writer = await ResultWriter.open(this.visit, this.mapRun, given.data);
    const forget = this.visit.frame.stop.onStop(() => this.#stop(new Stopped('The run was stopped.')));
    const limit =
      given.concurrency === 0 ? MAX_DISTRIBUTED_CONCURRENCY : Math.min(given.concurrency, MAX_DISTRIBUTED_CONCURRENCY);
    try {
      await Promise.all(Array.from({ length: limit }, async () => await this.#work(inputs, writer)));
    } finally {
      forget();
      await inputs.return(undefined).catch(() => undefined);
    }
    if (!this.#stopping) this.#check(true);
    if (this.#stopping) throw this.#stopping.reason;
    if (writer) return await writer.close();
    if (this.#resultBytes > MAX_PAYLOAD_BYTES) throw tooLarge(this.visit.name);
    return [...this.#results].sort(([a], [b]) => a - b).flatMap(([, results]) => results);
  }

  async #work(inputs: AsyncGenerator<ChildInput>, writer: ResultWriter | undefined): Promise<void> {
    try {
      while (!this.#stopping) {
        const next = await inputs.next();
        if (next.done) return;
        await this.#runOne(next.value, writer);
      }
    } catch (error) {
      this.#stop(error);
    }
  }

  async #runOne(next: ChildInput, writer: ResultWriter | undefined): Promise<void> {
    const index = this.#started++;
    if (isTooLarge(JSON.stringify(next.input))) throw tooLarge(this.visit.name);
    this.mapRun.childStarted(next.items);
    const child = await this.#child(index, next.input);
    this.mapRun.childEnded(next.items, child.result.status);
    if (this.#stopping) return;
    if (writer) {
      await writer.add(child);
      this.mapRun.resultWritten(next.items);
    } else {
      this.#keep(index, resultsOf(child, this.#transformation, this.mapRun.childMachineArn));
    }
    this.#check(false);
  }

  /** A child that succeeded before a redrive is not run again. */
  async #child(index: number, input: Json): Promise<Child> {
    const { childBefore } = this.visit.frame.execution.options;
    const before = this.isRedriven
      ? await childBefore?.({ mapRunArn: this.mapRun.arn, index, processor: this.processor })
      : undefined;
    if (before?.output !== undefined) return childAsBefore(input, before);
    return await runChild(this.visit, this.mapRun, this.processor, { index, input, before, stop: this.#group });
  }

  /** Keeps results, unless together they are already too large for the Map to succeed. */
  #keep(index: number, results: readonly Json[]): void {
    if (this.#resultBytes > MAX_PAYLOAD_BYTES) return;
    for (const result of results) this.#resultBytes += JSON.stringify(result).length + 1;
    if (this.#resultBytes > MAX_PAYLOAD_BYTES) this.#results.clear();
    else this.#results.set(index, results);
  }

  #check(isComplete: boolean): void {
    const excess = this.mapRun.excess(isComplete);
    if (excess) this.#stop(excess);
  }

  #stop(reason: unknown): void {
    if (this.#stopping) return;
    this.#stopping = { reason };
    this.#group.stop();
  }
}

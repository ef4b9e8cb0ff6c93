import { leave, type Exit } from '../dataFlow.ts';
import { resumed, takeInner } from '../frame.ts';
import type { Json, JsonObject } from '../json.ts';
import { MAX_INLINE_CONCURRENCY } from '../limits.ts';
import { Stopped } from '../stateError.ts';
import { Lines } from '../states/lines.ts';
import type { Visit } from '../visit.ts';
import { itemContext, itemInput, type MapItem } from './items.ts';
import { inputItems } from './settings.ts';

const NO_ITEM: MapItem = { value: null };

/** Inline Map: an iteration per item within the same execution, at most 40 at a time. */
export async function runInlineMap(
  visit: Visit,
  processor: JsonObject,
  given: { readonly data: Json; readonly concurrency: number },
): Promise<Exit> {
  const { frame, name } = visit;
  const { execution } = frame;
  const { recorder } = execution;
  const items = await inputItems(visit, given.data);
  recorder.record(frame, 'MapStateStarted', {
    stateName: name,
    details: { length: items.length },
  });
  const outputs: Json[] = items.map(() => null);
  const before = takeInner(frame);
  const concurrency =
    given.concurrency === 0 ? MAX_INLINE_CONCURRENCY : Math.min(given.concurrency, MAX_INLINE_CONCURRENCY);
  await new Lines(visit).run(items.length, concurrency, {
    mapOf: (index) => itemContext(index, items[index] ?? NO_ITEM),
    work: async (index, line) => {
      const content = { name, index };
      const progress = before.get(index);
      if (progress?.kind === 'done') {
        outputs[index] = progress.output;
        return;
      }
      recorder.record(line, 'MapIterationStarted', { stateName: name, details: content });
      await Promise.resolve();
      try {
        const input = await selectItem(visit, items[index] ?? NO_ITEM, { data: given.data, map: line.map ?? {} });
        outputs[index] = await execution.runStates(processor, input, resumed(line, progress));
      } catch (error) {
        const isCut = error instanceof Stopped || line.stop.isStopped;
        if (!isCut) recorder.record(line, 'MapIterationFailed', { stateName: name, details: content });
        throw error;
      }
      recorder.record(line, 'MapIterationSucceeded', { stateName: name, details: content });
    },
  });
  recorder.record(frame, 'MapStateSucceeded', { stateName: name });
  return await leave(visit, outputs, { hasSelector: true });
}

/** The input of an iteration: its item, or what ItemSelector (formerly Parameters) makes of it. */
export async function selectItem(
  visit: Visit,
  item: MapItem,
  given: { readonly data: Json; readonly map: JsonObject },
): Promise<Json> {
  const field = visit.state['ItemSelector'] === undefined && !visit.isJsonata ? 'Parameters' : 'ItemSelector';
  const template = visit.state[field];
  return template === undefined
    ? itemInput(item)
    : await visit.fill(field, template, { data: given.data, map: given.map });
}

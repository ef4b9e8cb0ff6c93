import { effectiveInput, leave, type Exit } from '../dataFlow.ts';
import type { Json } from '../json.ts';
import { itemsIn } from '../map/items.ts';
import { inputItems, maxConcurrency, tolerance } from '../map/settings.ts';
import { StateError } from '../stateError.ts';
import type { Visit } from '../visit.ts';
import type { StateConfiguration, StateMock } from './call.ts';

/** What stands for the branches or iterations of a tested state. */
export interface InnerMock {
  readonly mock: StateMock;
  readonly result: Json | undefined;
  readonly configuration: StateConfiguration;
}

/** A Parallel whose branches are mocked. */
export async function runMockedParallel(visit: Visit, given: InnerMock): Promise<Exit> {
  failAsMocked(given.mock);
  return await leave(visit, given.result ?? [], { hasSelector: true });
}

/** A Map whose iterations are mocked: its settings are evaluated, its tolerance counts the mocked failures. */
export async function runMockedMap(visit: Visit, given: InnerMock): Promise<Exit> {
  const data = effectiveInput(visit);
  const items = visit.state['ItemReader'] === undefined ? await inputItems(visit, data) : undefined;
  await maxConcurrency(visit, data);
  const tolerated = await tolerance(visit, data);
  failAsMocked(given.mock);
  const failures = given.configuration.mapIterationFailureCount ?? 0;
  const read = given.configuration.mapItemReaderData;
  const all = items ?? (read === undefined ? [] : (itemsIn(JSON.parse(read) as Json) ?? []));
  const total = all.length;
  const exceedsCount = tolerated.count !== undefined && failures > tolerated.count;
  const exceedsShare =
    tolerated.percentage !== undefined && total > 0 && (failures * 100) / total > tolerated.percentage;
  if (exceedsCount || exceedsShare) {
    throw new StateError(
      'States.ExceedToleratedFailureThreshold',
      'The specified tolerated failure threshold was exceeded',
    );
  }
  return await leave(visit, given.result ?? [], { hasSelector: true });
}

function failAsMocked(mock: StateMock): void {
  if (mock.errorOutput) throw new StateError(mock.errorOutput.error, mock.errorOutput.cause);
}

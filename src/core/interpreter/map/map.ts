import { effectiveInput, type Exit } from '../dataFlow.ts';
import { objectField } from '../fields.ts';
import { runtimeError } from '../stateError.ts';
import type { Visit } from '../visit.ts';
import { runDistributedMap } from './distributedMap.ts';
import { runInlineMap } from './inlineMap.ts';
import { isDistributed, maxConcurrency } from './settings.ts';

/** Map: inline in this execution, or distributed over child executions, as its ProcessorConfig says. */
export async function runMap(visit: Visit): Promise<Exit> {
  const processor = objectField(visit.state, 'ItemProcessor') ?? objectField(visit.state, 'Iterator');
  if (!processor) throw runtimeError("A Map state needs an 'ItemProcessor'.");
  const data = effectiveInput(visit);
  const concurrency = await maxConcurrency(visit, data);
  const given = { data, concurrency };
  return isDistributed(visit.state)
    ? await runDistributedMap(visit, processor, given)
    : await runInlineMap(visit, processor, given);
}

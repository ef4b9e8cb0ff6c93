import { effectiveInput, leave, type Exit } from '../dataFlow.ts';
import { objectsField } from '../fields.ts';
import { resumed, takeInner } from '../frame.ts';
import type { Json } from '../json.ts';
import type { Visit } from '../visit.ts';
import { Lines } from './lines.ts';

/** Parallel: runs all branches side by side on the same input; the result is the list of their outputs. */
export async function runParallel(visit: Visit): Promise<Exit> {
  const { frame, name } = visit;
  const { execution } = frame;
  const branches = objectsField(visit.state, 'Branches');
  const input = effectiveInput(visit);
  const field = visit.isJsonata ? 'Arguments' : 'Parameters';
  const template = visit.state[field];
  const branchInput = template === undefined ? input : await visit.fill(field, template, { data: input });
  execution.recorder.record(frame, 'ParallelStateStarted', { stateName: name });
  const outputs: Json[] = branches.map(() => null);
  const before = takeInner(frame);
  await new Lines(visit).run(branches.length, Math.max(1, branches.length), {
    work: async (index, line) => {
      await Promise.resolve();
      const branch = branches[index];
      const progress = before.get(index);
      if (progress?.kind === 'done') outputs[index] = progress.output;
      else if (branch) outputs[index] = await execution.runStates(branch, branchInput, resumed(line, progress));
    },
  });
  execution.recorder.record(frame, 'ParallelStateSucceeded', { stateName: name });
  return await leave(visit, outputs, { hasSelector: true });
}
